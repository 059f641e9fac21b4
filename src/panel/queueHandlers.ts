import * as vscode from 'vscode';
import { type GenerationJob, isOpen } from '../generation/generationJob';
import { cancelAllJobs } from '../ui/cancelJob';
import { shortPrompt } from '../ui/shortPrompt';
import type { PanelCancels } from './panelCancels';
import type { HandlersOf, PanelContext } from './panelContext';

/** Does what the page asks for with jobs that run or have ended badly. */
export function queueHandlers(
  { services, refresh }: PanelContext,
  cancels: PanelCancels,
): HandlersOf<'cancel' | 'cancelAll' | 'dismiss' | 'dismissEnded'> {
  const { service } = services;
  return {
    cancel: ({ jobId }) => cancels.cancel(jobId),
    cancelAll: () => cancelAllJobs(service),
    dismiss: async ({ jobId }) => {
      const job = service.job(jobId);
      if (job && (!isStillOpen(job) || (await mayForget(job)))) await service.dismiss(jobId);
      // Also when there was nothing to do: the page waits for an answer.
      await refresh();
    },
    dismissEnded: async () => {
      const ended = service.jobs().filter((job) => hasEndedBadly(job) && !isStillOpen(job));
      await Promise.all(ended.map(({ id }) => service.dismiss(id)));
      await refresh();
    },
  };
}

/** Whether the list may do without it: it has made nothing, or what it has made is in the history. */
export function hasEndedBadly({ state }: Pick<GenerationJob, 'state'>): boolean {
  return state.status === 'failed' || state.status === 'cancelled';
}

function isStillOpen({ state }: GenerationJob): boolean {
  return state.status === 'failed' && isOpen(state);
}

/** What was paid for, perhaps, is given up by the person only. */
async function mayForget({ request }: GenerationJob): Promise<boolean> {
  const forget = vscode.l10n.t('Dismiss');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Dismiss "{0}"?', shortPrompt(request.prompt)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It may have been paid for, and its images could still be fetched. After this, Easel no longer knows of it.',
      ),
    },
    forget,
  );
  return answer === forget;
}
