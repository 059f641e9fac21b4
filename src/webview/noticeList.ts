import type { PanelStrings } from '../shared/pageStrings';
import type { PanelAction, PanelNotice } from '../shared/panelProtocol';
import { h, icon, setAttribute } from './dom';

/** What the person should know before generating, a line each. */
export interface NoticeList {
  readonly element: HTMLElement;
  show(notices: readonly PanelNotice[]): void;
}

/** Makes the list; whether this computer is offline is the page's own to know. */
export function createNoticeList(
  strings: Pick<PanelStrings, 'offline' | 'actionLabels'>,
  onAct: (action: PanelAction) => void,
): NoticeList {
  const offline = notice(strings.offline);
  const others = h('div', { class: 'notice-list' });
  const element = h('div', { class: 'notices', role: 'status' }, offline, others);
  let shown = '';
  const showOffline = (): void => {
    setAttribute(offline, 'hidden', navigator.onLine);
    setAttribute(element, 'hidden', navigator.onLine && others.childElementCount === 0);
  };
  window.addEventListener('online', showOffline);
  window.addEventListener('offline', showOffline);
  showOffline();
  return {
    element,
    show: (notices) => {
      const key = JSON.stringify(notices);
      if (key !== shown) {
        others.replaceChildren(
          ...notices.map(({ text, action }) => {
            const step = h(
              'button',
              { type: 'button', class: 'link' },
              strings.actionLabels[action],
            );
            step.addEventListener('click', () => onAct(action));
            return notice(text, step);
          }),
        );
      }
      shown = key;
      showOffline();
    },
  };
}

function notice(text: string, step?: HTMLElement): HTMLElement {
  return h('p', { class: 'notice' }, icon('info'), h('span', {}, text, step && ' ', step));
}
