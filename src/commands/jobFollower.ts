import * as vscode from 'vscode';
import { type InsertionPoint, insertLinks } from '../documents/linkInserter';
import {
  canRetry,
  type FailedState,
  type GenerationJob,
  type SavedImage,
} from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import type { ErrorNotifier, RetryAction } from '../ui/errorNotifier';
import { shortPrompt, showProgress } from '../ui/generationProgress';
import type { ImageActions } from '../ui/imageActions';

/** Accompanies a job that a command started: progress, the link in the document, and how it ended. */
export class JobFollower {
  constructor(
    private readonly service: GenerationService,
    private readonly notifier: ErrorNotifier,
    private readonly actions: ImageActions,
  ) {}

  /** Resolves once the images are saved and linked; messages may still be on the screen. Disposes the point. */
  async follow(job: GenerationJob, point: InsertionPoint | undefined): Promise<void> {
    const ended = await showProgress(this.service, job, vscode.ProgressLocation.Notification);
    await this.#settle(ended, point);
  }

  async #settle(job: GenerationJob, point: InsertionPoint | undefined): Promise<void> {
    const { state } = job;
    switch (state.status) {
      case 'running':
        return;
      case 'cancelled':
        point?.dispose();
        if (state.billed === 'maybe') void this.#tellMaybeBilled(job);
        return;
      case 'failed':
        await this.#insert(job, state.images, point);
        void this.notifier.show(state.error, this.#retryOf(job, state));
        return;
      case 'saved': {
        const inserted = await this.#insert(job, state.images, point);
        void this.#tellSaved(state.images, inserted);
        for (const failure of state.failures) void this.notifier.showPartialFailure(failure);
      }
    }
  }

  #retryOf(job: GenerationJob, state: FailedState): RetryAction | undefined {
    if (!canRetry(state)) return undefined;
    const sendAgain =
      state.error.billed === 'maybe' ? vscode.l10n.t('Send Again') : vscode.l10n.t('Try Again');
    return {
      label: state.delivery ? vscode.l10n.t('Fetch Again') : sendAgain,
      isLikely: state.error.retryable,
      run: () => this.#retry(job),
    };
  }

  async #retry(job: GenerationJob): Promise<void> {
    await this.follow(this.service.retry(job.id), undefined);
  }

  async #insert(
    job: GenerationJob,
    images: readonly SavedImage[],
    point: InsertionPoint | undefined,
  ): Promise<boolean> {
    if (!point) return false;
    const links = images.map(({ uri }) => ({
      uri: vscode.Uri.parse(uri, true),
      altText: job.request.prompt,
    }));
    const outcome = links.length === 0 ? 'failed' : await insertLinks(point, links);
    point.dispose();
    return outcome === 'inserted';
  }

  async #tellSaved(images: readonly SavedImage[], inserted: boolean): Promise<void> {
    const [first] = images;
    if (!first) return;
    const kept = images.find(({ keptBecause }) => keptBecause !== undefined);
    if (kept) return this.actions.offerKept(images);
    const name = vscode.workspace.asRelativePath(vscode.Uri.parse(first.uri, true));
    const message =
      images.length === 1
        ? vscode.l10n.t('Saved {0}', name)
        : vscode.l10n.t('Saved {0} images, the first as {1}', images.length, name);
    const open = vscode.l10n.t('Open Image');
    const insert = vscode.l10n.t('Insert Link');
    const canInsert = !inserted && vscode.window.activeTextEditor !== undefined;
    const buttons = canInsert ? [open, insert] : [open];
    const chosen = await vscode.window.showInformationMessage(message, ...buttons);
    if (chosen === open) await this.actions.open(first);
    if (chosen === insert) await this.actions.insert(images);
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
