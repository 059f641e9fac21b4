import type { Billed, ImageGenerationError } from '../imageModel/errors';
import type {
  AcceptedTask,
  FailedImage,
  GenerationProgress,
  ImageDelivery,
  ImageMediaType,
  ImageRequest,
  ImageSize,
  ServicePlace,
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

/** A request for a task that may have been taken, though its answer never came. */
export interface LostAnswer {
  /** In milliseconds since the epoch. */
  readonly sentAt: number;
}

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
      readonly delivery?: ImageDelivery | undefined;
      /** Not over as far as is known: it is asked after again before anything else is sent. */
      readonly task?: AcceptedTask | undefined;
      /** Looked up once more before it is sent again. */
      readonly lost?: LostAnswer | undefined;
      /** Names that were chosen for images of the delivery, by position; a file may lie there already. */
      readonly chosen?: Readonly<Record<string, string>> | undefined;
      /** The person has closed the message about it. */
      readonly isTold?: boolean | undefined;
    }
  /** `billed`: let go although the service had begun, or was about to. */
  | { readonly status: 'cancelled'; readonly billed: Billed };

/** Text in a document that gives way to an image's link. */
export interface ReplacedText {
  /** As it stands there; it tells the place. */
  readonly text: string;
  /** The part of it that names the image, where only that is replaced; in UTF-16 units from its start. */
  readonly target?: TargetInText | undefined;
  /** Easel put it there to hold the place, and takes it away where there will be no image. */
  readonly waiting?: WaitingText | undefined;
}

/** Where a text names an image. */
interface TargetInText {
  readonly start: number;
  readonly end: number;
  /** It is the value of a field of a front matter. */
  readonly isField?: boolean | undefined;
}

/** What Easel put around a text that holds a place, and what had been there before. */
export interface WaitingText {
  readonly lead: string;
  readonly trail: string;
  readonly original: string;
  /** The person has taken it away, so nothing is put in its place unasked. */
  readonly wasRemoved?: boolean | undefined;
}

/** Where in a document the images are to be linked, in a form that survives a reload. */
export interface LinkSpot {
  /** URI string. */
  readonly document: string;
  /** In UTF-16 units from the start of the document. */
  readonly offset: number;
  readonly place: 'cursor' | 'belowSelection';
  /** Absent where the link only comes in between. The texts around are then those around it. */
  readonly replaces?: ReplacedText | undefined;
  /** Some of the text before and after the place, to find it again in a document that has changed meanwhile. */
  readonly before: string;
  readonly after: string;
  /** Ids of the images that are linked already. */
  readonly linked: readonly string[];
}

/**
 * What came of the wish to cancel: `begun` goes on, and is billed in any case; of `unknown`, the service could not be
 * asked, and it goes on too.
 */
export type CancelOutcome = 'cancelled' | 'begun' | 'unknown' | 'ended';

/** A failed job. */
export type FailedState = Extract<JobState, { status: 'failed' }>;

/**
 * What another try of a failed job would be: `fetch` costs nothing, as the images or their task are there; `again` pays
 * for the first time; `maybeBilled` may pay twice; `none` could only fail in the same way.
 */
export type RetryKind = 'none' | 'fetch' | 'again' | 'maybeBilled';

export function retryKind({ delivery, error, task }: FailedState): RetryKind {
  // A link that has expired or was refused stays so.
  if (delivery) return error.kind !== 'download' || error.retryable ? 'fetch' : 'none';
  if (task) return 'fetch';
  if (error.code === 'TakenOver') return 'none';
  if (error.kind === 'contentFilter' || error.kind === 'invalidRequest') return 'none';
  return error.billed === 'maybe' ? 'maybeBilled' : 'again';
}

/** Something paid for can still be fetched, or the person is to decide. */
export function isOpen(state: FailedState): boolean {
  const kind = retryKind(state);
  return kind === 'fetch' || kind === 'maybeBilled';
}

/** What the images of a job are called. */
export interface JobFile {
  /** Without number and extension; the extension is that of the bytes, and where the name is taken, it gets a number. */
  readonly base: string;
  /** URI string of an image in that folder that makes way for the first one, where that is of the same type. */
  readonly replaces?: string | undefined;
}

/** One press of Generate. "Task" is the service's word, "job" is ours. */
export interface GenerationJob {
  readonly id: string;
  readonly request: ImageRequest;
  readonly place: ServicePlace;
  /** URI string of the folder that the images go to. */
  readonly folder: string;
  /** Absent where the prompt gives the name. */
  readonly file?: JobFile | undefined;
  /** Absent where no document waits for the images. */
  readonly link?: LinkSpot | undefined;
  /** As it was when the job was started. */
  readonly price?: ModelPrice;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly state: JobState;
}
