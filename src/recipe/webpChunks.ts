// A WebP is a RIFF file: chunks of a name, a length and data, padded to an even number of bytes (WebP container
// specification). What is more than one picture's data needs the extended form, which begins with a VP8X chunk.

/** One chunk of a WebP. */
export interface WebpChunk {
  readonly name: string;
  readonly data: Buffer;
}

const xmpFlag = 0x04;
const alphaFlag = 0x10;
const maxChunks = 100_000;

export function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

/** The chunks in their order; undefined where the file is cut off or damaged. */
export function webpChunks(bytes: Buffer): readonly WebpChunk[] | undefined {
  if (bytes.length < 12 || bytes.readUInt32LE(4) + 8 !== bytes.length) return undefined;
  const chunks: WebpChunk[] = [];
  for (let at = 12; at < bytes.length; ) {
    if (at + 8 > bytes.length || chunks.length === maxChunks) return undefined;
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length;
    if (end > bytes.length) return undefined;
    chunks.push({ name: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, end) });
    at = end + (length % 2);
  }
  return chunks;
}

/** The file of these chunks. */
export function webpFile(chunks: readonly WebpChunk[]): Buffer {
  const parts = chunks.flatMap(({ name, data }) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return [head, data, Buffer.alloc(data.length % 2)];
  });
  const body = Buffer.concat(parts);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

/** The chunks with another XMP packet, at the end as the specification wants it; without one, in the simple form where that can be. */
export function withXmp(
  chunks: readonly WebpChunk[],
  packet: Buffer | undefined,
  size: { readonly width: number; readonly height: number },
): readonly WebpChunk[] {
  const others = chunks.filter(({ name }) => name !== 'XMP ');
  const [first, second] = others;
  if (packet) {
    const extended = first?.name === 'VP8X' ? others : [extendedHeader(first, size), ...others];
    return [...extended.map((chunk) => flagged(chunk, true)), { name: 'XMP ', data: packet }];
  }
  const isSimple =
    others.length === 2 &&
    first?.name === 'VP8X' &&
    ((first.data[0] ?? 0) & ~(xmpFlag | alphaFlag)) === 0 &&
    /^VP8[ L]$/.test(second?.name ?? '');
  return isSimple ? others.slice(1) : others.map((chunk) => flagged(chunk, false));
}

function flagged(chunk: WebpChunk, hasXmp: boolean): WebpChunk {
  if (chunk.name !== 'VP8X') return chunk;
  const data = Buffer.from(chunk.data);
  data[0] = ((data[0] ?? 0) & ~xmpFlag) | (hasXmp ? xmpFlag : 0);
  return { name: chunk.name, data };
}

/** Flags, three bytes of nothing, and width and height less one in three bytes each. */
function extendedHeader(
  picture: WebpChunk | undefined,
  { width, height }: { readonly width: number; readonly height: number },
): WebpChunk {
  const data = Buffer.alloc(10);
  // Bit 28 behind the signature byte of a lossless picture says whether it has alpha.
  const hasAlpha = picture?.name === 'VP8L' && ((picture.data[4] ?? 0) & 0x10) !== 0;
  data[0] = hasAlpha ? alphaFlag : 0;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return { name: 'VP8X', data };
}
