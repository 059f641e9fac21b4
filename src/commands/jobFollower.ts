import * as vscode from 'vscode';
import { jobContent } from '../documents/jobContent';
import { type InsertionPoint, insertLinks } from '../documents/linkInserter';
import {
  type FailedState,
  type GenerationJob,
  retryKind,
  type SavedImage,
} from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { ErrorNotifier, RetryAction } from '../ui/errorNotifier';
import { shortPrompt, showProgress } from '../ui/generationProgress';
import type { ImageActions } from '../ui/imageActions';
import { costText } from '../ui/priceText';
import { jobCost } from '../workspace/jobCost';

/** Where a job's links go, and the images that are linked there already; another try goes on with it. */
interface LinkPlace {
  readonly point: InsertionPoint | undefined;
  readonly linked: Set<string>;
}

/** Accompanies a job: progress, the link in the document, and how it ended. */
export class JobFollower {
  constructor(
    private readonly service: GenerationService,
    private readonly notifier: ErrorNotifier,
    private readonly actions: ImageActions,
    private readonly requests: Pick<RequestDefaults, 'findModel'>,
  ) {}

  /**
   * Resolves once the images are saved and linked; messages may still be on the screen. Takes the point over and
   * disposes it.
   */
  async follow(job: GenerationJob, point: InsertionPoint | undefined): Promise<void> {
    const place = { point, linked: new Set<string>() };
    const ended = await this.#watch(job, place);
    this.notifier.guard(this.#tell(ended, place).finally(() => point?.dispose()));
  }

  /** Says how a job ended that nobody is looking at. */
  async tell(job: GenerationJob): Promise<void> {
    await this.#tell(job, { point: undefined, linked: new Set() });
  }

  async #watch(job: GenerationJob, place: LinkPlace): Promise<GenerationJob> {
    const ended = await showProgress(this.service, job, vscode.ProgressLocation.Notification);
    const { state } = ended;
    if (state.status === 'saved' || state.status === 'failed') {
      // What was kept aside is linked when it has found its place.
      const images = state.images.filter(({ keptBecause }) => keptBecause === undefined);
      await this.#link(place, images, job);
    }
    return ended;
  }

  async #tell(job: GenerationJob, place: LinkPlace): Promise<void> {
    const { state } = job;
    switch (state.status) {
      case 'running':
        return;
      case 'cancelled':
        if (state.billed === 'maybe') await this.#tellMaybeBilled(job);
        return;
      case 'failed':
        await this.notifier.show(state.error, this.#retry(job, state, place));
        return;
      case 'saved':
        for (const failure of state.failures) {
          this.notifier.guard(this.notifier.showPartialFailure(failure));
        }
        await this.#tellSaved(job, state.images, place);
    }
  }

  #retry(job: GenerationJob, state: FailedState, place: LinkPlace): RetryAction | undefined {
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
        this.service.retry(job.id);
        await this.#tell(await this.#watch(this.service.job(job.id) ?? job, place), place);
      },
    };
  }

  async #link(
    { point, linked }: LinkPlace,
    images: readonly Pick<SavedImage, 'id' | 'position' | 'uri'>[],
    job: GenerationJob,
  ): Promise<void> {
    const missing = images.filter(({ id }) => !linked.has(id));
    // What the model wrote around its images goes in once, also where it made none.
    const parts = linked.size === 0 ? partsOf(job) : undefined;
    const isText = parts?.every((part) => typeof part === 'string');
    if (!point || (missing.length === 0 && !isText)) return;
    const content = jobContent(missing, job.request.prompt, parts);
    if ((await insertLinks(point, content)) !== 'inserted') return;
    for (const { id } of missing) linked.add(id);
  }

  async #tellSaved(
    job: GenerationJob,
    images: readonly SavedImage[],
    place: LinkPlace,
  ): Promise<void> {
    if (images.some(({ keptBecause }) => keptBecause !== undefined)) {
      await this.#link(place, await this.actions.findPlace(images), job);
      return;
    }
    const [first] = images;
    if (!first) return;
    const name = vscode.workspace.asRelativePath(vscode.Uri.parse(first.uri, true));
    const saved =
      images.length === 1
        ? vscode.l10n.t('Saved {0}', name)
        : vscode.l10n.t('Saved {0} images, the first as {1}', images.length, name);
    const cost = jobCost(job, this.requests);
    const message = cost ? `${saved} · ${costText(cost)}` : saved;
    const open = vscode.l10n.t('Open Image');
    const insert = vscode.l10n.t('Insert Link');
    const canInsert = place.linked.size === 0 && vscode.window.activeTextEditor !== undefined;
    const buttons = canInsert ? [open, insert] : [open];
    const chosen = await vscode.window.showInformationMessage(message, ...buttons);
    if (chosen === open) await this.actions.open(first);
    if (chosen === insert) await this.actions.insert(images, job.request.prompt, partsOf(job));
  }

  async #tellMaybeBilled(job: GenerationJob): Promise<void> {
    await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Stopped waiting for "{0}". The service had already begun, so this request may be billed.',
        shortPrompt(job.request.prompt),
      ),
    );
  }
}

/** Texts and positions of images, where the model wrote both. */
function partsOf({ state }: GenerationJob): readonly (string | number)[] | undefined {
  return state.status === 'cancelled' ? undefined : state.delivery?.parts;
}
