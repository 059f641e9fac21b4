import * as vscode from 'vscode';
import { type GenerationJob, retryKind, type SavedImage } from '../generation/generationJob';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { PanelImage, PanelJob } from '../shared/panelProtocol';
import { errorText, failedImageText } from '../ui/errorText';
import { keptText } from '../ui/keptText';
import { phaseText } from '../ui/phaseText';
import { joinSentences } from '../ui/sentences';
import type { RecentJob } from '../workspace/recentJobs';

/** Turns jobs into what the page shows: texts in the person's language, files as webview URIs. */
export class PanelJobs {
  constructor(
    private readonly models: readonly ModelDescriptor[],
    private readonly toWebviewUri: (uri: vscode.Uri) => vscode.Uri,
  ) {}

  fromJob(job: GenerationJob): PanelJob {
    const { state } = job;
    const images = state.status === 'cancelled' ? [] : state.images;
    return {
      ...this.#common(job, images),
      status: state.status,
      text: stateText(job),
      retry: state.status === 'failed' ? retryKind(state) : 'none',
      actions: state.status === 'failed' ? errorText(state.error).actions : [],
    };
  }

  fromRecentJob(job: RecentJob): PanelJob {
    return {
      ...this.#common(job, job.images),
      status: 'saved',
      text: '',
      retry: 'none',
      actions: [],
    };
  }

  #common(
    job: Pick<RecentJob, 'id' | 'request' | 'startedAt' | 'endedAt'>,
    images: readonly SavedImage[],
  ): Omit<PanelJob, 'status' | 'text' | 'retry' | 'actions'> {
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
      return joinSentences([
        ...(state.images.some(({ keptBecause }) => keptBecause !== undefined) ? [keptText()] : []),
        ...state.failures.map(failedImageText),
      ]);
    case 'failed':
      return errorText(state.error).message;
    case 'cancelled':
      return state.billed === 'no'
        ? vscode.l10n.t('Cancelled before the service began; nothing is billed.')
        : vscode.l10n.t('Cancelled. The service had already begun, so this request may be billed.');
  }
}
