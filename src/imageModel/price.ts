/** What the service asks for, before taxes; failed images cost nothing. */
export interface ModelPrice {
  readonly currency: 'CNY' | 'USD';
  /** Per image. */
  readonly image: number;
  /** Per image above `largeArea`, where that costs something else. */
  readonly largeImage?: number;
  /** Per image when the prompt is rewritten, where that costs something else. */
  readonly extendedImage?: number;
  /** Per input image, where those are billed. */
  readonly inputImage?: number;
  /** Month of the price list, `YYYY-MM`; empty for a price of the user's own. */
  readonly asOf: string;
  /** `otherRegion`: the list of Singapore, as none is known for this region. */
  readonly source: 'official' | 'thirdParty' | 'otherRegion' | 'user';
}

/** Width times height above which an image counts as large (2K), in pixels. Qwen-Image 3.0 price list. */
export const largeArea = 2_250_000;
