import { h } from './dom';

/** What reads texts aloud: a region that a screen reader listens to. */
export interface Announcer {
  readonly element: HTMLElement;
  announce(text: string): void;
}

/** Makes the region. A dialog that is open hides the rest of the page from screen readers, so it moves in there. */
export function createAnnouncer(dialog: () => HTMLDialogElement): Announcer {
  const element = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  return {
    element,
    announce: (text) => {
      const place = dialog().open ? dialog() : document.body;
      if (element.parentElement !== place) place.append(element);
      element.textContent = text;
    },
  };
}
