import type { ErrorKind } from './errors';
import type { InputImage } from './inputImage';
import type { ModelDescriptor } from './modelDescriptor';
import type { ImageParameters } from './parameters';
import type { ModelPrice } from './price';

/** In pixels. The wire form `W*H` exists only in the protocol files. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** An area by its usual name; the shape is that of the last input image, or a square. */
export type SizeName = '1K' | '2K' | '4K';

/** Pixels, a named area, or `auto` where the model has no say in it. */
export type RequestedSize = ImageSize | SizeName | 'auto';

/** What a person asks for; `size` and `count` are always there, because the service's own defaults cost money. */
export interface ImageRequest extends ImageParameters {
  readonly modelId: string;
  readonly prompt: string;
  readonly size: RequestedSize;
  /** The service's `n`. */
  readonly count: number;
  readonly seed?: number;
  readonly negativePrompt?: string;
  /** Images to edit or to follow, in the order that the prompt names them. */
  readonly images?: readonly InputImage[];
  /** White where the first image may change. */
  readonly mask?: InputImage;
  /** What the person typed, where a style was put around it; never sent. */
  readonly typed?: TypedPrompt;
}

/** The texts of a request before a style was put around them. */
export interface TypedPrompt {
  readonly prompt: string;
  /** The style's id. */
  readonly style: string;
  /** Where the style has a negative prompt too. */
  readonly negativePrompt?: string;
}

/** Where a request is asked for: what was submitted there can be asked after nowhere else. */
export interface ServicePlace {
  readonly regionId: string;
  /** Origin of the service. */
  readonly baseUrl: string;
  /** Named in each request, where there is one. */
  readonly workspaceId?: string | undefined;
}

/** How a request is answered: by a task that is asked after, or by the call itself. */
export type SubmitMode = 'task' | 'call';

/** A task that the service has accepted. */
export interface AcceptedTask {
  readonly taskId: string;
  /** Of the submit; empty where it is not known. */
  readonly requestId: string;
  /** When the request left, in milliseconds since the epoch. */
  readonly submittedAt: number;
}

/** What a submit was answered with. */
export type Submitted = { readonly task: AcceptedTask } | { readonly delivery: ImageDelivery };

/** Where a paid request is; `taskId` once the service has given one. */
export type GenerationProgress =
  /** It has not left yet: so many are under way that the service would refuse another one. */
  | { readonly phase: 'waiting' }
  | { readonly phase: 'submitting' }
  /** The service is busy (429); the request was not accepted and is sent again after `retryInMs`. */
  | { readonly phase: 'throttled'; readonly retryInMs: number }
  /** The answer was lost; the service's list of tasks is looked through. */
  | { readonly phase: 'searching' }
  | { readonly phase: 'queued'; readonly taskId: string }
  | { readonly phase: 'running'; readonly taskId?: string };

/** Options of every call that waits; all of them reject with the signal's reason when it fires. */
export interface GenerateOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: GenerationProgress) => void;
}

/** Options of a submit. */
export interface SubmitOptions extends GenerateOptions {
  /** Awaited before each time that the request leaves; where it rejects, nothing is sent. */
  readonly beforeSend?: (mode: SubmitMode) => Promise<void>;
  /** Awaited at the very last, when all else is ready: what is sent one after the other keeps its distance by it. */
  readonly depart?: () => Promise<void>;
  /** An attempt was refused or never reached the service, and another one follows. */
  readonly onRefused?: () => void;
}

/** A submit whose answer was lost. */
export interface LostSubmit {
  /** When the request left, in milliseconds since the epoch. */
  readonly sentAt: number;
  readonly request: ImageRequest;
  /** Tasks that are known to belong to other jobs; asked for before each look. */
  readonly knownTasks: () => Promise<ReadonlySet<string>>;
}

/**
 * What the list of tasks says of a lost submit: the only task that it can have made, or how many could be it. Only what
 * names its prompt is proven; any other may be a task of somebody else who uses the account.
 */
