// A JPEG begins with segments: a marker, and a length that counts itself (ITU T.81, annex B).

/** One segment before the picture's data; offsets are of the file. */
export interface JpegSegment {
  /** The second byte of the marker, such as 0xe1 for APP1. */
  readonly marker: number;
  readonly start: number;
  readonly end: number;
  readonly data: Buffer;
}

const startOfScan = 0xda;
/** The length has two bytes and counts itself. */
const maxData = 65_533;

export function isJpeg(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The segments up to the first scan, or as far as the bytes go. */
export function jpegSegments(bytes: Buffer): readonly JpegSegment[] {
  const segments: JpegSegment[] = [];
  for (let start = 2; start + 4 <= bytes.length && bytes[start] === 0xff; ) {
    const marker = bytes[start + 1] ?? 0;
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      start += 1;
      continue;
    }
    const end = start + 2 + bytes.readUInt16BE(start + 2);
    if (marker === startOfScan || end > bytes.length || end < start + 4) break;
    segments.push({ marker, start, end, data: bytes.subarray(start + 4, end) });
    start = end;
  }
  return segments;
}

/** A segment of that marker; undefined where the data is too long for one. */
export function jpegSegment(marker: number, data: Buffer): Buffer | undefined {
  if (data.length > maxData) return undefined;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
