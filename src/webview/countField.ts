import type { PanelStrings } from '../shared/pageStrings';
import { h, iconButton, setAttribute } from './dom';
import { createField, type Field } from './field';
import { createNumberInput } from './numberInput';

/** How many images: a number with a step down and a step up. */
export interface CountField extends Field {
  /** Hides the field where there is no choice. Of some sets the number is only the greatest. */
  setMax(max: number, isUpTo: boolean): void;
  setValue(count: number): void;
}

/** Makes the count field. */
export function createCountField(
  strings: Pick<PanelStrings, 'count' | 'countUpTo' | 'fewerImages' | 'moreImages'>,
  onChange: (count: number) => void,
): CountField {
  let count = 1;
  let max = 1;
  const set = (value: number): void => {
    count = value;
    show();
    onChange(value);
  };
  const step = (by: number): void => set(Math.min(max, Math.max(1, count + by)));
  const input = createNumberInput({ id: 'count', whenEmpty: 0, onInput: (value) => set(value) });
  input.element.min = '1';
  const fewer = iconButton('remove', strings.fewerImages, () => step(-1));
  const more = iconButton('add', strings.moreImages, () => step(1));
  // The input's arrow keys do the same; three tab stops for one number are two too many.
  for (const button of [fewer, more]) button.tabIndex = -1;

  const show = (): void => {
    input.setValue(count);
    setAttribute(fewer, 'disabled', count <= 1);
    setAttribute(more, 'disabled', count >= max);
  };
  const field = createField({
    name: 'count',
    label: strings.count,
    control: input.element,
    body: h('div', { class: 'stepper' }, fewer, input.element, more),
  });
  return {
    ...field,
    setMax: (next, isUpTo) => {
      field.setLabel(isUpTo ? strings.countUpTo : strings.count);
      max = next;
      input.element.max = String(next);
      setAttribute(field.element, 'hidden', next === 1);
      show();
    },
    setValue: (value) => {
      count = value;
      show();
    },
  };
}
