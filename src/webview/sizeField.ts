import type { ImageSize } from '../imageModel/imageModel';
import { formatSize, ratioName, sameSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { DraftIssue, PanelStrings } from '../shared/panelProtocol';
import { h, setAttribute } from './dom';
import { isPreset } from './draft';
import { createField, type Field } from './field';
import { createNumberInput } from './numberInput';

/** The sizes that a model offers by their shape, and where it takes any, two numbers. */
export interface SizeField extends Field {
  setModel(model: ModelDescriptor): void;
  setValue(size: ImageSize): void;
}

const customValue = 'custom';
/** Of the little rectangles, in pixels: all have the same area, as the real sizes nearly do. */
const meanSide = 16;

/** Makes the size field. */
export function createSizeField(
  strings: Pick<PanelStrings, 'size' | 'customSize' | 'width' | 'height'>,
  onChange: (size: ImageSize) => void,
): SizeField {
  let size: ImageSize = { width: 0, height: 0 };
  let model: ModelDescriptor | undefined;
  let isCustom = false;

  const chips = h('div', { class: 'chips', role: 'radiogroup' });
  const width = createNumberInput({
    id: 'width',
    label: strings.width,
    whenEmpty: 0,
    onInput: (value) => change({ ...size, width: value }),
  });
  const height = createNumberInput({
    id: 'height',
    label: strings.height,
    whenEmpty: 0,
    onInput: (value) => change({ ...size, height: value }),
  });
  const times = h('span', { class: 'times', 'aria-hidden': 'true' }, '×');
  const sides = h('div', { class: 'sides', hidden: true }, width.element, times, height.element);
  const field = createField({
    name: 'size',
    label: strings.size,
    labels: 'group',
    control: chips,
    body: h('div', { class: 'size' }, chips, sides),
  });

  const change = (next: ImageSize): void => {
    size = next;
    onChange(next);
  };
  const show = (): void => {
    const value = isCustom ? customValue : formatSize(size);
    for (const radio of chips.querySelectorAll('input')) radio.checked = radio.value === value;
    setAttribute(sides, 'hidden', !isCustom);
    if (!isCustom) return;
    width.setValue(size.width);
    height.setValue(size.height);
  };
  chips.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    isCustom = target.value === customValue;
    const preset = model?.sizeRule.presets.find((option) => formatSize(option) === target.value);
    if (preset && !sameSize(preset, size)) change(preset);
    show();
  });

  return {
    ...field,
    setModel: (next) => {
      if (next === model) return;
      model = next;
      isCustom = false;
      const options = next.sizeRule.presets.map((preset) => presetChip(preset));
      if (next.sizeRule.kind === 'free') {
        options.push(chip(customValue, h('span', { class: 'shape any' }), strings.customSize));
        const { minSide, maxSide, step = 1 } = next.sizeRule;
        for (const { element: input } of [width, height]) {
          setAttribute(input, 'min', minSide);
          setAttribute(input, 'max', maxSide);
          setAttribute(input, 'step', step);
        }
      }
      chips.replaceChildren(...options);
    },
    setValue: (next) => {
      size = next;
      const canBeCustom = model?.sizeRule.kind === 'free';
      if (model && canBeCustom && !isPreset(model, next)) isCustom = true;
      show();
    },
    setIssue: (issue: DraftIssue | undefined) => {
      field.setIssue(issue);
      for (const { element: input } of [width, height]) {
        setAttribute(input, 'aria-invalid', issue?.severity === 'error' ? 'true' : undefined);
        setAttribute(input, 'aria-describedby', issue && 'size-issue');
      }
    },
  };
}

function presetChip(size: ImageSize): HTMLElement {
  const shape = h('span', { class: 'shape' });
  const ratioRoot = Math.sqrt(size.width / size.height);
  shape.style.width = `${Math.round(meanSide * ratioRoot)}px`;
  shape.style.height = `${Math.round(meanSide / ratioRoot)}px`;
  const ratio = ratioName(size);
  const pixels = formatSize(size);
  return chip(pixels, shape, ratio, pixels);
}

function chip(
  value: string,
  shape: HTMLElement,
  name: string | undefined,
  pixels?: string,
): HTMLElement {
  return h(
    'label',
    { class: 'chip' },
    h('input', { type: 'radio', name: 'size', value, class: 'visually-hidden' }),
    h('span', { class: 'shape-box', 'aria-hidden': 'true' }, shape),
    name === undefined ? undefined : h('span', {}, name),
    pixels === undefined ? undefined : h('span', { class: 'chip-pixels' }, pixels),
  );
}
