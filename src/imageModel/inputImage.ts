import type { ImageSize } from './imageModel';

/** The file formats that some model takes. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'bmp' | 'gif' | 'tiff';

/** An image that goes into a request. The facts are those of the file when it was looked at; a web address has none. */
export interface InputImage {
  /** A file's URI, or an https address that the service fetches itself. */
  readonly uri: string;
  /** Undefined for a file that is no image of a known format. */
  readonly format?: ImageFormat | undefined;
  readonly byteLength?: number;
  /** In pixels, as stored. */
  readonly size?: ImageSize | undefined;
  readonly hasAlpha?: boolean;
}

/** Whether the service fetches the image from the web, so that its bytes are never here. */
export function isWebImage({ uri }: InputImage): boolean {
  return /^https?:/i.test(uri);
}

/** Which images a model takes. */
export interface ImageRule {
  readonly min: number;
  readonly max: number;
  readonly maxBytes: number;
  /** Each side, in pixels. */
  readonly minSide: number;
  readonly maxSide: number;
  /** The sides are recommended, not required. */
  readonly sidesAreAdvice?: boolean;
  /** Width divided by height. */
  readonly minRatio?: number;
  readonly maxRatio?: number;
  readonly formats: readonly ImageFormat[];
  /** False where the documents exclude transparent PNGs. */
  readonly alpha: boolean;
}
