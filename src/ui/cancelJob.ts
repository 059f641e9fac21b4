import * as vscode from 'vscode';
import type { GenerationJob } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { shortPrompt } from './shortPrompt';

/** What cancelling works with. */
export type CancellableJobs = Pick<GenerationService, 'job' | 'cancel' | 'letGo'>;

/**
 * Every Cancel button's way. What the service has begun goes on, and the person is asked whether to keep its image.
 * @param onBegun called before that question
 */
export async function cancelJob(
  service: CancellableJobs,
  { id, request }: Pick<GenerationJob, 'id' | 'request'>,
  onBegun?: () => void,
): Promise<void> {
  const outcome = await service.cancel(id);
  if (outcome !== 'begun' && outcome !== 'unknown') return;
  onBegun?.();
  const state = service.job(id)?.state;
  const isLost = state?.status === 'running' && state.progress.phase === 'searching';
  const { prompt } = request;
  const letGo = vscode.l10n.t('Let It Go');
  const answer = await vscode.window.showWarningMessage(
    isLost ? lostText(prompt) : outcome === 'unknown' ? unknownText(prompt) : begunText(prompt),
    isLost ? vscode.l10n.t('Keep Looking') : vscode.l10n.t('Keep the Image'),
    letGo,
  );
  // Whoever closes the message keeps the image.
  if (answer !== letGo) return;
  if (service.job(id)?.state.status === 'running') service.letGo(id);
  else vscode.window.setStatusBarMessage(vscode.l10n.t('It had ended already.'), 5000);
}

/** Cancels every job that runs; of those that the service has begun, it is asked once. */
export async function cancelAllJobs(
  service: CancellableJobs & Pick<GenerationService, 'jobs'>,
): Promise<void> {
  const running = service.jobs().filter(({ state }) => state.status === 'running');
  const outcomes = await Promise.all(running.map(({ id }) => service.cancel(id)));
  const left = running.filter((_, at) => ['begun', 'unknown'].includes(outcomes[at] ?? ''));
  if (left.length === 0) return;
  const letGo = vscode.l10n.t('Let Them Go');
  const answer = await vscode.window.showWarningMessage(
    left.length === 1
      ? vscode.l10n.t('1 job could not be cancelled: the service has begun, and bills it.')
      : vscode.l10n.t(
          '{0} jobs could not be cancelled: the service has begun, and bills them.',
          left.length,
        ),
    vscode.l10n.t('Keep the Images'),
    letGo,
  );
  if (answer !== letGo) return;
  for (const { id } of left) service.letGo(id);
}

function begunText(prompt: string): string {
  return vscode.l10n.t(
    'The service has begun, so "{0}" is billed in any case.',
    shortPrompt(prompt),
  );
}

function unknownText(prompt: string): string {
  return vscode.l10n.t(
    'The service could not be asked to cancel "{0}"; it goes on, and may be billed.',
    shortPrompt(prompt),
  );
}

function lostText(prompt: string): string {
  return vscode.l10n.t(
    'It is being looked up whether the service took "{0}"; it may have been billed.',
    shortPrompt(prompt),
  );
}
