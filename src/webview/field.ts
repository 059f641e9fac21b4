import type { DraftIssue } from '../shared/panelProtocol';
import { h, icon, setAttribute, setText } from './dom';

/** A labelled part of the form with a place for what is wrong with it. */
export interface Field {
  readonly element: HTMLElement;
  readonly control: HTMLElement;
  setLabel(label: string): void;
  /** Shows the sentence under the field, and ties it to the control. */
  setIssue(issue: DraftIssue | undefined): void;
}

/** What a field is made of. `control` has an id when `labels` is "for", else it is a group that the label names. */
export interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly control: HTMLElement;
  readonly labels?: 'for' | 'group';
  /** What is shown in the control's place, when it is more than the control. */
  readonly body?: HTMLElement;
  /** At the end of the label's line. */
  readonly aside?: HTMLElement;
  /** A further element that describes the control. */
  readonly describedBy?: string;
  /** A sentence under the control. */
  readonly hint?: string | undefined;
}

/** Makes a field: a label, its control, and under it the issue, if any. */
export function createField(parts: FieldParts): Field {
  const { name, label, control, body = control, aside } = parts;
  const labelId = `${name}-label`;
  const isGroup = parts.labels === 'group';
  const caption = isGroup
    ? h('span', { id: labelId, class: 'label' }, label)
    : h('label', { class: 'label', for: control.id }, label);
  if (isGroup) control.setAttribute('aria-labelledby', labelId);
  const hint = parts.hint && h('p', { id: `${name}-hint`, class: 'hint' }, parts.hint);
  const describedBy = [parts.describedBy, hint ? hint.id : undefined].filter(Boolean).join(' ');
  setAttribute(control, 'aria-describedby', describedBy || undefined);

  const text = h('span');
  let shown: DraftIssue | undefined;
  const message = h('p', { id: `${name}-issue`, class: 'issue', hidden: true }, text);
  const head = h('div', { class: 'field-head' }, caption, aside);
  return {
    element: h('div', { class: `field field-${name}` }, head, body, hint || undefined, message),
    control,
    setLabel: (next) => setText(caption, next),
    setIssue: (issue) => {
      if (issue?.text === shown?.text && issue?.severity === shown?.severity) return;
      shown = issue;
      const isError = issue?.severity === 'error';
      setAttribute(control, 'aria-invalid', isError ? 'true' : undefined);
      const described = [describedBy, issue && message.id].filter(Boolean).join(' ');
      setAttribute(control, 'aria-describedby', described || undefined);
      setAttribute(message, 'hidden', !issue);
      if (!issue) return setText(text, '');
      message.className = `issue ${issue.severity}`;
      message.setAttribute('role', isError ? 'alert' : 'status');
      message.querySelector('svg')?.remove();
      message.prepend(icon(issue.severity));
      setText(text, issue.text);
    },
  };
}
