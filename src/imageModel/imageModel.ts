import type { ErrorKind } from './errors';
import type { ModelDescriptor } from './modelDescriptor';

/** In pixels. The wire form `W*H` exists only in the protocol files. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What a person asks for; `size` and `count` are always there, because the service's own defaults cost money. */
export interface ImageRequest {
  readonly modelId: string;
  readonly prompt: string;
  readonly size: ImageSize;
  /** The service's `n`. */
  readonly count: number;
  readonly seed?: number;
  readonly negativePrompt?: string;
  readonly promptExtend?: boolean;
  readonly watermark?: boolean;
  readonly style?: string;
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

/** The answer to a paid request, before anything is downloaded. */
export interface ImageDelivery {
  readonly images: readonly DeliveredImage[];
  readonly failures: readonly FailedImage[];
  readonly requestId: string;
  readonly taskId?: string;
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
  models(): readonly ModelDescriptor[];
  /** @throws ImageGenerationError of kind `modelUnavailable` for an unknown id. */
  createModel(modelId: string, regionId: string): ImageModel;
}
