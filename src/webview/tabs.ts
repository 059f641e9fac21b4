import { h, setAttribute, setText } from './dom';

/** A tab and what it shows. */
interface TabParts<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly panel: HTMLElement;
}

/** Tabs over panels of which one is shown. */
export interface Tabs<Id extends string> {
  /** The row of tabs; the panels are placed by whoever made them. */
  readonly element: HTMLElement;
  readonly current: Id;
  choose(id: Id): void;
  /** Hides a tab that has nothing to show; where it was the current one, the first is. */
  setShown(id: Id, isShown: boolean): void;
  /** A number beside the label; 0 is none. */
  setCount(id: Id, count: number): void;
}

/** Makes tabs with one tab stop; the arrow keys, Home and End show the others. */
export function createTabs<Id extends string>(
  label: string,
  parts: readonly [TabParts<Id>, ...TabParts<Id>[]],
  onChoose: (id: Id) => void,
): Tabs<Id> {
  let current = parts[0].id;
  const tabs = parts.map(({ id, label: name, panel }) => {
    const count = h('span', { class: 'tab-count', hidden: true });
    const tab = h(
      'button',
      {
        type: 'button',
        id: `tab-${id}`,
        class: 'tab',
        role: 'tab',
        'aria-controls': `panel-${id}`,
      },
      h('span', {}, name),
      count,
    );
    panel.id = `panel-${id}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', () => choose(id));
    return { id, tab, panel, count };
  });
  const choose = (id: Id): void => {
    if (id === current) return;
    current = id;
    show();
    onChoose(id);
  };
  const show = (): void => {
    for (const { id, tab, panel } of tabs) {
      const isCurrent = id === current;
      tab.setAttribute('aria-selected', String(isCurrent));
      tab.tabIndex = isCurrent ? 0 : -1;
      setAttribute(panel, 'hidden', !isCurrent);
    }
  };
  const element = h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': label },
    ...tabs.map(({ tab }) => tab),
  );
  element.addEventListener('keydown', (event) => {
    const shown = tabs.filter(({ tab }) => !tab.hidden);
    const at = shown.findIndex(({ id }) => id === current);
    const last = shown.length - 1;
    const wanted = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    const next = wanted === undefined ? undefined : shown[(wanted + shown.length) % shown.length];
    if (!next) return;
    event.preventDefault();
    choose(next.id);
    next.tab.focus();
  });
  show();
  return {
    element,
    get current() {
      return current;
    },
    choose,
    setShown: (id, isShown) => {
      const tab = tabs.find((each) => each.id === id)?.tab;
      if (!tab) return;
      const hadFocus = tab === document.activeElement;
      setAttribute(tab, 'hidden', !isShown);
      if (isShown || id !== current) return;
      choose(parts[0].id);
      if (hadFocus) tabs[0]?.tab.focus();
    },
    setCount: (id, count) => {
      const tab = tabs.find((each) => each.id === id);
      if (!tab) return;
      setText(tab.count, String(count));
      setAttribute(tab.count, 'hidden', count === 0);
    },
  };
}
