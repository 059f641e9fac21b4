import type { PanelStrings } from '../shared/pageStrings';
import { h, setAttribute, setText } from './dom';

/** The button that generates, with what it will cost. */
export interface GenerateBar {
  readonly element: HTMLElement;
  /** Says why it does nothing; an empty text is none. */
  setReason(reason: string): void;
  setCost(costText: string | undefined): void;
  /** Hides the cost of an earlier draft, but keeps its place until the next one is known. */
  hideCost(): void;
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
  const cost = h('span', { class: 'generate-cost' });
  const label = h('span', {}, strings.generate, cost);
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
      setText(cost, costText ? ` · ${costText}` : '');
      cost.classList.remove('old');
    },
    hideCost: () => cost.classList.add('old'),
    setSecondary: (isSecondary) => {
      button.classList.toggle('primary', !isSecondary);
      button.classList.toggle('secondary', isSecondary);
    },
  };
}
