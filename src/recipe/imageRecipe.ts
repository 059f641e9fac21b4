import type { Recipe } from './recipe';

/** The recipe in a PNG, JPEG or WebP file; also of a file's first bytes, where it lies in them. Never throws. */
export function readRecipe(_bytes: Uint8Array): Recipe | undefined {
  return undefined;
}

/** The file with one recipe of Easel's, all else byte for byte as it was; undefined where the file takes none. */
export function writeRecipe(_bytes: Uint8Array, _recipe: Recipe): Uint8Array | undefined {
  return undefined;
}

/** The file without Easel's recipe; the same bytes where there is none. */
export function removeRecipe(bytes: Uint8Array): Uint8Array {
  return bytes;
}
