import { imageSize } from 'image-size';
import type { ImageFormat, Size } from './models/modelRow';

/** An image as it came in. */
export interface ImageFile extends Size {
  readonly bytes: Buffer;
  readonly format: ImageFormat | 'other';
  /** Whether it can be transparent; only looked at in PNG. */
  readonly hasAlpha: boolean;
}

const formats: readonly ImageFormat[] = ['jpg', 'png', 'bmp', 'tiff', 'webp', 'gif'];

/** Reads as much as the header tells; undefined for what is no image. */
export function readImageFile(bytes: Buffer): ImageFile | undefined {
  try {
    const { width, height, type } = imageSize(bytes);
    const format = formats.find((name) => name === type) ?? 'other';
    return { bytes, width, height, format, hasAlpha: format === 'png' && hasPngAlpha(bytes) };
  } catch {
    return undefined;
  }
}

/** The colour type says so, or a chunk before the pixels. */
function hasPngAlpha(bytes: Buffer): boolean {
  const colourType = bytes[25] ?? 0;
  return colourType >= 4 || bytes.subarray(0, bytes.indexOf('IDAT')).includes('tRNS');
}
