import type * as vscode from 'vscode';
import type { History } from '../history/history';
import { shownPrompt } from '../imageModel/shownPrompt';
import { fileRecipe } from './fileRecipe';

/** What an image of Easel's was made from, by its recipe or by the history; undefined for other images. */
export async function ownPrompt(
  history: Pick<History, 'load' | 'imageAt'>,
  image: vscode.Uri,
): Promise<string | undefined> {
  try {
    const recipe = await fileRecipe(image);
    if (recipe?.source === 'easel') return recipe.prompt;
    await history.load();
    const found = history.imageAt(image.toString());
    return found && shownPrompt(found.job.request);
  } catch {
    return undefined;
  }
}