export type LostTaskSearch =
  | { readonly found: AcceptedTask; readonly isProven: boolean }
  | { readonly found: undefined; readonly candidates: number };

/** How much the service takes at once; what is absent is not limited. */
export interface SubmitLimits {
  /** What shares these limits has the same key. */
  readonly key: string;
  readonly perMinute: number;
  /** Tasks that are queued or running; calls do not count. */
  readonly concurrentTasks?: number;
}

/** One finished image at the service: paid for, and to be fetched before its URL expires (24 h). */
export interface DeliveredImage {
  readonly url: string;
  /** The prompt as rewritten by prompt_extend, where the service returns it. */
  readonly actualPrompt?: string;
}

/** One image of a set that the service could not make; it is not billed. */
export interface FailedImage {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
}

/** The answer to a paid request, before anything is downloaded; without images only where the model wrote text instead. */
export interface ImageDelivery {
  readonly images: readonly DeliveredImage[];
  readonly failures: readonly FailedImage[];
  readonly requestId: string;
  readonly taskId?: string;
  /** Text and images in their order, where the model wrote text; a number is a position in `images`. */
  readonly parts?: readonly (string | number)[];
  /** What the service counted, as far as it said; it goes before what was asked for. */
  readonly usage?: {
    readonly images?: number;
    /** Of each image. */
    readonly size?: ImageSize;
    /** Billed as a large one. */
    readonly isLarge?: boolean;
    readonly inputImages?: number;
  };
}

/** The types that Easel saves. */
export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/webp';

/** One downloaded image, checked: its header was decoded, and the size is the one in it. */
export interface DownloadedImage {
  /** Path of a file on this machine that holds its bytes. */
  readonly file: string;
  readonly byteLength: number;
  readonly mediaType: ImageMediaType;
  readonly size: ImageSize;
}

/** A model at a place, ready to be asked. */
export interface ImageModel {
  readonly limits: SubmitLimits;
  /**
   * Sends a paid request, again only where the service said that it did not take it.
   * @throws ImageGenerationError; with `billed: 'maybe'` when nobody can know whether it was taken
   */
  submit(request: ImageRequest, options: SubmitOptions): Promise<Submitted>;
  /** Waits until a task has ended; costs nothing. @param request what the task was made from @throws ImageGenerationError */
  wait(task: AcceptedTask, request: ImageRequest, options: GenerateOptions): Promise<ImageDelivery>;
  /**
   * Asks once; true when the service confirms that it dropped the task, which it does only while that is queued; false
   * when it says that it is too late. @throws ImageGenerationError where the service could not be asked
   */
  cancel(taskId: string): Promise<boolean>;
  /**
   * Looks through the service's list of tasks, again and again while the network is down; costs nothing.
   * @throws ImageGenerationError where the list is refused, or no longer goes back that far
   */
  findLostTask(lost: LostSubmit, options: GenerateOptions): Promise<LostTaskSearch>;
  /**
   * Fetches one delivered image into a file; where that holds a part already, only the rest. Safe to repeat. The part
   * stays when it fails in a way that another try may mend.
   * @throws ImageGenerationError
   */
  download(image: DeliveredImage, file: string, options: GenerateOptions): Promise<DownloadedImage>;
}

/** A service that has image models. */
export interface ImageProvider {
  /** Newest family first. */
  models(): readonly ModelDescriptor[];
  /**
   * The model of that id; for one that is not in the list, the rules of its family, marked as guessed. Undefined when
   * not even a family fits.
   */
  describe(modelId: string): ModelDescriptor | undefined;
  /** What the service asks for an image there; undefined when that is not known. */
  price(modelId: string, regionId: string): ModelPrice | undefined;
  /** Where the region is asked by the settings of now. @throws ImageGenerationError where they are wrong */
  place(regionId: string): ServicePlace;
  /** @throws ImageGenerationError of kind `modelUnavailable` for an id that `describe` does not know. */
  createModel(modelId: string, place: ServicePlace): ImageModel;
}
