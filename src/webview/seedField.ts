import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { PanelStrings } from '../shared/pageStrings';
import { h, iconButton, setAttribute } from './dom';
import { createField, type Field } from './field';
import { createNumberInput } from './numberInput';

/** The seed: empty for a new one each time, which the dice stand for. */
export interface SeedField extends Field {
  /** Hides the field where the model takes no seed. */
  setRange(range: ModelDescriptor['seed']): void;
  setValue(seed: number | null): void;
}

/** Makes the seed field. */
export function createSeedField(
  strings: Pick<PanelStrings, 'seed' | 'seedPlaceholder' | 'randomSeed'>,
  onChange: (seed: number | null) => void,
): SeedField {
  let seed: number | null = null;
  let range = { min: 0, max: 0 };
  const set = (value: number | null): void => {
    seed = value;
    show();
    onChange(value);
  };
  const input = createNumberInput<null>({
    id: 'seed',
    placeholder: strings.seedPlaceholder,
    whenEmpty: null,
    onInput: (value) => set(value),
  });
  const dice = iconButton('dice', strings.randomSeed, () => {
    const { min, max } = range;
    set(seed === null ? min + Math.floor(Math.random() * (max - min + 1)) : null);
  });
  const show = (): void => {
    input.setValue(seed);
    dice.setAttribute('aria-pressed', String(seed === null));
  };
  const field = createField({
    name: 'seed',
    label: strings.seed,
    control: input.element,
    body: h('div', { class: 'with-button' }, input.element, dice),
  });
  return {
    ...field,
    setRange: (next) => {
      setAttribute(field.element, 'hidden', !next);
      if (!next) return;
      range = next;
      input.element.min = String(next.min);
      input.element.max = String(next.max);
    },
    setValue: (value) => {
      seed = value;
      show();
    },
  };
}
