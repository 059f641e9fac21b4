import {
  isWholeJpeg,
  type JpegSegment,
  jpegSegment,
  jpegSegments,
  maxSegmentBytes,
} from './jpegSegments';
import { asBuffer } from './pngChunks';
import { readXmp, removeXmp, writeXmp } from './xmpPacket';

const app0 = 0xe0;
const app1 = 0xe1;
const app11 = 0xeb;

const xmpStart = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const exifStart = Buffer.from('Exif\0\0', 'latin1');
/** Boxes of the content credentials; they sign the file's bytes, so nothing may be added. */
const signedStart = Buffer.from('JP', 'latin1');

/** The text that Easel wrote into a JPEG file. */
export function readJpeg(bytes: Uint8Array): string | undefined {
  for (const segment of jpegSegments(bytes)) {
    const text = isXmp(segment) ? readXmp(packetOf(segment)) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The EXIF data of a JPEG file. */
export function readJpegExif(bytes: Uint8Array): Uint8Array | undefined {
  for (const segment of jpegSegments(bytes)) {
    if (isExif(segment)) return segment.data.subarray(exifStart.length);
  }
  return undefined;
}

/** With the text in the XMP packet; undefined also where the packet has no room for it. */
export function writeJpeg(bytes: Uint8Array, text: string): Uint8Array | undefined {
  const clean = removeJpeg(bytes);
  const segments = [...jpegSegments(clean)];
  if (!isWholeJpeg(clean, segments) || segments.some(isSigned)) return undefined;
  const old = segments.find(isXmp);
  const packet = writeXmp(old && packetOf(old), text);
  if (!packet || xmpStart.length + packet.length > maxSegmentBytes) return undefined;
  const added = jpegSegment(app1, Buffer.concat([xmpStart, packet]));
  const at = old?.start ?? endOfLead(segments);
  return replaced(clean, at, old?.end ?? at, added);
}

/** The same bytes where there is nothing to take away. */
export function removeJpeg(bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  // From the last one on, so that the places of the others stay right.
  for (const segment of [...jpegSegments(bytes)].filter(isXmp).reverse()) {
    const packet = packetOf(segment);
    const clean = removeXmp(packet);
    if (clean === packet) continue;
    const kept = clean ? jpegSegment(app1, Buffer.concat([xmpStart, clean])) : Buffer.alloc(0);
    rest = replaced(rest, segment.start, segment.end, kept);
  }
  return rest;
}

/** Readers look for the JFIF and the EXIF segment first of all. */
function endOfLead(segments: readonly JpegSegment[]): number {
  const first = segments.find((segment) => segment.marker !== app0 && !isExif(segment));
  return first?.start ?? 2;
}

function replaced(bytes: Uint8Array, start: number, end: number, added: Uint8Array): Buffer {
  const file = asBuffer(bytes);
  return Buffer.concat([file.subarray(0, start), added, file.subarray(end)]);
}

function packetOf({ data }: JpegSegment): Uint8Array {
  return data.subarray(xmpStart.length);
}

function isXmp(segment: JpegSegment): boolean {
  return segment.marker === app1 && startsWith(segment, xmpStart);
}

function isExif(segment: JpegSegment): boolean {
  return segment.marker === app1 && startsWith(segment, exifStart);
}

function isSigned(segment: JpegSegment): boolean {
  return segment.marker === app11 && startsWith(segment, signedStart);
}

function startsWith({ data }: JpegSegment, start: Buffer): boolean {
  return data.subarray(0, start.length).equals(start);
}
