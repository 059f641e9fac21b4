import { BMP } from 'image-size/types/bmp';
import { GIF } from 'image-size/types/gif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { TIFF } from 'image-size/types/tiff';
import { WEBP } from 'image-size/types/webp';

/** What can be told of a file that is to go into a request; only the header is read. */
export interface ImageFacts {
  readonly format: 'png' | 'jpeg' | 'webp' | 'bmp' | 'gif' | 'tiff' | undefined;
  readonly byteLength: number;
  /** In pixels, as stored: an EXIF rotation is not applied. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Whether a PNG has an alpha channel or a transparent colour; false for the other formats. */
  readonly hasAlpha: boolean;
}

const readers = [
  ['png', PNG],
  ['jpeg', JPG],
  ['webp', WEBP],
  ['gif', GIF],
  ['bmp', BMP],
  ['tiff', TIFF],
] as const;

/** Looks at the header; `format` is undefined for what is no image of these formats. */
export function inspectImage(bytes: Uint8Array): ImageFacts {
  const unknown = { format: undefined, byteLength: bytes.length, hasAlpha: false };
  try {
    const found = readers.find(([, reader]) => reader.validate(bytes));
    if (!found) return unknown;
    const [format, reader] = found;
    const { width, height } = reader.calculate(bytes);
    if (!(width > 0 && height > 0)) return unknown;
    const hasAlpha = format === 'png' && hasPngAlpha(bytes);
    return { format, byteLength: bytes.length, size: { width, height }, hasAlpha };
  } catch {
    // The readers throw on bytes that only begin like an image.
    return unknown;
  }
}

/** By the colour type of IHDR (4 and 6 have alpha), or a tRNS chunk before the first IDAT. */
function hasPngAlpha(bytes: Uint8Array): boolean {
  const colorType = bytes[25];
  if (colorType === 4 || colorType === 6) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const transparency = 0x74524e53;
  const firstData = 0x49444154;
  for (let offset = 8; offset + 12 <= bytes.length; ) {
    const type = view.getUint32(offset + 4);
    if (type === transparency) return true;
    if (type === firstData) return false;
    offset += 12 + view.getUint32(offset);
  }
  return false;
}
