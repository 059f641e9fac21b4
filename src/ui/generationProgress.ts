import * as vscode from 'vscode';
import type { GenerationJob } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { phaseText } from './phaseText';

/** The guide's limit for a task, in milliseconds; here it asks instead of giving up, as tasks may take minutes. */
const askAfterMs = 120_000;

/**
 * Shows a job's phase and elapsed time until it has ended; Cancel cancels the job. A job
 * that is shown as a notification is asked about when it takes long. Resolves with the ended job.
 */
export async function showProgress(
  service: GenerationService,
  job: GenerationJob,
  location: vscode.ProgressLocation,
): Promise<GenerationJob> {
  const options = { location, title: titleOf(job), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => service.cancel(job.id));
    const report = (): void => {
      const state = service.job(job.id)?.state;
      if (state?.status !== 'running') return;
      const seconds = Math.floor((Date.now() - job.startedAt) / 1000);
      const phase = phaseText(state.progress);
      progress.report({
        message: seconds > 0 ? `${phase} · ${vscode.l10n.t('{0} s', seconds)}` : phase,
      });
    };
    report();
    const subscription = service.onDidChangeJob((changed) => changed.id === job.id && report());
    const ticker = setInterval(report, 1000);
    const asks = location === vscode.ProgressLocation.Notification;
    const question = asks && setTimeout(() => void askWhetherToWait(service, job), askAfterMs);
    try {
      return await service.finished(job.id);
    } finally {
      clearInterval(ticker);
      if (question) clearTimeout(question);
      subscription.dispose();
    }
  });
}

/** A prompt cut to a length that fits a title. */
export function shortPrompt(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : line;
}

function titleOf({ request }: GenerationJob): string {
  return request.count === 1
    ? vscode.l10n.t('Generating "{0}"', shortPrompt(request.prompt))
    : vscode.l10n.t('Generating {0} images of "{1}"', request.count, shortPrompt(request.prompt));
}

async function askWhetherToWait(service: GenerationService, job: GenerationJob): Promise<void> {
  const stop = vscode.l10n.t('Stop');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The service is still working on "{0}" after 2 minutes.',
      shortPrompt(job.request.prompt),
    ),
    vscode.l10n.t('Keep Waiting'),
    stop,
  );
  if (answer === stop) service.cancel(job.id);
}
