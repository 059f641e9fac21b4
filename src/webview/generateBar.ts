import type { PanelStrings } from '../shared/panelProtocol';
import { h, setAttribute, setText } from './dom';

/** The button that generates, with what it will cost. */
export interface GenerateBar {
  readonly element: HTMLElement;
  /** Says why it does nothing; an empty text is none. */
  setReason(reason: string): void;
  setCost(costText: string | undefined): void;
  /** Steps back where something else has to be done first. */
  setSecondary(isSecondary: boolean): void;
}

/** Makes the bar at the form's end. */
export function createGenerateBar(
  strings: Pick<PanelStrings, 'generate' | 'generateKey' | 'generateKeyMac'>,
  isMac: boolean,
  onGenerate: () => void,
): GenerateBar {
  const reason = h('p', { id: 'generate-reason', class: 'visually-hidden' });
  const label = h('span', {}, strings.generate);
  const key = isMac ? strings.generateKeyMac : strings.generateKey;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'button primary generate',
      'aria-keyshortcuts': isMac ? 'Meta+Enter' : 'Control+Enter',
      'aria-describedby': reason.id,
    },
    label,
    h('span', { class: 'key', 'aria-hidden': 'true' }, key),
  );
  // The second click of a double click would buy the images twice.
  button.addEventListener('click', ({ detail }) => detail < 2 && onGenerate());
  return {
    element: h('div', { class: 'generate-bar' }, button, reason),
    setReason: (text) => {
      setAttribute(button, 'aria-disabled', text ? 'true' : undefined);
      setAttribute(button, 'title', text || undefined);
      setText(reason, text);
    },
    setCost: (costText) => {
      setText(label, costText ? `${strings.generate} · ${costText}` : strings.generate);
    },
    setSecondary: (isSecondary) => {
      button.classList.toggle('primary', !isSecondary);
      button.classList.toggle('secondary', isSecondary);
    },
  };
}
