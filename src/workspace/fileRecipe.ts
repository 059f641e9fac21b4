import type * as vscode from 'vscode';
import { readRecipe } from '../recipe/imageRecipe';
import type { Recipe } from '../recipe/recipe';
import { readHead } from './readHead';

/** The formats that carry recipes, by the ends of their names. */
export const recipeName = /\.(?:png|jpe?g|webp)$/i;

/** A recipe is among the first bytes of a PNG or JPEG; that of another program can be a graph of many nodes. */
const headBytes = 2 * 1024 * 1024;

/**
 * What a file says of how it was made; reads no more of it than that needs.
 * @param head so many bytes of a PNG or JPEG
 * @throws the file system's error
 */
export async function fileRecipe(file: vscode.Uri, head = headBytes): Promise<Recipe | undefined> {
  if (!recipeName.test(file.path)) return undefined;
  // In a WebP file it lies at the end.
  const length = /\.webp$/i.test(file.path) ? Number.MAX_SAFE_INTEGER : head;
  return readRecipe(await readHead(file, length));
}
