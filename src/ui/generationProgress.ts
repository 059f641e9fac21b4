import * as vscode from 'vscode';
import type { GenerationJob } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { shownPrompt } from '../imageModel/shownPrompt';
import { cancelJob } from './cancelJob';
import { phaseText } from './phaseText';
import { shortPrompt } from './shortPrompt';

/** What the progress is read from. */
export type ShownJobs = Pick<
  GenerationService,
  'job' | 'finished' | 'onDidChangeJob' | 'cancel' | 'letGo'
>;

/** The guide's limit for a task, in milliseconds; here it asks instead of giving up, as tasks may take minutes. */
const askAfterMs = 120_000;

/**
 * Shows a job's phase and elapsed time until it has ended; Cancel cancels the job, as far as that can be. A job
 * that is shown as a notification is asked about when it takes long. Resolves with the ended job.
 */
export async function showProgress(
  service: ShownJobs,
  job: GenerationJob,
  location: vscode.ProgressLocation,
): Promise<GenerationJob> {
  const asks = location === vscode.ProgressLocation.Notification;
  const question = asks && setTimeout(() => void askWhetherToWait(service, job), askAfterMs);
  try {
    for (;;) {
      const ended = await showUntilCancel(service, job, location);
      if (ended) return ended;
      // VS Code has taken its progress away, and the job goes on.
    }
  } finally {
    if (question) clearTimeout(question);
  }
}

/** Undefined when Cancel was pressed and the job goes on. */
async function showUntilCancel(
  service: ShownJobs,
  job: GenerationJob,
  location: vscode.ProgressLocation,
): Promise<GenerationJob | undefined> {
  const options = { location, title: titleOf(job), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const goesOn = new Promise<undefined>((resolve, reject) => {
      token.onCancellationRequested(() => {
        cancelJob(service, job, () => resolve(undefined)).catch(reject);
      });
    });
    const report = (): void => {
      const state = service.job(job.id)?.state;
      if (state?.status !== 'running') return;
      const seconds = Math.floor((Date.now() - job.startedAt) / 1000);
      const phase = phaseText(state.progress);
      progress.report({ message: seconds > 0 ? `${phase} · ${elapsedText(seconds)}` : phase });
    };
    report();
    const subscription = service.onDidChangeJob((changed) => changed.id === job.id && report());
    const ticker = setInterval(report, 1000);
    try {
      return await Promise.race([service.finished(job.id), goesOn]);
    } finally {
      clearInterval(ticker);
      subscription.dispose();
    }
  });
}

function elapsedText(seconds: number): string {
  return seconds < 60
    ? vscode.l10n.t('{0} s', seconds)
    : vscode.l10n.t('{0} min {1} s', Math.floor(seconds / 60), `${seconds % 60}`.padStart(2, '0'));
}

function titleOf({ request }: GenerationJob): string {
  return request.count === 1
    ? vscode.l10n.t('Generating "{0}"', shortPrompt(shownPrompt(request)))
    : vscode.l10n.t(
        'Generating {0} images of "{1}"',
        request.count,
        shortPrompt(shownPrompt(request)),
      );
}

async function askWhetherToWait(service: ShownJobs, job: GenerationJob): Promise<void> {
  const stop = vscode.l10n.t('Stop');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The service is still working on "{0}" after 2 minutes.',
      shortPrompt(shownPrompt(job.request)),
    ),
    vscode.l10n.t('Keep Waiting'),
    stop,
  );
  if (answer === stop) await cancelJob(service, job);
}
