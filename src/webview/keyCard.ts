import type { PanelStrings } from '../shared/pageStrings';
import { h, icon, textButton } from './dom';

/** Makes the card that asks for a key; it is hidden until it is known that there is none. */
export function createKeyCard(strings: PanelStrings, onSetKey: () => void): HTMLElement {
  return h(
    'section',
    { class: 'key-card', 'aria-labelledby': 'key-title', hidden: true },
    icon('key'),
    h(
      'div',
      {},
      h('h2', { id: 'key-title' }, strings.noKeyTitle),
      h('p', {}, strings.noKeyText),
      textButton(strings.actionLabels.setApiKey, 'primary', onSetKey),
    ),
  );
}
