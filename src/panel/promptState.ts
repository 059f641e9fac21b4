import type { PanelState } from '../shared/panelProtocol';
import type { PanelPrompts } from '../shared/promptProtocol';
import type { PanelContext } from './panelContext';
import { fitPrompts } from './savedPrompts';

/** The part of the panel's state that is about the prompt. */
export type PromptState = Pick<PanelState, 'styles' | 'stylesHint' | 'prompts'>;

const maxRecent = 100;
/** Of all earlier prompts together, in UTF-16 units. */
const maxRecentText = 200_000;

/** What the page shows around the prompt. */
export function promptState(context: Pick<PanelContext, 'services' | 'jobs'>): PromptState {
  const { styles } = context.services;
  const hint = styles.problems.join(' ');
  return {
    styles: styles.all().map(({ id, name, prompt, source }) => ({ id, name, prompt, source })),
    ...(hint && { stylesHint: hint }),
    prompts: panelPrompts(context),
  };
}

/** Earlier and saved prompts, newest first. */
export function panelPrompts({
  services,
  jobs,
}: Pick<PanelContext, 'services' | 'jobs'>): PanelPrompts {
  const recent = fitPrompts(recentPrompts(jobs), maxRecent, maxRecentText);
  return { recent, saved: services.savedPrompts.all() };
}

/** The prompts of the jobs that are known. */
function recentPrompts(jobs: PanelContext['jobs']): readonly string[] {
  return jobs.all().map(({ prompt }) => prompt);
}
