import { asBuffer } from './pngChunks';

/** A segment of a JPEG file before its picture data, by its place in the file. */
export interface JpegSegment {
  /** The second byte of its marker. */
  readonly marker: number;
  readonly start: number;
  readonly end: number;
  /** Behind its length. */
  readonly data: Buffer;
}

/** The most that a segment's data can be. */
export const maxSegmentBytes = 0xffff - 2;

const startOfScan = 0xda;
const endOfImage = 0xd9;

/** The segments up to the picture data, which is the last one with its header; none where it is no JPEG. */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const file = asBuffer(bytes);
  if (file[0] !== 0xff || file[1] !== 0xd8) return;
  for (let start = 2; start + 4 <= file.length; ) {
    if (file[start] !== 0xff) return;
    const marker = file[start + 1] ?? 0;
    if (marker === 0xff) {
      // Filling.
      start += 1;
      continue;
    }
    // Those without a length have no place here.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= endOfImage)) return;
    const length = file.readUInt16BE(start + 2);
    const end = start + 2 + length;
    if (length < 2 || end > file.length) return;
    yield { marker, start, end, data: file.subarray(start + 4, end) };
    if (marker === startOfScan) return;
    start = end;
  }
}

/** Whether the segments lead to picture data that has an end. */
export function isWholeJpeg(bytes: Uint8Array, segments: readonly JpegSegment[]): boolean {
  const last = segments.at(-1);
  if (last?.marker !== startOfScan) return false;
  // Some cameras put more behind the end.
  return asBuffer(bytes).lastIndexOf(Buffer.of(0xff, endOfImage)) >= last.end;
}

/** A segment with its marker; the data is at most `maxSegmentBytes` long. */
export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const segment = Buffer.alloc(data.length + 4);
  segment.set([0xff, marker]);
  segment.writeUInt16BE(data.length + 2, 2);
  segment.set(data, 4);
  return segment;
}
