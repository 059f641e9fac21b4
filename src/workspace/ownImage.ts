import type * as vscode from 'vscode';
import type { History } from '../history/history';
import { shownPrompt } from '../imageModel/shownPrompt';
import { readRecipe } from '../recipe/imageRecipe';
import { readHead } from './readHead';

const headLength = 256 * 1024;

/** What an image of Easel's was made from, by its recipe or by the history; undefined for other images. */
export async function ownPrompt(
  history: Pick<History, 'load' | 'idOf' | 'find'>,
  image: vscode.Uri,
): Promise<string | undefined> {
  try {
    // In a WebP file the recipe lies at the end.
    const length = /\.webp$/i.test(image.path) ? Number.MAX_SAFE_INTEGER : headLength;
    const recipe = readRecipe(await readHead(image, length));
    if (recipe?.source === 'easel') return recipe.prompt;
    await history.load();
    const id = history.idOf(image.toString());
    const found = id === undefined ? undefined : history.find(id);
    return found && shownPrompt(found.job.request);
  } catch {
    return undefined;
  }
}
