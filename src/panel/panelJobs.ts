import * as vscode from 'vscode';
import type { Cost } from '../cost/estimate';
import { isInPlace } from '../documents/jobContent';
import {
  type GenerationJob,
  type JobState,
  retryKind,
  type SavedImage,
} from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import type { History } from '../history/history';
import type { HistoryJob } from '../history/historyJob';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { PanelImage, PanelJob } from '../shared/panelProtocol';
import { errorText, failedImageText } from '../ui/errorText';
import { keptText } from '../ui/keptText';
import { cancelCostText, cancelledText, phaseText } from '../ui/phaseText';
import { costText } from '../ui/priceText';
import { joinSentences } from '../ui/sentences';
import { jobCost } from '../workspace/jobCost';
import { workspaceName } from '../workspace/workspaceName';
import { hasEndedBadly } from './queueHandlers';

/** What the panel's jobs are made of. */
export interface PanelJobsParts {
  readonly service: Pick<GenerationService, 'jobs'>;
  readonly history: Pick<History, 'recent' | 'find' | 'job' | 'isForgotten' | 'expectedMs'>;
  readonly describe: (modelId: string) => ModelDescriptor | undefined;
  readonly toWebviewUri: (uri: vscode.Uri) => vscode.Uri;
  /** Whether Cancel was pressed, and the service has not said yet what comes of it. */
  readonly isCancelling: (jobId: string) => boolean;
}

/** What does not depend on the job's state. */
type CommonParts = Omit<
  PanelJob,
  'status' | 'text' | 'cancelText' | 'isCancelling' | 'retry' | 'actions' | 'canDismiss'
>;

/** What a job has made. */
export type JobContent = Pick<GenerationJob, 'id' | 'request'> & {
  readonly images: readonly SavedImage[];
  readonly parts?: HistoryJob['parts'];
};

/** Of earlier sessions; the history has them all. */
const maxEarlier = 30;

/** Turns jobs into what the page shows: texts in the person's language, files as webview URIs. */
export class PanelJobs {
  constructor(private readonly parts: PanelJobsParts) {}

  /** The jobs of this session, then the last ones of this workspace from earlier ones; each newest first. */
  all(): readonly PanelJob[] {
    const live = this.parts.service.jobs();
    const earlier = this.#earlier().filter(({ id }) => !live.some((job) => job.id === id));
    return [
      ...live.map((job) => this.fromJob(job)),
      ...earlier.map((job) => this.#fromHistory(job)),
    ];
  }

  /** The images of these jobs, each once, in the same order. */
  images(): readonly SavedImage[] {
    const all = [...this.#live(), ...this.#earlier()].flatMap(({ images }) => images);
    return [...new Map(all.map((image) => [image.id, image])).values()];
  }

  /** Undefined for one that is gone. */
  findImage(imageId: string): SavedImage | undefined {
    const live = this.#live().flatMap(({ images }) => images);
    return live.find(({ id }) => id === imageId) ?? this.parts.history.find(imageId)?.image;
  }

  /** Any image of the history. The page names images by id; one that it made up has no file. */
  image(imageId: string): SavedImage {
    const found = this.findImage(imageId);
    if (!found) throw new Error(`the panel named an image that is not there: ${imageId}`);
    return found;
  }

  /** Any job of the history. @throws for a job that is not there */
  job(jobId: string): JobContent {
    const found = this.#live().find(({ id }) => id === jobId) ?? this.parts.history.job(jobId);
    if (!found) throw new Error(`the panel named a job that is not there: ${jobId}`);
    return found;
  }

  async copyText(jobId: string): Promise<void> {
    await vscode.env.clipboard.writeText(writtenText(this.job(jobId)));
  }

  /** What an image was made from. @throws for an image that is not there */
  requestOf(imageId: string): ImageRequest {
    const live = this.#live().find(({ images }) => images.some(({ id }) => id === imageId));
    const source = live ?? this.parts.history.find(imageId)?.job;
    if (!source) throw new Error(`the panel named an image that is not there: ${imageId}`);
    return source.request;
  }

  promptOf(imageId: string): string {
    return shownPrompt(this.requestOf(imageId));
  }

  fromJob(job: GenerationJob): PanelJob {
    const { state } = job;
    const isRunning = state.status === 'running';
    const { modelId, size, count } = job.request;
    const expectedMs = isRunning && this.parts.history.expectedMs(modelId, size, count);
    return {
      ...this.#common(this.#contentOf(job), job, isRunning ? undefined : this.#cost(job)),
      ...(expectedMs && { expectedMs }),
      status: isUncertain(state) ? 'uncertain' : state.status,
      text: stateText(job),
      cancelText: state.status === 'running' ? cancelCostText(state.progress) : '',
      isCancelling: state.status === 'running' && this.parts.isCancelling(job.id),
      retry: state.status === 'failed' ? retryKind(state) : 'none',
      actions: state.status === 'failed' ? errorText(state.error).actions : [],
      canDismiss: hasEndedBadly(job),
    };
  }

  #live(): readonly JobContent[] {
    return this.parts.service.jobs().map((job) => this.#contentOf(job));
  }

  /** Images that were deleted since are no longer there. */
  #contentOf({ id, request, state }: GenerationJob): JobContent {
    if (state.status === 'cancelled') return { id, request, images: [] };
    const images = state.images.filter((image) => !this.parts.history.isForgotten(image.id));
    return { id, request, images, parts: state.delivery?.parts };
  }

  #earlier(): readonly HistoryJob[] {
    return this.parts.history.recent(workspaceName(), maxEarlier);
  }

