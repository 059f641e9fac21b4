import {
  asBuffer,
  internationalText,
  type PngChunk,
  pngChunks,
  pngKeyword,
  pngText,
} from './pngChunks';

/** Of the chunk that holds the recipe. */
const keyword = 'easel';

/** The content credentials; they sign the file's bytes, so nothing may be added. */
const signedType = 'caBX';

/**
 * Finds the texts of a PNG file, or of as much of it as there is, by their keywords; the last of a keyword counts. A small
 * file can hold many that unpack to large ones: only those that are asked for are unpacked.
 */
export function pngTexts(bytes: Uint8Array): (keyword: string) => string | undefined {
  const chunks = new Map<string, PngChunk>();
  for (const chunk of pngChunks(bytes)) {
    const found = pngKeyword(chunk);
    if (found !== undefined) chunks.set(found, chunk);
  }
  return (asked) => {
    const chunk = chunks.get(asked);
    return chunk && pngText(chunk);
  };
}

/** The text that Easel wrote into a PNG file. */
export function readPng(bytes: Uint8Array): string | undefined {
  for (const chunk of pngChunks(bytes)) if (isOurs(chunk)) return pngText(chunk);
  return undefined;
}

/** The EXIF data of a PNG file. */
export function readPngExif(bytes: Uint8Array): Uint8Array | undefined {
  for (const { type, data } of pngChunks(bytes)) if (type === 'eXIf') return data;
  return undefined;
}

/** With the text right behind the header, where the first bytes of the file tell it. */
export function writePng(bytes: Uint8Array, text: string): Uint8Array | undefined {
  const chunks = [...pngChunks(bytes)];
  const [header] = chunks;
  const isWhole = header?.type === 'IHDR' && chunks.at(-1)?.type === 'IEND';
  if (!isWhole || chunks.some(({ type }) => type === signedType)) return undefined;
  const file = asBuffer(bytes);
  return Buffer.concat([
    file.subarray(0, header.end),
    internationalText(keyword, text),
    ...without(file, header.end, chunks.filter(isOurs)),
  ]);
}

/** The same bytes where there is nothing to take away. */
export function removePng(bytes: Uint8Array): Uint8Array {
  const ours = [...pngChunks(bytes)].filter(isOurs);
  return ours.length > 0 ? Buffer.concat(without(asBuffer(bytes), 0, ours)) : bytes;
}

function isOurs({ type, data }: PngChunk): boolean {
  return type === 'iTXt' && asBuffer(data.subarray(0, keyword.length + 1)).equals(ourStart);
}

const ourStart = Buffer.from(`${keyword}\0`);

/** What is between some chunks, from a place on. */
function without(file: Buffer, from: number, chunks: readonly PngChunk[]): Buffer[] {
  const ends = [from, ...chunks.map(({ end }) => end)];
  const starts = [...chunks.map(({ start }) => start), file.length];
  return ends.map((end, index) => file.subarray(end, starts[index]));
}
