import { crc32, inflateSync } from 'node:zlib';

// A PNG is a signature and chunks: length, type, data, checksum of type and data (PNG specification, section 5.3).

/** One chunk of a PNG; offsets are of the file. */
export interface PngChunk {
  readonly type: string;
  readonly start: number;
  /** Behind its checksum. */
  readonly end: number;
  readonly data: Buffer;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Far more than any real file has. */
const maxChunks = 100_000;
/** Of a text once it is unpacked, in bytes. */
const maxText = 4_000_000;

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(signature);
}

/** The chunks in their order, up to IEND or as far as the bytes go. */
export function pngChunks(bytes: Buffer): readonly PngChunk[] {
  const chunks: PngChunk[] = [];
  for (let start = 8; start + 12 <= bytes.length && chunks.length < maxChunks; ) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (end > bytes.length) break;
    const type = bytes.toString('latin1', start + 4, start + 8);
    chunks.push({ type, start, end, data: bytes.subarray(start + 8, end - 4) });
    if (type === 'IEND') break;
    start = end;
  }
  return chunks;
}

/** Whether the chunks are those of a whole file. */
export function isWholePng(chunks: readonly PngChunk[]): boolean {
  return chunks[0]?.type === 'IHDR' && chunks.at(-1)?.type === 'IEND';
}

/** An iTXt chunk with a text that is not packed (section 11.3.3.4). */
export function textChunk(keyword: string, text: string): Buffer {
  const data = Buffer.from(`${keyword}\0\0\0\0\0${text}`);
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('iTXt', 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** The keyword and the text of a tEXt, zTXt or iTXt chunk; undefined for any other, and for one that is damaged. */
export function chunkText({ type, data }: PngChunk): { keyword: string; text: string } | undefined {
  if (!/^[tzi](?:TXt|EXt)$/.test(type)) return undefined;
  const at = data.indexOf(0);
  if (at < 1 || at > 79) return undefined;
  const text = readText(type, data.subarray(at + 1));
  return text === undefined ? undefined : { keyword: data.toString('latin1', 0, at), text };
}

function readText(type: string, rest: Buffer): string | undefined {
  if (type === 'tEXt') return rest.toString('latin1');
  if (type === 'zTXt') return unpacked(rest.subarray(1))?.toString('latin1');
  const isPacked = rest[0] === 1;
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const text = rest.subarray(translated + 1);
  return (isPacked ? unpacked(text) : text)?.toString();
}

function unpacked(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: maxText });
  } catch {
    return undefined;
  }
}
