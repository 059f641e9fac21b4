import type { TextLimit } from '../imageModel/modelDescriptor';
import { textLength } from '../imageModel/textLength';
import type { PanelStrings } from '../shared/pageStrings';
import { h, setText } from './dom';
import { createField, type Field } from './field';
import { maxTextLength } from './readDraft';
import { format } from './text';

/** A text of several lines that grows with what is typed, and says how much of the model's limit is used. */
export interface TextField extends Field {
  readonly control: HTMLTextAreaElement;
  setLimit(limit: TextLimit): void;
  /** Writes the text, unless it is there already or is being composed. */
  setValue(text: string): void;
}

interface TextFieldParts {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly strings: Pick<PanelStrings, 'charactersUsed' | 'tokensUsed'>;
  readonly language: string;
  /** The text whose length counts, where that is not just what is typed. */
  counted?(text: string): string;
  onInput(text: string): void;
}

/** Makes a text field. */
export function createTextField(parts: TextFieldParts): TextField {
  const { name, label, placeholder, strings } = parts;
  const number = new Intl.NumberFormat(parts.language);
  const counter = h('span', { id: `${name}-counter`, class: 'counter' });
  const control = h('textarea', {
    id: name,
    class: 'input',
    rows: 2,
    placeholder,
    spellcheck: 'true',
    maxlength: maxTextLength,
  });
  let limit: TextLimit | undefined;
  let isComposing = false;

  const count = (): void => {
    if (!limit) return;
    const text = parts.counted?.(control.value) ?? control.value;
    const length = textLength(text, limit.unit);
    const template = limit.unit === 'tokens' ? strings.tokensUsed : strings.charactersUsed;
    setText(counter, format(template, number.format(length), number.format(limit.max)));
    counter.classList.toggle('over', length > limit.max);
  };
  control.addEventListener('input', () => {
    count();
    parts.onInput(control.value);
  });
  control.addEventListener('compositionstart', () => {
    isComposing = true;
  });
  control.addEventListener('compositionend', () => {
    isComposing = false;
  });
  return {
    ...createField({ name, label, control, aside: counter, describedBy: counter.id }),
    control,
    setLimit: (next) => {
      limit = next;
      count();
    },
    setValue: (text) => {
      if (isComposing || control.value === text) return;
      control.value = text;
      count();
    },
  };
}
