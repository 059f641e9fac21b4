import * as vscode from 'vscode';
import type { InsertionPoint } from '../documents/insertionPoint';
import { isInPlace, linksOf } from '../documents/jobContent';
import { waitingMark } from '../documents/waitingText';
import { type FailedState, type GenerationJob, retryKind } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { ErrorNotifier, RetryAction } from '../ui/errorNotifier';
import { type ShownJobs, showProgress } from '../ui/generationProgress';
import type { ImageActions } from '../ui/imageActions';
import { cancelledText } from '../ui/phaseText';
import { costText } from '../ui/priceText';
import { savedText } from '../ui/savedText';
import { shortPrompt } from '../ui/shortPrompt';
import { jobCost } from '../workspace/jobCost';
import { LinkPlace } from './linkPlace';
import type { WaitingTexts } from './waitingTexts';

/** What a follower needs of the service. */
export type FollowedJobs = ShownJobs &
  Pick<GenerationService, 'jobs' | 'retry' | 'setLink' | 'setTold'>;

/** How a job is accompanied. */
export interface FollowOptions {
  readonly location: vscode.ProgressLocation;
  /** It is from before the window was loaded, so a message names it. */
  readonly isFromBefore?: boolean;
  /** Other cursors where the same links go; taken over like the point. */
  readonly alsoAt?: readonly InsertionPoint[];
}

interface TellOptions extends Pick<FollowOptions, 'location' | 'isFromBefore'> {
  /** Where another try is linked, too. */
  readonly others?: readonly LinkPlace[];
}

const asNotification: FollowOptions = { location: vscode.ProgressLocation.Notification };

/** Accompanies a job: progress, the link in the document, and how it ended. */
export class JobFollower {
  constructor(
    private readonly service: FollowedJobs,
    private readonly notifier: ErrorNotifier,
    private readonly actions: ImageActions,
    private readonly requests: Pick<RequestDefaults, 'findModel'>,
    private readonly waiting: Pick<WaitingTexts, 'leave'>,
  ) {}

  /**
   * Resolves once the images are saved and linked; messages may still be on the screen. Takes the point over and
   * disposes it.
   */
  async follow(
    job: GenerationJob,
    point: InsertionPoint | undefined,
    options: FollowOptions = asNotification,
  ): Promise<void> {
    const place = this.#place(job, point);
    // Those of a window that was closed meanwhile are found by their comments.
    const others = (options.alsoAt ?? []).map(
      (other) => new LinkPlace({ point: other, save: () => {} }),
    );
    if (point) await place.wait(waitingText(job));
    else await place.attach();
    for (const other of others) await other.wait(waitingText(job));
    const ended = await showProgress(this.service, job, options.location);
    await this.#link(ended, place);
    for (const other of others) await this.#link(ended, other);
    const told = this.#tell(ended, place, { ...options, others });
    this.notifier.guard(
      told.finally(() => {
        for (const each of [place, ...others]) each.dispose();
      }),
    );
  }

  /**
   * Waits and links without a word; the person is told elsewhere.
   * @param linksLater the caller links what is missing, and the journal keeps the place until then
   */
  async followQuietly(jobId: string, linksLater = false): Promise<EndedJob> {
    const job = this.service.job(jobId);
    const place = job && this.#place(job, undefined);
    await place?.attach();
    const ended = await this.service.finished(jobId);
    if (!place) return { job: ended, isLinkMissing: false };
    await this.#link(ended, place);
    const isLinkMissing = ended.state.status === 'saved' && !place.hasLinks && !!place.spot;
    const isKept = isLinkMissing && linksLater;
    if (ended.state.status === 'saved' && isAllInPlace(ended) && !isKept) place.release();
    place.dispose();
    return { job: ended, isLinkMissing };
  }

  /** Says how a job ended that nobody is looking at. */
  async tell(job: GenerationJob, isFromBefore = false): Promise<void> {
    const place = this.#place(job, undefined);
    try {
      await this.#tell(job, place, { ...asNotification, isFromBefore });
    } finally {
      place.dispose();
    }
  }

  /** Opens the document that waited for a job's images, and links them there. */
  async linkLater(job: GenerationJob): Promise<void> {
    if (job.link) await this.actions.insertAt(job.link, linksOf(job));
  }

