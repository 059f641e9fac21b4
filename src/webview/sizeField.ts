import type { ImageSize, RequestedSize } from '../imageModel/imageModel';
import { formatSize, ratioName, sameSize } from '../imageModel/imageSize';
import { type ModelDescriptor, type NamedSize, needsImages } from '../imageModel/modelDescriptor';
import type { PanelStrings } from '../shared/pageStrings';
import type { DraftIssue } from '../shared/panelProtocol';
import { h, setAttribute } from './dom';
import { isPreset, namedSizes } from './draft';
import { createField, type Field } from './field';
import { createNumberInput } from './numberInput';

/** The sizes that a model offers by name or by their shape, and where it takes any, two numbers. */
export interface SizeField extends Field {
  setRules(rules: ModelDescriptor, hasImages: boolean): void;
  setValue(size: RequestedSize): void;
}

const customValue = 'custom';
/** Of the little rectangles, in pixels: all have the same area, as the real sizes nearly do. */
const meanSide = 16;

/** Makes the size field. */
export function createSizeField(
  strings: Pick<
    PanelStrings,
    'size' | 'customSize' | 'width' | 'height' | 'shapeOfImage' | 'sizeFollowsImage'
  >,
  onChange: (size: RequestedSize) => void,
): SizeField {
  let size: RequestedSize = 'auto';
  let rules: ModelDescriptor | undefined;
  let named: readonly NamedSize[] = [];
  /** Without an image a named area is a square. */
  let areSquares = true;
  let shownRules = '';
  let isCustom = false;
  /** What the two numbers begin with. */
  const pixels = (): ImageSize => {
    if (typeof size !== 'string') return size;
    const area = named.find(({ name }) => name === size)?.area;
    return area === undefined ? (rules?.sizeRule.presets[0] ?? square(1024 ** 2)) : square(area);
  };

  const chips = h('div', { class: 'chips', role: 'radiogroup' });
  const width = createNumberInput({
    id: 'width',
    label: strings.width,
    whenEmpty: 0,
    onInput: (value) => change({ ...pixels(), width: value }),
  });
  const height = createNumberInput({
    id: 'height',
    label: strings.height,
    whenEmpty: 0,
    onInput: (value) => change({ ...pixels(), height: value }),
  });
  const times = h('span', { class: 'times', 'aria-hidden': 'true' }, '×');
  const sides = h('div', { class: 'sides', hidden: true }, width.element, times, height.element);
  const follows = h('p', { class: 'hint', hidden: true }, strings.sizeFollowsImage);
  const field = createField({
    name: 'size',
    label: strings.size,
    labels: 'group',
    control: chips,
    body: h('div', { class: 'size' }, chips, sides, follows),
  });

  const change = (next: RequestedSize): void => {
    size = next;
    onChange(next);
  };
  /** A square that is offered by name is not offered twice. */
  const shownAs = (option: RequestedSize): RequestedSize => {
    const same = ({ area }: NamedSize): boolean => sameSize(square(area), option);
    return (areSquares && named.find(same)?.name) || option;
  };
  const show = (): void => {
    const value = isCustom ? customValue : formatSize(shownAs(size));
    for (const radio of chips.querySelectorAll('input')) radio.checked = radio.value === value;
    setAttribute(sides, 'hidden', !isCustom);
    if (!isCustom) return;
    width.setValue(pixels().width);
    height.setValue(pixels().height);
  };
  chips.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    isCustom = target.value === customValue;
    const offered = [...named.map(({ name }) => name), ...(rules?.sizeRule.presets ?? [])];
    const chosen = offered.find((option) => formatSize(option) === target.value);
    if (chosen && !sameSize(chosen, shownAs(size))) change(chosen);
    if (isCustom && typeof size === 'string') change(pixels());
    show();
  });

  return {
    ...field,
    setRules: (next, hasImages) => {
      const key = JSON.stringify([next.sizeRule, hasImages]);
      if (key === shownRules) return;
      shownRules = key;
      rules = next;
      named = namedSizes(next, hasImages);
      areSquares = !hasImages && !needsImages(next);
      isCustom = false;
      const { sizeRule } = next;
      const presets = sizeRule.presets.filter((preset) => shownAs(preset) === preset);
      const options = [
        ...named.map((each) => namedChip(each, areSquares ? undefined : strings.shapeOfImage)),
        ...presets.map(presetChip),
      ];
      if (sizeRule.kind === 'free') {
        options.push(chip(customValue, h('span', { class: 'shape any' }), strings.customSize));
        const { minSide, maxSide, step = 1 } = sizeRule;
        for (const { element: input } of [width, height]) {
          setAttribute(input, 'min', minSide);
          setAttribute(input, 'max', maxSide);
          setAttribute(input, 'step', step);
        }
      }
      setAttribute(follows, 'hidden', sizeRule.kind !== 'none');
      setAttribute(chips, 'hidden', sizeRule.kind === 'none');
      chips.replaceChildren(...options);
    },
    setValue: (next) => {
      size = next;
      const canBeCustom = rules?.sizeRule.kind === 'free' && typeof next !== 'string';
      if (rules && canBeCustom && !isPreset(rules, next)) isCustom = true;
      if (typeof next === 'string') isCustom = false;
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

function square(area: number): ImageSize {
  const side = Math.round(Math.sqrt(area));
  return { width: side, height: side };
}

/** Of an area whose shape is the last image's, or a square. */
function namedChip({ name, area }: NamedSize, shapeOfImage: string | undefined): HTMLElement {
  const shape = h('span', { class: shapeOfImage ? 'shape image' : 'shape square' });
  return chip(name, shape, name, shapeOfImage ?? formatSize(square(area)));
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
