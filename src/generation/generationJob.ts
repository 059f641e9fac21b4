import type { Billed, ImageGenerationError } from '../imageModel/errors';
import type {
  FailedImage,
  GenerationProgress,
  ImageDelivery,
  ImageMediaType,
  ImageRequest,
  ImageSize,
} from '../imageModel/imageModel';
import type { ModelPrice } from '../imageModel/price';

/** An image file that Easel wrote. */
export interface SavedImage {
  /** Ours; what the page and other callers name the image by. */
  readonly id: string;
  /** Which of the delivered images it is, from 0. */
  readonly position: number;
  /** As a URI string, so that this layer needs no `vscode`. */
  readonly uri: string;
  readonly mediaType: ImageMediaType;
  readonly size: ImageSize;
  /** Why the file lies in Easel's own storage and not in the folder asked for; absent when all went well. */
  readonly keptBecause?: string | undefined;
}

/** Where a job is after the service was asked. */
export type JobPhase =
  | GenerationProgress
  | { readonly phase: 'downloading'; readonly done: number; readonly total: number };

/** What a job can be; `saved`, `failed` and `cancelled` are final, but a failed job with a delivery can fetch it again. */
export type JobState =
  | {
      readonly status: 'running';
      readonly progress: JobPhase;
      /** Saved so far. */
      readonly images: readonly SavedImage[];
      readonly delivery?: ImageDelivery;
    }
  | {
      readonly status: 'saved';
      readonly images: readonly SavedImage[];
      /** Images of the set that the service could not make. */
      readonly failures: readonly FailedImage[];
      readonly delivery: ImageDelivery;
    }
  | {
      readonly status: 'failed';
      readonly error: ImageGenerationError;
      /** Saved before the failure. */
      readonly images: readonly SavedImage[];
      /** Paid for; present when only the fetching or the saving went wrong. */
      readonly delivery?: ImageDelivery;
    }
  | { readonly status: 'cancelled'; readonly billed: Billed };

/** A failed job. */
export type FailedState = Extract<JobState, { status: 'failed' }>;

/**
 * What another try of a failed job would be: `fetch` costs nothing, as the images or their task are there; `again` pays
 * for the first time; `maybeBilled` may pay twice; `none` could only fail in the same way.
 */
export type RetryKind = 'none' | 'fetch' | 'again' | 'maybeBilled';

export function retryKind({ delivery, error }: FailedState): RetryKind {
  if (openTask(error)) return 'fetch';
  // A link that has expired or was refused stays so.
  if (delivery) return error.kind !== 'download' || error.retryable ? 'fetch' : 'none';
  if (error.kind === 'contentFilter' || error.kind === 'invalidRequest') return 'none';
  return error.billed === 'maybe' ? 'maybeBilled' : 'again';
}

/**
 * The task that an error left open, because the service refused to be asked after it (as for a key that was replaced):
 * it may have been billed, so it is asked after again before anything is sent.
 */
export function openTask({ taskId, billed, httpStatus }: ImageGenerationError): string | undefined {
  return billed === 'maybe' && httpStatus !== undefined ? taskId : undefined;
}

/** One press of Generate. "Task" is the service's word, "job" is ours. */
export interface GenerationJob {
  readonly id: string;
  readonly request: ImageRequest;
  readonly regionId: string;
  /** URI string of the folder that the images go to. */
  readonly folder: string;
  /** As it was when the job was started. */
  readonly price?: ModelPrice;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly state: JobState;
}