  #place(job: GenerationJob, point: InsertionPoint | undefined): LinkPlace {
    const save: GenerationService['setLink'] = (id, spot) => this.service.setLink(id, spot);
    return new LinkPlace({ point, spot: job.link, save: (spot) => save(job.id, spot) });
  }

  async #link(ended: GenerationJob, place: LinkPlace): Promise<void> {
    const { status } = ended.state;
    if (status === 'cancelled') {
      await this.#giveUp(ended, place);
      place.release();
    }
    if (status !== 'saved' && status !== 'failed') return;
    // What was kept aside is linked when it has found its place.
    const links = linksOf(ended);
    await place.insert({ ...links, images: links.images.filter(isInPlace) });
    if (status === 'failed' && !place.hasLinks) await this.#giveUp(ended, place);
    if (status === 'saved' && place.hasLinks && isAllInPlace(ended)) place.release();
    else place.flush();
  }

  async #giveUp(job: GenerationJob, place: LinkPlace): Promise<void> {
    if (!(await place.giveUp())) await this.waiting.leave(job.id);
  }

  async #tell(job: GenerationJob, place: LinkPlace, options: TellOptions): Promise<void> {
    const { state } = job;
    const isOneOfMany = options.isFromBefore || this.service.jobs().length > 1;
    const subject = isOneOfMany ? shownPrompt(job.request) : undefined;
    switch (state.status) {
      case 'running':
        return;
      case 'cancelled':
        await tellCancelled(job);
        return;
      case 'failed':
        await this.notifier.show(state.error, this.#retry(job, state, place, options), subject);
        this.service.setTold(job.id);
        return;
      case 'saved':
        for (const failure of state.failures) {
          this.notifier.guard(this.notifier.showPartialFailure(failure));
        }
        await this.#tellSaved(job, place);
    }
  }

  #retry(
    job: GenerationJob,
    state: FailedState,
    place: LinkPlace,
    options: TellOptions,
  ): RetryAction | undefined {
    const kind = retryKind(state);
    if (kind === 'none') return undefined;
    const labels = {
      fetch: vscode.l10n.t('Fetch Again'),
      again: vscode.l10n.t('Try Again'),
      maybeBilled: vscode.l10n.t('Send Again'),
    };
    return {
      label: labels[kind],
      isLikely: kind === 'fetch' || (kind === 'again' && state.error.retryable),
      run: async () => {
        // Not when the Studio was quicker, and accompanies it itself.
        if (this.service.job(job.id)?.state.status !== 'failed') return;
        this.service.retry(job.id);
        const again = this.service.job(job.id) ?? job;
        const places = [place, ...(options.others ?? [])];
        for (const each of places) await each.wait(waitingText(job));
        const ended = await showProgress(this.service, again, options.location);
        for (const each of places) await this.#link(ended, each);
        await this.#tell(ended, place, options);
      },
    };
  }

  async #tellSaved(job: GenerationJob, place: LinkPlace): Promise<void> {
    const links = linksOf(job);
    const { images } = links;
    if (!isAllInPlace(job)) {
      const placed = await this.actions.findPlace(images);
      await place.insert({ ...links, images: placed });
      if (!place.hasLinks) await this.#giveUp(job, place);
      place.release();
      return;
    }
    const [first] = images;
    const { spot, hasLinks, wasComplete } = place;
    // Once it is told, the message is where the link is offered.
    place.release();
    if (!first || wasComplete) return;
    const cost = jobCost(job, this.requests);
    const message = cost ? `${savedText(images)} · ${costText(cost)}` : savedText(images);
    const open = vscode.l10n.t('Open Image');
    const insert = vscode.l10n.t('Insert Link');
    const canInsert = !hasLinks && (spot || vscode.window.activeTextEditor);
    const buttons = canInsert ? [open, insert] : [open];
    const chosen = await vscode.window.showInformationMessage(message, ...buttons);
    if (chosen === open) await this.actions.open(first);
    if (chosen !== insert) return;
    if (spot) await this.actions.insertAt(spot, links);
    else await this.actions.insert(images, links.altText, links.parts);
  }
}

/** What stands in a document while the images are being made. */
function waitingText({ id, request }: GenerationJob): string {
  const text = vscode.l10n.t('Generating "{0}"', shortPrompt(shownPrompt(request)));
  return `${text} ${waitingMark(id)}`;
}

/** A job that has ended, and whether a document still lacks its links. */
export interface EndedJob {
  readonly job: GenerationJob;
  readonly isLinkMissing: boolean;
}

async function tellCancelled({ request, state }: GenerationJob): Promise<void> {
  if (state.status !== 'cancelled' || state.billed === 'yes') return;
  const text = cancelledText(state.billed);
  if (state.billed === 'no') vscode.window.setStatusBarMessage(text, 5000);
  else {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('"{0}": {1}', shortPrompt(shownPrompt(request)), text),
    );
  }
}

/** Whether no image lies in Easel's own storage. */
function isAllInPlace(job: GenerationJob): boolean {
  return linksOf(job).images.every(isInPlace);
}
