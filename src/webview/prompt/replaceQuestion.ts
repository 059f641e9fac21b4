import type { PanelStrings } from '../../shared/pageStrings';
import { h, setAttribute, textButton } from '../dom';

/** Asks whether a prompt that was typed may be replaced. */
export interface ReplaceQuestion {
  readonly element: HTMLElement;
  /** Shows the question, or takes it away. */
  show(prompt: string | undefined): void;
}

/** Makes the question; it stands under the prompt and lets everything else be done. */
export function createReplaceQuestion(
  strings: Pick<PanelStrings, 'replacePrompt' | 'replace' | 'keepMine'>,
  actions: { onReplace(prompt: string): void; onKeep(): void },
): ReplaceQuestion {
  let asked: string | undefined;
  const text = h('p', { id: 'replace-question', role: 'status' });
  // The prompt that would come.
  const quote = h('p', { id: 'replace-prompt', class: 'replace-prompt' });
  const replace = textButton(strings.replace, 'primary', () => {
    const prompt = asked;
    show(undefined);
    if (prompt !== undefined) actions.onReplace(prompt);
  });
  const keep = textButton(strings.keepMine, 'secondary', () => {
    show(undefined);
    actions.onKeep();
  });
  replace.setAttribute('aria-describedby', quote.id);
  const buttons = h('div', { class: 'replace-buttons' }, replace, keep);
  const element = h(
    'div',
    { class: 'replace-question', role: 'group', 'aria-labelledby': text.id, hidden: true },
    text,
    quote,
    buttons,
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    keep.click();
  });
  const show = (prompt: string | undefined): void => {
    asked = prompt;
    setAttribute(element, 'hidden', prompt === undefined);
    // Written when it is there, so that it is read aloud.
    text.textContent = prompt === undefined ? '' : strings.replacePrompt;
    quote.textContent = prompt ?? '';
    if (prompt === undefined) return;
    element.scrollIntoView({ block: 'nearest' });
    replace.focus();
  };
  return { element, show };
}
