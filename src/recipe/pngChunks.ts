import { crc32, inflateSync } from 'node:zlib';

/** A chunk of a PNG file, by its place in it. */
export interface PngChunk {
  readonly type: string;
  /** Where its length stands. */
  readonly start: number;
  /** Behind its checksum. */
  readonly end: number;
  readonly data: Uint8Array;
}

/** What every PNG file begins with. */
export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Of a text that is packed, in bytes. */
const maxTextBytes = 2_000_000;

/** The chunks of a PNG file up to IEND, or as far as whole ones go; none where it is no PNG. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const file = asBuffer(bytes);
  if (!file.subarray(0, 8).equals(pngSignature)) return;
  for (let start = 8; start + 12 <= file.length; ) {
    const end = start + 12 + file.readUInt32BE(start);
    if (end > file.length) return;
    const type = file.toString('latin1', start + 4, start + 8);
    yield { type, start, end, data: file.subarray(start + 8, end - 4) };
    if (type === 'IEND') return;
    start = end;
  }
}

/** What a text is about, by a word; undefined where a chunk is no text. */
export function pngKeyword({ type, data }: PngChunk): string | undefined {
  const end = textReaders[type] && keywordEnd(data);
  return end === undefined ? undefined : asBuffer(data).toString('latin1', 0, end);
}

/** What a chunk says; undefined where it is no text, or one that cannot be read. */
export function pngText({ type, data }: PngChunk): string | undefined {
  const end = keywordEnd(data);
  if (end === undefined || data.length > maxTextBytes) return undefined;
  return textReaders[type]?.(asBuffer(data).subarray(end + 1));
}

function keywordEnd(data: Uint8Array): number | undefined {
  const end = data.subarray(0, 80).indexOf(0);
  return end < 1 ? undefined : end;
}

/** An uncompressed iTXt chunk. */
export function internationalText(keyword: string, text: string): Buffer {
  // Not compressed, method 0, no language, no translated keyword.
  const head = Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1');
  return pngChunk('iTXt', Buffer.concat([head, Buffer.from(text)]));
}

/** A chunk as it stands in a file: length, type, data, checksum of type and data. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

const textReaders: Readonly<Record<string, (rest: Buffer) => string | undefined>> = {
  tEXt: latin1OrUtf8,
  zTXt: (rest) => (rest[0] === 0 ? inflated(rest.subarray(1), latin1OrUtf8) : undefined),
  iTXt: (rest) => {
    const isPacked = rest[0] === 1;
    if (isPacked && rest[1] !== 0) return undefined;
    const languageEnd = rest.indexOf(0, 2);
    const translatedEnd = languageEnd < 0 ? -1 : rest.indexOf(0, languageEnd + 1);
    if (translatedEnd < 0) return undefined;
    const text = rest.subarray(translatedEnd + 1);
    return isPacked ? inflated(text, utf8) : utf8(text);
  },
};

function inflated(packed: Buffer, read: (text: Buffer) => string): string | undefined {
  try {
    return read(inflateSync(packed, { maxOutputLength: maxTextBytes }));
  } catch {
    // Broken, or a small chunk that would swell to fill the memory.
    return undefined;
  }
}

/** It should be Latin-1, but some programs write UTF-8. */
function latin1OrUtf8(text: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    return text.toString('latin1');
  }
}

function utf8(text: Buffer): string {
  return text.toString('utf8');
}

/** The same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
