import { h, icon } from './dom';
import { createField, type Field } from './field';

interface Choice {
  readonly value: string;
  readonly label: string;
  /** Choices of one group stand together under its name. */
  readonly group?: string;
}

/** A list to choose one from. */
export interface ChoiceField extends Field {
  readonly control: HTMLSelectElement;
  setChoices(choices: readonly Choice[]): void;
  setValue(value: string): void;
}

/** Makes a drop-down list. */
export function createChoiceField(
  parts: {
    readonly name: string;
    readonly label: string;
    readonly hint?: string | undefined;
    readonly aside?: HTMLElement;
  },
  onChange: (value: string) => void,
): ChoiceField {
  const control = h('select', { id: parts.name, class: 'input' });
  control.addEventListener('change', () => onChange(control.value));
  let shown = '';
  return {
    ...createField({
      ...parts,
      control,
      body: h('div', { class: 'select' }, control, icon('chevron')),
    }),
    control,
    setChoices: (choices) => {
      const key = JSON.stringify(choices);
      if (key === shown) return; // an open list would close
      shown = key;
      control.replaceChildren(...options(choices));
    },
    setValue: (value) => {
      control.value = value;
    },
  };
}

function options(choices: readonly Choice[]): readonly HTMLElement[] {
  const groups = new Map<string, HTMLOptGroupElement>();
  const tops: HTMLElement[] = [];
  for (const { value, label, group } of choices) {
    const option = h('option', { value }, label);
    if (group === undefined) {
      tops.push(option);
      continue;
    }
    const parent = groups.get(group) ?? h('optgroup', { label: group });
    if (!groups.has(group)) tops.push(parent);
    groups.set(group, parent);
    parent.append(option);
  }
  return tops;
}
