import type { Billed, ImageGenerationError } from '../imageModel/errors';
import type {
  FailedImage,
  GenerationProgress,
  ImageDelivery,
  ImageMediaType,
  ImageRequest,
  ImageSize,
} from '../imageModel/imageModel';

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
  readonly keptBecause?: string;
}

/** Where a job is after the service was asked. */
export type JobPhase =
  | GenerationProgress
  | { readonly phase: 'downloading'; readonly done: number; readonly total: number };

/** What a job can be; `saved`, `failed` and `cancelled` are final, but a failed job with a delivery can fetch it again. */
export type JobState =
  | { readonly status: 'running'; readonly progress: JobPhase; readonly delivery?: ImageDelivery }
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

/** False where another try can only fail in the same way. */
export function canRetry({ delivery, error }: FailedState): boolean {
  return delivery !== undefined || !['contentFilter', 'invalidRequest'].includes(error.kind);
}

/** One press of Generate. "Task" is the service's word, "job" is ours. */
export interface GenerationJob {
  readonly id: string;
  readonly request: ImageRequest;
  readonly regionId: string;
  /** URI string of the folder that the images go to. */
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly state: JobState;
}
