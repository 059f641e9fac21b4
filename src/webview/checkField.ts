import { h, setAttribute, setText } from './dom';
import type { Field } from './field';

/** A box to tick, with its label beside it. */
export interface CheckField extends Field {
  readonly control: HTMLInputElement;
}

/** Makes a check box; the hint is a line under the label. */
export function createCheckField(
  parts: { readonly name: string; readonly label: string; readonly hint?: string },
  onChange: (checked: boolean) => void,
): CheckField {
  const { name, label } = parts;
  const hintId = `${name}-hint`;
  const control = h('input', {
    ...{ id: name, type: 'checkbox', class: 'checkbox' },
    'aria-describedby': hintId,
  });
  control.addEventListener('change', () => onChange(control.checked));
  const hint = h('span', { id: hintId, class: 'hint' }, parts.hint ?? '');
  const caption = h('label', { for: name }, label);
  const text = h('span', { class: 'check-text' }, caption, hint);
  return {
    element: h('div', { class: 'check' }, control, text),
    control,
    setLabel: (next) => setText(caption, next),
    setIssue: (issue) => {
      setText(hint, issue?.text ?? parts.hint ?? '');
      setAttribute(control, 'aria-invalid', issue?.severity === 'error' ? 'true' : undefined);
    },
  };
}
