import type { PanelState } from '../shared/panelProtocol';
import type { PanelPrompts } from '../shared/promptProtocol';
import type { PanelContext } from './panelContext';

/** The part of the panel's state that is about the prompt. */
export type PromptState = Pick<PanelState, 'styles' | 'stylesHint' | 'prompts'>;

const maxRecent = 100;
/** Of all earlier prompts together, in UTF-16 units. */
const maxRecentText = 200_000;

/** What the page shows around the prompt. */
export function promptState(context: Pick<PanelContext, 'services'>): PromptState {
  const { styles } = context.services;
  const hint = styles.problems.join(' ');
  return {
    styles: styles.all().map(({ id, name, prompt, source }) => ({ id, name, prompt, source })),
    ...(hint && { stylesHint: hint }),
    prompts: panelPrompts(context),
  };
}

/** Earlier and saved prompts, newest first. */
export function panelPrompts({ services }: Pick<PanelContext, 'services'>): PanelPrompts {
  const { history, savedPrompts } = services;
  return { recent: history.prompts(maxRecent, maxRecentText), saved: savedPrompts.all() };
}
