import type { History } from '../history/history';
import type { PanelPrompts } from '../shared/promptProtocol';

/** As much as the contract allows. */
export function recentPrompts(history: Pick<History, 'prompts'>): PanelPrompts['recent'] {
  return history.prompts(100, 200_000);
}
