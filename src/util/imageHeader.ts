import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';

/** What the first bytes of a picture say. */
export interface ImageHeader {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
  /** In pixels, as stored: an EXIF rotation is not applied. */
  readonly size: { readonly width: number; readonly height: number };
}

// The three readers are imported one by one: the package's front door would try twenty formats, SVG among them.
const formats = [
  { mediaType: 'image/png', firstByte: 0x89, reader: PNG, isComplete: endsWithPngEnd },
  { mediaType: 'image/jpeg', firstByte: 0xff, reader: JPG, isComplete: endsWithJpegEnd },
  { mediaType: 'image/webp', firstByte: 0x52, reader: WEBP, isComplete: hasRiffLength },
] as const;

/** Decodes the header of a whole PNG, JPEG or WebP file; undefined for anything else and for one that was cut off. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const header = decodeImageHeader(bytes);
  const format = formats.find(({ mediaType }) => mediaType === header?.mediaType);
  return format?.isComplete(bytes) ? header : undefined;
}

/** Decodes the header of a PNG, JPEG or WebP file from its first bytes, whatever there is of the rest. */
export function decodeImageHeader(head: Uint8Array): ImageHeader | undefined {
  const format = formats.find(({ firstByte }) => firstByte === head[0]);
  if (!format) return undefined;
  try {
    if (!format.reader.validate(head)) return undefined;
    const { width, height } = format.reader.calculate(head);
    if (!(width > 0 && height > 0)) return undefined;
    return { mediaType: format.mediaType, size: { width, height } };
  } catch {
    // The readers throw on bytes that only begin like a picture.
    return undefined;
  }
}

/** Walks the chunks (length, type, data, checksum) and looks for a whole IEND. */
function endsWithPngEnd(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  const endType = 0x49454e44;
  for (let offset = 8; offset + 12 <= bytes.length; ) {
    if (view.getUint32(offset + 4) === endType) return true;
    offset += 12 + view.getUint32(offset);
  }
  return false;
}

function endsWithJpegEnd(bytes: Uint8Array): boolean {
  return bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
}

/** The RIFF length counts everything after itself. */
function hasRiffLength(bytes: Uint8Array): boolean {
  return viewOf(bytes).getUint32(4, true) + 8 === bytes.length;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
