import { h } from './dom';

/** What to make a number input of. */
export interface NumberInputParts<Empty extends number | null> {
  readonly id: string;
  readonly label?: string;
  readonly placeholder?: string;
  /** What an empty input stands for. */
  readonly whenEmpty: Empty;
  /** Numbers with a fraction too. */
  readonly isDecimal?: boolean;
  onInput(value: number | Empty): void;
}

/** An input for numbers that are not negative. */
export interface NumberInput<Empty extends number | null> {
  readonly element: HTMLInputElement;
  /** Shows a value, but leaves an input alone that stands for it already. */
  setValue(value: number | Empty): void;
}

/** Makes a number input; what is out of range is let through, because the host says so in words. */
export function createNumberInput<Empty extends number | null>(
  parts: NumberInputParts<Empty>,
): NumberInput<Empty> {
  const { id, label, placeholder, whenEmpty, isDecimal = false } = parts;
  // `1e3`, `-1` and, for a whole number, `1.5` are numbers to the browser, but never what is meant here.
  const forbidden = isDecimal ? /[^\d.,]/ : /\D/;
  const element = h('input', {
    id,
    class: 'input',
    type: 'number',
    step: 1,
    placeholder,
    'aria-label': label,
    autocomplete: 'off',
  });
  let shown: number | Empty = whenEmpty;
  element.addEventListener('beforeinput', (event) => {
    if (event.data && forbidden.test(event.data.normalize('NFKC'))) event.preventDefault();
  });
  element.addEventListener('input', () => {
    if (element.validity.badInput)
      shown = -1; // not a number at all: out of every range
    else shown = element.value === '' ? whenEmpty : element.valueAsNumber;
    parts.onInput(shown);
  });
  return {
    element,
    setValue: (value) => {
      if (value === shown) return;
      shown = value;
      element.value = value === null ? '' : String(value);
    },
  };
}
