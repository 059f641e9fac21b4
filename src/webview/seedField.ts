import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { PanelStrings } from '../shared/pageStrings';
import { h, icon, iconButton, setAttribute } from './dom';
import { createField, type Field } from './field';
import { createNumberInput } from './numberInput';

/** The seed: a number that is kept for the next images too, or none for a new one each time. */
export interface SeedField extends Field {
  /** Hides the field where the model takes no seed. */
  setRange(range: ModelDescriptor['seed']): void;
  setValue(seed: number | null): void;
}

/** Makes the seed field. */
export function createSeedField(
  strings: Pick<PanelStrings, 'seed' | 'seedPlaceholder' | 'randomSeed' | 'promptTools'>,
  onChange: (seed: number | null) => void,
): SeedField {
  const { keepSeed, rollSeed } = strings.promptTools;
  let seed: number | null = null;
  /** The number that was there before the lock was opened; locking again brings it back. */
  let last: number | null = null;
  let range = { min: 0, max: 0 };
  const set = (value: number | null): void => {
    last = value ?? last;
    seed = value;
    show();
    onChange(value);
  };
  const roll = (): number => range.min + Math.floor(Math.random() * (range.max - range.min + 1));
  const input = createNumberInput<null>({
    id: 'seed',
    placeholder: strings.seedPlaceholder,
    whenEmpty: null,
    onInput: (value) => set(value),
  });
  const dice = iconButton('dice', rollSeed, () => set(roll()));
  const lock = iconButton('lock', keepSeed, () => set(seed === null ? (last ?? roll()) : null));
  const closed = icon('lock');
  const open = icon('unlock');
  const show = (): void => {
    input.setValue(seed);
    const isLocked = seed !== null;
    lock.setAttribute('aria-pressed', String(isLocked));
    if (!lock.contains(isLocked ? closed : open)) lock.replaceChildren(isLocked ? closed : open);
    setAttribute(input.element, 'title', isLocked ? undefined : strings.randomSeed);
  };
  const field = createField({
    name: 'seed',
    label: strings.seed,
    control: input.element,
    body: h('div', { class: 'with-button with-two' }, input.element, dice, lock),
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
      last = value ?? last;
      seed = value;
      show();
    },
  };
}
