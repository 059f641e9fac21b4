import * as vscode from 'vscode';
import { isInPlace, linksOf } from '../documents/jobContent';
import type { GenerationJob } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import type { ErrorNotifier } from '../ui/errorNotifier';
import { joinSentences } from '../ui/sentences';
import type { EndedJob, JobFollower } from './jobFollower';

/** What the resumer is built from. */
export interface JobResumerOptions {
  readonly service: Pick<GenerationService, 'resume'>;
  readonly follower: Pick<JobFollower, 'follow' | 'followQuietly' | 'linkLater' | 'tell'>;
  readonly notifier: Pick<ErrorNotifier, 'guard'>;
}

/** More jobs than this are accompanied without a progress of their own, and ended by one message. */
const maxShown = 3;
/** More failures than this are told by one message. */
const maxTold = 2;

/** Goes on with the jobs of earlier windows, and tells of them no more than a person wants to hear. */
export class JobResumer {
  constructor(private readonly options: JobResumerOptions) {}

  /**
   * Takes the jobs over that no window works on; to be called when the window has loaded and now and then. Resolves
   * once they have ended and their links are where they belong.
   */
  async resume(): Promise<void> {
    const { service, notifier } = this.options;
    const jobs = await service.resume();
    const ongoing = jobs.filter(({ state }) => state.status !== 'failed');
    const failed = jobs.filter(({ state }) => state.status === 'failed' && !state.isTold);
    notifier.guard(this.#tellFailed(failed));
    const images = ongoing.reduce((sum, { request }) => sum + request.count, 0);
    if (ongoing.length > 1) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Easel goes on with {0} images from before.', images),
      );
    }
    if (ongoing.length > maxShown) {
      await this.#followTogether(ongoing);
      return;
    }
    // One has its progress as when it was started; of several, the summary has told already.
    const { Notification, Window } = vscode.ProgressLocation;
    const location = ongoing.length === 1 ? Notification : Window;
    const { follower } = this.options;
    await Promise.all(
      ongoing.map((job) => follower.follow(job, undefined, { location, isFromBefore: true })),
    );
  }

  async #followTogether(jobs: readonly GenerationJob[]): Promise<void> {
    const { follower, notifier } = this.options;
    const ended = await Promise.all(jobs.map(({ id }) => follower.followQuietly(id)));
    notifier.guard(this.#tellTogether(ended));
  }

  async #tellTogether(ended: readonly EndedJob[]): Promise<void> {
    const { follower, notifier } = this.options;
    const states = ended.map(({ job }) => job.state);
    const images = states.flatMap((state) => (state.status === 'saved' ? state.images : []));
    const failures = states.filter(({ status }) => status === 'failed').length;
    const kept = ended.filter(({ job }) => !linksOf(job).images.every(isInPlace));
    // Each of these asks for a place of its own.
    for (const { job } of kept) notifier.guard(follower.tell(job, true));
    const unlinked = ended.filter(({ isLinkMissing }) => isLinkMissing).map(({ job }) => job);
    const texts = [
      vscode.l10n.t('The jobs from before have ended, with {0} images saved.', images.length),
      ...(failures > 0
        ? [vscode.l10n.t('{0} could not be finished; the Studio says why.', failures)]
        : []),
    ];
    const insert = vscode.l10n.t('Insert Links');
    const open = vscode.l10n.t('Open Studio');
    const buttons = unlinked.length > 0 ? [insert, open] : [open];
    const show = failures > 0 ? 'showWarningMessage' : 'showInformationMessage';
    const chosen = await vscode.window[show](joinSentences(texts), ...buttons);
    if (chosen === open) await openStudio();
    if (chosen !== insert) return;
    // One after the other, as each opens its document.
    for (const job of unlinked) await follower.linkLater(job);
  }

  async #tellFailed(jobs: readonly GenerationJob[]): Promise<void> {
    const { follower } = this.options;
    if (jobs.length <= maxTold) {
      await Promise.all(jobs.map((job) => follower.tell(job, true)));
      return;
    }
    const open = vscode.l10n.t('Open Studio');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('{0} jobs from before wait for your decision in the Studio.', jobs.length),
      open,
    );
    if (chosen === open) await openStudio();
  }
}

async function openStudio(): Promise<void> {
  await vscode.commands.executeCommand('easel.openStudio');
}
