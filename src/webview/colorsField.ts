import type { PaletteColor } from '../imageModel/parameters';
import type { PanelStrings } from '../shared/pageStrings';
import { h, iconButton, setAttribute, textButton } from './dom';
import { createField } from './field';
import { createNumberInput } from './numberInput';
import { isEven, withAddedColor, withEvenShares, withoutColor } from './palette';
import type { ParameterField, ParameterFieldParts } from './parameterField';
import { setChildren } from './setChildren';
import { format } from './text';

interface Row {
  readonly element: HTMLElement;
  readonly swatch: HTMLInputElement;
  show(color: PaletteColor, hasShare: boolean): void;
}

/** Makes a list of colours; a palette's have a share each. */
export function createColorsField(parts: ParameterFieldParts): ParameterField {
  const { name, strings } = parts;
  /** A list without shares has them too, and keeps them to itself. */
  let colors: readonly PaletteColor[] = [];
  let hasShares = false;
  let [min, max] = [0, 0];

  const set = (next: readonly PaletteColor[]): void => {
    colors = next;
    show();
    if (next.length === 0) parts.onChange(undefined);
    else parts.onChange(hasShares ? next : next.map(({ hex }) => hex));
  };
  const rows: Row[] = [];
  const list = h('ul', { class: 'colors' });
  const add = textButton(strings.addColor, 'secondary', () => {
    set(withAddedColor(colors, min));
    rows[colors.length - 1]?.swatch.focus();
  });
  const even = h('button', { type: 'button', class: 'link' }, strings.evenShares);
  even.addEventListener('click', () => {
    set(withEvenShares(colors));
    // It is gone now.
    add.focus();
  });
  const remove = (index: number): void => {
    set(withoutColor(colors, index));
    (rows[Math.min(index, colors.length - 1)]?.swatch ?? add).focus();
  };
  const rowAt = (index: number): Row => {
    const known = rows[index];
    if (known) return known;
    const row = createRow(strings, `${name}-${index}`, index, {
      onChange: (values) => {
        const color = colors[index];
        if (color) set(colors.with(index, { ...color, ...values }));
      },
      onRemove: () => remove(index),
    });
    rows[index] = row;
    return row;
  };
  const group = h('div', { class: 'color-group', role: 'group' }, list);
  const buttons = h('div', { class: 'inline-buttons' }, add, even);
  group.append(buttons);
  const show = (): void => {
    setChildren(
      list,
      colors.map((_, index) => rowAt(index).element),
    );
    colors.forEach((color, index) => {
      rowAt(index).show(color, hasShares);
    });
    setAttribute(list, 'hidden', colors.length === 0);
    setAttribute(add, 'hidden', colors.length >= max);
    setAttribute(even, 'hidden', !hasShares || colors.length === 0 || isEven(colors));
  };
  return {
    ...createField({ name, ...strings.parameters[name], labels: 'group', control: group }),
    show: (spec, value) => {
      if (spec.kind !== 'colors' && spec.kind !== 'palette') return;
      hasShares = spec.kind === 'palette';
      min = spec.kind === 'palette' ? spec.min : 1;
      max = spec.max;
      colors = Array.isArray(value) ? value.map(toColor) : [];
      show();
    },
  };
}

/** Of a value that is one of the two kinds of lists. */
function toColor(entry: unknown): PaletteColor {
  if (typeof entry === 'string') return { hex: entry, ratio: 0 };
  return entry as PaletteColor; // the schema of the draft knows no third kind
}

function createRow(
  strings: PanelStrings,
  id: string,
  index: number,
  actions: { onChange(values: Partial<PaletteColor>): void; onRemove(): void },
): Row {
  const label = format(strings.color, index + 1);
  const swatch = h('input', { type: 'color', class: 'swatch', 'aria-label': label });
  swatch.addEventListener('input', () => actions.onChange({ hex: swatch.value }));
  const hex = h('input', {
    type: 'text',
    class: 'input hex',
    'aria-label': label,
    maxlength: 7,
    spellcheck: 'false',
    autocomplete: 'off',
  });
  hex.addEventListener('input', () => actions.onChange({ hex: hex.value.trim() }));
  const share = createNumberInput({
    id: `${id}-share`,
    label: `${label}: ${strings.colorShare}`,
    whenEmpty: 0,
    isDecimal: true,
    onInput: (ratio) => actions.onChange({ ratio }),
  });
  const percent = h('span', { class: 'percent', 'aria-hidden': 'true' }, '%');
  const remove = iconButton('close', format(strings.removeColor, index + 1), actions.onRemove);
  const shareBox = h('span', { class: 'share' }, share.element, percent);
  return {
    element: h('li', { class: 'color-row' }, swatch, hex, shareBox, remove),
    swatch,
    show: (color, hasShare) => {
      // A colour input takes whole colours only, and shows black for others.
      if (/^#[0-9a-f]{6}$/i.test(color.hex)) swatch.value = color.hex.toLowerCase();
      if (hex.value.trim() !== color.hex) hex.value = color.hex;
      share.setValue(color.ratio);
      setAttribute(shareBox, 'hidden', !hasShare);
    },
  };
}
