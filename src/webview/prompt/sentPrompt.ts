import type { PanelStrings } from '../../shared/pageStrings';
import { h, icon, setAttribute, setText } from '../dom';

/** What goes to the service, where that is not just what was typed. */
export interface SentPrompt {
  readonly element: HTMLElement;
  /** Shows the text with its style; undefined where there is none. */
  show(text: string | undefined): void;
  /** Says that the service changes the prompt. */
  setRewritten(isRewritten: boolean): void;
}

/** Makes the text, folded to two lines where it is longer. */
export function createSentPrompt(
  strings: Pick<PanelStrings, 'promptTools' | 'showMore' | 'showLess'>,
): SentPrompt {
  const { willBeSent, willBeRewritten } = strings.promptTools;
  const text = h('span');
  const paragraph = h(
    'p',
    { id: 'sent-prompt', class: 'sent-text' },
    h('span', { class: 'sent-label' }, willBeSent),
    ' ',
    text,
  );
  const more = h(
    'button',
    { type: 'button', class: 'link', 'aria-controls': paragraph.id, hidden: true },
    strings.showMore,
  );
  const sent = h('div', { class: 'sent', hidden: true }, paragraph, more);
  const hint = h(
    'p',
    { class: 'hint rewrite-hint', hidden: true },
    icon('info'),
    h('span', {}, willBeRewritten),
  );
  const element = h('div', { class: 'sent-prompt' }, sent, hint);
  const isOpen = (): boolean => paragraph.classList.contains('open');
  const measure = (): void => {
    const isCut = paragraph.scrollHeight > paragraph.clientHeight + 1;
    if (!isOpen()) setAttribute(more, 'hidden', !isCut);
  };
  const setOpen = (open: boolean): void => {
    paragraph.classList.toggle('open', open);
    more.setAttribute('aria-expanded', String(open));
    setText(more, open ? strings.showLess : strings.showMore);
  };
  setOpen(false);
  more.addEventListener('click', () => {
    setOpen(!isOpen());
    measure();
  });
  new ResizeObserver(measure).observe(paragraph);
  return {
    element,
    show: (next) => {
      setText(text, next ?? '');
      setAttribute(sent, 'hidden', next === undefined);
      if (next === undefined) setOpen(false);
      measure();
    },
    setRewritten: (isRewritten) => setAttribute(hint, 'hidden', !isRewritten),
  };
}
