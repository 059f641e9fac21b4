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
}

/** Where a paid request is; `taskId` once the service has given one. */
export type GenerationProgress =
  | { readonly phase: 'submitting' }
  /** The service is busy (429); the request was not accepted and is sent again after `retryInMs`. */
  | { readonly phase: 'throttled'; readonly retryInMs: number }
  | { readonly phase: 'queued'; readonly taskId: string }
  | { readonly phase: 'running'; readonly taskId?: string };

/** Options of every call that waits. */
export interface GenerateOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: GenerationProgress) => void;
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
export interface GeneratedImage {
  readonly bytes: Uint8Array;
  readonly mediaType: ImageMediaType;
  readonly size: ImageSize;
}

/** A model in a region, ready to be asked. */
export interface ImageModel {
  /**
   * Submits once and waits until the service has finished.
   * @throws ImageGenerationError; an AbortError when the signal fires, after a queued task was cancelled at the service.
   */
  generate(request: ImageRequest, options: GenerateOptions): Promise<ImageDelivery>;
  /** Waits for a task that was submitted before, at no cost. @throws as `generate` does */
  resume(taskId: string, options: GenerateOptions): Promise<ImageDelivery>;
  /** Fetches one delivered image; safe to repeat. @throws ImageGenerationError */
  download(image: DeliveredImage, options: GenerateOptions): Promise<GeneratedImage>;
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
  /** @throws ImageGenerationError of kind `modelUnavailable` for an id that `describe` does not know. */
  createModel(modelId: string, regionId: string): ImageModel;
}
