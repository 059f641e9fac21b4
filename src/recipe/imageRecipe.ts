import { readAutomatic1111 } from './automatic1111';
import { exifComment } from './exifComment';
import { readJpeg, readJpegExif, removeJpeg, writeJpeg } from './jpegRecipe';
import { readOtherTexts } from './otherPrograms';
import { pngTexts, readPng, readPngExif, removePng, writePng } from './pngRecipe';
import type { Recipe } from './recipe';
import { readRecipeText, recipeText } from './recipeText';
import { readWebp, readWebpExif, removeWebp, writeWebp } from './webpRecipe';

interface Format {
  readonly firstByte: number;
  readonly read: (bytes: Uint8Array) => string | undefined;
  readonly readExif: (bytes: Uint8Array) => Uint8Array | undefined;
  readonly write: (bytes: Uint8Array, text: string) => Uint8Array | undefined;
  readonly remove: (bytes: Uint8Array) => Uint8Array;
}

const formats: readonly Format[] = [
  { firstByte: 0x89, read: readPng, readExif: readPngExif, write: writePng, remove: removePng },
  { firstByte: 0xff, read: readJpeg, readExif: readJpegExif, write: writeJpeg, remove: removeJpeg },
  { firstByte: 0x52, read: readWebp, readExif: readWebpExif, write: writeWebp, remove: removeWebp },
];

/** The recipe in a PNG, JPEG or WebP file; also of a file's first bytes, where it lies in them. Never throws. */
export function readRecipe(bytes: Uint8Array): Recipe | undefined {
  const format = formatOf(bytes);
  if (!format) return undefined;
  const text = format.read(bytes);
  return (text === undefined ? undefined : readRecipeText(text)) ?? readOther(bytes, format);
}

/** The file with one recipe of Easel's, all else byte for byte as it was; undefined where the file takes none. */
export function writeRecipe(bytes: Uint8Array, recipe: Recipe): Uint8Array | undefined {
  const format = formatOf(bytes);
  if (!format) return undefined;
  for (const isShort of [false, true]) {
    const text = recipeText(recipe, isShort);
    const written = text === undefined ? undefined : format.write(bytes, text);
    if (written) return written;
  }
  return undefined;
}

/** The file without Easel's recipe; the same bytes where there is none. */
export function removeRecipe(bytes: Uint8Array): Uint8Array {
  return formatOf(bytes)?.remove(bytes) ?? bytes;
}

function readOther(bytes: Uint8Array, { readExif }: Format): Recipe | undefined {
  const found = readOtherTexts(pngTexts(bytes));
  if (found) return found;
  const exif = readExif(bytes);
  const comment = exif && exifComment(exif);
  return comment === undefined ? undefined : readAutomatic1111(comment);
}

function formatOf(bytes: Uint8Array): Format | undefined {
  return formats.find(({ firstByte }) => firstByte === bytes[0]);
}
