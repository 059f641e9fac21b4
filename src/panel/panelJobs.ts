import * as vscode from 'vscode';
import { canRetry, type GenerationJob, type SavedImage } from '../generation/generationJob';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { PanelImage, PanelJob } from '../shared/panelProtocol';
import { errorText, failedImageText } from '../ui/errorText';
import { phaseText } from '../ui/phaseText';
import type { RecentJob } from '../workspace/recentJobs';

/** Turns jobs into what the page shows: texts in the person's language, files as webview URIs. */
export class PanelJobs {
  constructor(
    private readonly models: readonly ModelDescriptor[],
    private readonly toWebviewUri: (uri: vscode.Uri) => vscode.Uri,
  ) {}

  fromJob(job: GenerationJob): PanelJob {
    const { state } = job;
    const images = state.status === 'saved' || state.status === 'failed' ? state.images : [];
    return {
      ...this.#common(job, images),
      status: state.status,
      text: stateText(job),
      canRetry: state.status === 'failed' && canRetry(state),
    };
  }

  fromRecentJob(job: RecentJob): PanelJob {
    const images = job.images.map(({ keptBecause, ...image }) => ({
      ...image,
      ...(keptBecause !== undefined && { keptBecause }),
    }));
    return { ...this.#common(job, images), status: 'saved', text: '', canRetry: false };
  }

  #common(
    job: Pick<RecentJob, 'id' | 'request' | 'startedAt' | 'endedAt'>,
    images: readonly SavedImage[],
  ): Omit<PanelJob, 'status' | 'text' | 'canRetry'> {
    const { modelId, prompt, size, count } = job.request;
    return {
      id: job.id,
      prompt,
      modelLabel: this.models.find(({ id }) => id === modelId)?.label ?? modelId,
      size,
      count,
      startedAt: job.startedAt,
      ...(job.endedAt !== undefined && { endedAt: job.endedAt }),
      images: images.map((image) => this.#image(image)),
    };
  }

  #image({ id, uri, size }: SavedImage): PanelImage {
    const file = vscode.Uri.parse(uri, true);
    return {
      id,
      src: this.toWebviewUri(file).toString(),
      fileName: file.path.slice(file.path.lastIndexOf('/') + 1),
      size,
    };
  }
}

function stateText({ state }: GenerationJob): string {
  switch (state.status) {
    case 'running':
      return phaseText(state.progress);
    case 'saved':
      return [
        ...(state.images.some(({ keptBecause }) => keptBecause !== undefined) ? [keptText()] : []),
        ...state.failures.map(failedImageText),
      ].join(' ');
    case 'failed':
      return errorText(state.error).message;
    case 'cancelled':
      return state.billed === 'no'
        ? vscode.l10n.t('Cancelled before the service began; nothing is billed.')
        : vscode.l10n.t('Cancelled. The service had already begun, so this request may be billed.');
  }
}

function keptText(): string {
  return vscode.l10n.t(
    "The images folder could not be written to; the images are in Easel's own storage.",
  );
}
