import type { Condition } from '../imageModel/conditions';
import type { ImageSize } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { ParameterName, ParameterSpec } from '../imageModel/parameters';
import type { RegionId } from './regions';

/** The wire protocols; each has its file. */
export type ProtocolName =
  | 'multimodalGeneration'
  | 'imageGeneration'
  | 'textToImage'
  | 'imageToImage'
  | 'compatibleImages';

/** How the bytes of an input image travel. */
type Carrier = 'dataUrl' | 'upload';

/** What the service takes of a model. https://help.aliyun.com/zh/model-studio/rate-limit */
export interface SubmitRate {
  /** Submits; the page gives most of them by the second. */
  readonly perMinute: number;
  /** Tasks that are queued or running. */
  readonly concurrentTasks?: number;
}

/** A model's descriptor, and how it is spoken to. */
export interface ModelRow extends ModelDescriptor {
  readonly regions: readonly RegionId[];
  /** In this order; the next is tried where the service says that one does not serve this model. */
  readonly protocols: readonly ProtocolName[];
  /** Regions in which only the asynchronous ones serve. */
  readonly asyncOnlyIn?: readonly RegionId[];
  /** For a file's bytes, in order of preference; a web address is always passed on. */
  readonly carriers?: readonly Carrier[];
  /** Where `input` has the images of a protocol without messages; `images` takes a list, the others one. */
  readonly imageField?: 'images' | 'base_image_url' | 'sketch_image_url' | 'ref_img';
  /** Guessed where it is not documented. */
  readonly rate?: SubmitRate & {
    readonly inRegions?: { readonly [R in RegionId]?: SubmitRate };
  };
  /** Wire names that differ from those of `wireParameters`. */
  readonly wireNames?: { readonly [N in ParameterName]?: string };
}

/** A size. */
export function size(width: number, height: number): ImageSize {
  return { width, height };
}

/** A number of characters, as the service counts them. */
export function characters(max: number): { readonly max: number; readonly unit: 'characters' } {
  return { max, unit: 'characters' };
}

export const beijing: readonly RegionId[] = ['cn-beijing'];
export const singapore: readonly RegionId[] = ['ap-southeast-1'];
export const beijingAndSingapore: readonly RegionId[] = ['cn-beijing', 'ap-southeast-1'];

/** What nearly every model has. */
export const common = {
  facts: 'documented',
  seed: { min: 0, max: 2_147_483_647 },
} as const satisfies Partial<ModelRow>;
export const negativePromptLimit = characters(500);
/** Of most models: two a second. */
export const twoPerSecond = { perMinute: 120 } as const satisfies SubmitRate;
export const twoPerMinute = { perMinute: 2 } as const satisfies SubmitRate;
/** Of Wan 2.5 and 2.6. */
export const fivePerSecond = {
  perMinute: 300,
  concurrentTasks: 5,
} as const satisfies SubmitRate;
export const promptExtend = { kind: 'flag', default: true } as const satisfies ParameterSpec;
export const watermark = { kind: 'flag', default: false } as const satisfies ParameterSpec;
export const withImages = [{ images: 'some' }] as const satisfies readonly Condition[];

/** The sizes that the documents recommend for 2K. */
export const twoK = [
  size(2048, 2048),
  size(2688, 1536),
  size(1536, 2688),
  size(2368, 1728),
  size(1728, 2368),
] as const;

export function megabytes(count: number): number {
  return count * 1024 * 1024;
}
