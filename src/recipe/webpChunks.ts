import { asBuffer } from './pngChunks';

/** A chunk of a WebP file. */
export interface WebpChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Buffer;
}

/** The chunks of a WebP file; undefined where it is none, was cut off, or has more or less than it says. */
export function webpChunks(bytes: Uint8Array): readonly WebpChunk[] | undefined {
  const file = asBuffer(bytes);
  if (file.length < 20 || file.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  if (file.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  if (file.readUInt32LE(4) + 8 !== file.length) return undefined;
  const chunks: WebpChunk[] = [];
  let start = 12;
  while (start + 8 <= file.length) {
    const length = file.readUInt32LE(start + 4);
    const end = start + 8 + length;
    if (end + (length % 2) > file.length) return undefined;
    const type = file.toString('latin1', start, start + 4);
    chunks.push({ type, data: file.subarray(start + 8, end) });
    start = end + (length % 2);
  }
  return start === file.length ? chunks : undefined;
}

/** A whole file of these chunks. */
export function webpFile(chunks: readonly WebpChunk[]): Buffer {
  const parts = chunks.flatMap(({ type, data }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return data.length % 2 === 0 ? [head, data] : [head, data, Buffer.alloc(1)];
  });
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + parts.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