  #fromHistory(job: HistoryJob): PanelJob {
    return {
      ...this.#common(job, job, job.cost),
      status: 'saved',
      text: '',
      cancelText: '',
      isCancelling: false,
      retry: 'none',
      actions: [],
      canDismiss: false,
    };
  }

  #common(
    content: JobContent,
    { startedAt, endedAt }: Pick<HistoryJob, 'startedAt' | 'endedAt'>,
    cost: Cost | undefined,
  ): CommonParts {
    const { id, request, images } = content;
    const { modelId, size, count } = request;
    const written = writtenText(content);
    return {
      id,
      prompt: shownPrompt(request),
      modelLabel: this.parts.describe(modelId)?.label ?? modelId,
      size,
      count,
      startedAt,
      ...(endedAt !== undefined && { endedAt }),
      ...(cost && { costText: costText(cost) }),
      ...(written && { writtenText: written }),
      images: images.map((image) => this.#image(image)),
    };
  }

  /** Of what the service delivered, whether it could be saved or not. */
  #cost(job: GenerationJob): Cost | undefined {
    return jobCost(job, { findModel: this.parts.describe });
  }

  #image({ id, uri, size }: SavedImage): PanelImage {
    const file = vscode.Uri.parse(uri, true);
    return {
      id,
      src: this.parts.toWebviewUri(file).toString(),
      fileName: file.path.slice(file.path.lastIndexOf('/') + 1),
      size,
    };
  }
}

/** What the model wrote, a paragraph for each place between the images. */
function writtenText({ parts = [] }: Pick<JobContent, 'parts'>): string {
  const texts = parts.flatMap((part) => (typeof part === 'string' ? [part.trim()] : []));
  return texts.filter(Boolean).join('\n\n');
}

/** Nothing of it can be fetched, so that the person decides whether to pay, perhaps, once more. */
function isUncertain(state: JobState): boolean {
  return state.status === 'failed' && retryKind(state) === 'maybeBilled';
}

function stateText({ state }: GenerationJob): string {
  switch (state.status) {
    case 'running':
      return phaseText(state.progress);
    case 'saved':
      return joinSentences([
        ...(state.images.every(isInPlace) ? [] : [keptText()]),
        ...state.failures.map(failedImageText),
      ]);
    case 'failed':
      return errorText(state.error).message;
    case 'cancelled':
      return cancelledText(state.billed);
  }
}
