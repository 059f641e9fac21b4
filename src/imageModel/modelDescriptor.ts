import type { ImageSize } from './imageModel';

/** Which sizes a model takes. `presets` are offered in this order; the first is not necessarily the default. */
export type SizeRule =
  | { readonly kind: 'fixed'; readonly presets: readonly ImageSize[] }
  | {
      readonly kind: 'free';
      readonly presets: readonly ImageSize[];
      /** Width times height, in pixels. */
      readonly minArea?: number;
      readonly maxArea?: number;
      /** Each side, in pixels. */
      readonly minSide?: number;
      readonly maxSide?: number;
      /** Width divided by height. */
      readonly minRatio?: number;
      readonly maxRatio?: number;
      /** The service rounds each side to a multiple of this. */
      readonly step?: number;
    };

/** A text limit beyond which the service cuts the text without a word. */
export interface TextLimit {
  readonly max: number;
  readonly unit: 'characters' | 'tokens';
}

/** Everything the UI may offer for a model; plain data, it also goes to the page. */
export interface ModelDescriptor {
  readonly id: string;
  readonly label: string;
  readonly family: string;
  /** Region ids in which the model exists. */
  readonly regions: readonly string[];
  readonly sizeRule: SizeRule;
  readonly defaultSize: ImageSize;
  /** The greatest `n`; the smallest is 1. */
  readonly maxImagesPerCall: number;
  readonly promptLimit: TextLimit;
  readonly negativePromptLimit?: TextLimit;
  readonly seed?: { readonly min: number; readonly max: number };
  /** The service's default; absent where the model has no prompt_extend. */
  readonly promptExtendDefault?: boolean;
  readonly watermark: boolean;
  /** Wire values such as `<watercolor>`; the first is the default. */
  readonly styles?: readonly string[];
}
