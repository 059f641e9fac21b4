import { decodeImageHeader } from '../util/imageHeader';
import { foreignExif, foreignText } from './foreignRecipes';
import { isJpeg, type JpegSegment, jpegSegment, jpegSegments } from './jpegSegments';
import { chunkText, isPng, isWholePng, pngChunks, textChunk } from './pngChunks';
import type { Recipe } from './recipe';
import { formatRecipe, parseRecipe } from './recipeText';
import { isWebp, webpChunks, webpFile, withXmp } from './webpChunks';
import { packetWith, packetWithout, recipeInPacket } from './xmpPacket';

const keyword = 'easel';
const xmpHeader = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const exifHeader = Buffer.from('Exif\0\0', 'latin1');
const app0 = 0xe0;
const app1 = 0xe1;
const app11 = 0xeb;

/** The recipe in a PNG, JPEG or WebP file; also of a file's first bytes, where it lies in them. Never throws. */
export function readRecipe(bytes: Uint8Array): Recipe | undefined {
  const file = asBuffer(bytes);
  if (isPng(file)) return readPng(file);
  if (isJpeg(file)) return readJpeg(file);
  if (isWebp(file)) return readWebp(file);
  return undefined;
}

/**
 * The file with one recipe of Easel's, all else byte for byte as it was. Undefined where the file takes none: it is cut
 * off or no image of the three formats, the recipe does not fit, or it is signed (C2PA), which any added byte would break.
 */
export function writeRecipe(bytes: Uint8Array, recipe: Recipe): Uint8Array | undefined {
  return rewrite(asBuffer(bytes), formatRecipe(recipe));
}

/** The file without Easel's recipe; the same bytes where there is none. */
export function removeRecipe(bytes: Uint8Array): Uint8Array {
  const file = asBuffer(bytes);
  return readRecipe(file)?.source === 'easel' ? (rewrite(file, undefined) ?? bytes) : bytes;
}

function rewrite(file: Buffer, recipe: string | undefined): Buffer | undefined {
  if (isPng(file)) return rewritePng(file, recipe);
  if (isJpeg(file)) return rewriteJpeg(file, recipe);
  if (isWebp(file)) return rewriteWebp(file, recipe);
  return undefined;
}

function readPng(file: Buffer): Recipe | undefined {
  const texts = pngChunks(file).flatMap((chunk) => chunkText(chunk) ?? []);
  const own = texts.find((each) => each.keyword === keyword);
  return (own && parseRecipe(own.text)) ?? foreignText(texts);
}

/** Right behind the header, so that the first bytes of a file tell. */
function rewritePng(file: Buffer, recipe: string | undefined): Buffer | undefined {
  const chunks = pngChunks(file);
  const [header] = chunks;
  if (!header || !isWholePng(chunks) || chunks.some(({ type }) => type === 'caBX'))
    return undefined;
  const parts = [file.subarray(0, header.end)];
  if (recipe !== undefined) parts.push(textChunk(keyword, recipe));
  let from = header.end;
  for (const chunk of chunks) {
    if (chunk.type !== 'iTXt' || chunkText(chunk)?.keyword !== keyword) continue;
    parts.push(file.subarray(from, chunk.start));
    from = chunk.end;
  }
  return Buffer.concat([...parts, file.subarray(from)]);
}

function readJpeg(file: Buffer): Recipe | undefined {
  const segments = jpegSegments(file);
  const packet = segments.find(isXmp)?.data.subarray(xmpHeader.length);
  const text = packet && recipeInPacket(packet);
  const own = text === undefined ? undefined : parseRecipe(text);
  return own ?? foreignExif(segments.find(isExif)?.data.subarray(exifHeader.length));
}

function rewriteJpeg(file: Buffer, recipe: string | undefined): Buffer | undefined {
  const segments = jpegSegments(file);
  const last = segments.at(-1);
  const isWhole = file.at(-2) === 0xff && file.at(-1) === 0xd9;
  if (!last || !isWhole || segments.some(({ marker }) => marker === app11)) return undefined;
  const xmp = segments.find(isXmp);
  const before = xmp?.data.subarray(xmpHeader.length);
  const packet =
    recipe === undefined ? before && packetWithout(before) : packetWith(before, recipe);
  if (recipe !== undefined && !packet) return undefined;
  const segment = packet ? jpegSegment(app1, Buffer.concat([xmpHeader, packet])) : Buffer.alloc(0);
  if (!segment) return undefined;
  // JFIF's segment is the first, and Exif's comes right behind it.
  const leading = segments.findLast((each) => each.marker === app0 || isExif(each));
  const start = xmp?.start ?? leading?.end ?? 2;
  return Buffer.concat([file.subarray(0, start), segment, file.subarray(xmp?.end ?? start)]);
}

function isXmp({ marker, data }: JpegSegment): boolean {
  return marker === app1 && data.subarray(0, xmpHeader.length).equals(xmpHeader);
}

function isExif({ marker, data }: JpegSegment): boolean {
  return marker === app1 && data.subarray(0, exifHeader.length).equals(exifHeader);
}

function readWebp(file: Buffer): Recipe | undefined {
  const chunks = webpChunks(file);
  const packet = chunks?.find(({ name }) => name === 'XMP ')?.data;
  const text = packet && recipeInPacket(packet);
  const own = text === undefined ? undefined : parseRecipe(text);
  const exif = chunks?.find(({ name }) => name === 'EXIF')?.data;
  const hasHeader = exif?.subarray(0, exifHeader.length).equals(exifHeader);
  return own ?? foreignExif(hasHeader ? exif?.subarray(exifHeader.length) : exif);
}

function rewriteWebp(file: Buffer, recipe: string | undefined): Buffer | undefined {
  const chunks = webpChunks(file);
  const size = decodeImageHeader(file)?.size;
  if (!chunks || !size || chunks.some(({ name }) => name === 'C2PA')) return undefined;
  const before = chunks.find(({ name }) => name === 'XMP ')?.data;
  const packet =
    recipe === undefined ? before && packetWithout(before) : packetWith(before, recipe);
  if (recipe !== undefined && !packet) return undefined;
  return webpFile(withXmp(chunks, packet, size));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
