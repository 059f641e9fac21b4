import { h } from './dom';

/** Buttons in a row. */
export interface Toolbar {
  readonly element: HTMLElement;
  setButtons(buttons: readonly HTMLButtonElement[]): void;
}

/** Makes buttons with one tab stop; the arrow keys, Home and End go from one to the next. */
export function createToolbar(label: string, first: readonly HTMLButtonElement[]): Toolbar {
  const element = h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': label });
  let buttons = first;
  const reach = (index: number): void => {
    buttons.forEach((button, at) => {
      button.tabIndex = at === index ? 0 : -1;
    });
  };
  const setButtons = (next: readonly HTMLButtonElement[]): void => {
    buttons = next;
    element.replaceChildren(...buttons);
    reach(0);
  };
  setButtons(first);
  element.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((button) => button.matches(':focus'));
    const last = buttons.length - 1;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = (next + buttons.length) % buttons.length;
    reach(index);
    buttons[index]?.focus();
  });
  return { element, setButtons };
}
