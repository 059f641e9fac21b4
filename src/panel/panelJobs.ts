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
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { shownPrompt } from '../imageModel/shownPrompt';
import type { PanelImage, PanelJob } from '../shared/panelProtocol';
import { errorText, failedImageText } from '../ui/errorText';
import { keptText } from '../ui/keptText';
import { cancelCostText, cancelledText, phaseText } from '../ui/phaseText';
import { costText } from '../ui/priceText';
import { joinSentences } from '../ui/sentences';
import { jobCost } from '../workspace/jobCost';
import type { RecentJob, RecentJobs } from '../workspace/recentJobs';

/** What the panel's jobs are made of. */
export interface PanelJobsParts {
  readonly service: Pick<GenerationService, 'jobs'>;
  readonly recentJobs: Pick<RecentJobs, 'all'>;
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
export type JobContent = Pick<RecentJob, 'id' | 'request' | 'images' | 'parts'>;

/** Turns jobs into what the page shows: texts in the person's language, files as webview URIs. */
export class PanelJobs {
  constructor(private readonly parts: PanelJobsParts) {}

  /** All jobs with images, newest first: those of this session, then those of earlier ones. */
  all(): readonly PanelJob[] {
    const { service, recentJobs } = this.parts;
    const live = service.jobs();
    const earlier = recentJobs.all().filter(({ id }) => !live.some((job) => job.id === id));
    return [
      ...live.map((job) => this.fromJob(job)),
      ...earlier.map((job) => this.#fromRecentJob(job)),
    ];
  }

  /** The images of all jobs, each once, in the same order. */
  images(): readonly SavedImage[] {
    const all = this.#sources().flatMap(({ images }) => images);
    return [...new Map(all.map((image) => [image.id, image])).values()];
  }

  /** The page names images by id; one that it made up has no file. */
  image(imageId: string): SavedImage {
    const found = this.images().find(({ id }) => id === imageId);
    if (!found) throw new Error(`the panel named an image that is not there: ${imageId}`);
    return found;
  }

  /** @throws for a job that is not there */
  job(jobId: string): JobContent {
    const found = this.#sources().find(({ id }) => id === jobId);
    if (!found) throw new Error(`the panel named a job that is not there: ${jobId}`);
    return found;
  }

  async copyText(jobId: string): Promise<void> {
    await vscode.env.clipboard.writeText(writtenText(this.job(jobId)));
  }

  promptOf(imageId: string): string {
    const source = this.#sources().find(({ images }) => images.some(({ id }) => id === imageId));
    return source ? shownPrompt(source.request) : '';
  }

  fromJob(job: GenerationJob): PanelJob {
    const { state } = job;
    const cost = state.status === 'running' ? undefined : this.#cost(job);
    return {
      ...this.#common(contentOf(job), job, cost),
      status: isUncertain(state) ? 'uncertain' : state.status,
      text: stateText(job),
      cancelText: state.status === 'running' ? cancelCostText(state.progress) : '',
      isCancelling: state.status === 'running' && this.parts.isCancelling(job.id),
      retry: state.status === 'failed' ? retryKind(state) : 'none',
      actions: state.status === 'failed' ? errorText(state.error).actions : [],
      canDismiss: state.status === 'failed' || state.status === 'cancelled',
    };
  }

  #sources(): readonly JobContent[] {
    return [...this.parts.service.jobs().map(contentOf), ...this.parts.recentJobs.all()];
  }

  #fromRecentJob(job: RecentJob): PanelJob {
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
    { startedAt, endedAt }: Pick<RecentJob, 'startedAt' | 'endedAt'>,
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

function contentOf({ id, request, state }: GenerationJob): JobContent {
  if (state.status === 'cancelled') return { id, request, images: [] };
  return { id, request, images: state.images, parts: state.delivery?.parts };
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
