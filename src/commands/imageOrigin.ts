import type * as vscode from 'vscode';
import type { History } from '../history/history';
import type { ImageRequest } from '../imageModel/imageModel';
import type { RequestInput } from '../settings/requestDefaults';
import { fileRecipe } from '../workspace/fileRecipe';

/** Where an image's making is looked up. */
export interface ImageOriginOptions {
  readonly history: Pick<History, 'load' | 'imageAt'>;
}

/**
 * How an image was made, as far as it can be asked for again: one image, and without a seed, which would only make the
 * same once more. The history is asked first, as it knows input images too. Undefined where nothing says a prompt.
 * @throws the file system's error for a file that cannot be read
 */
export async function imageOrigin(
  { history }: ImageOriginOptions,
  image: vscode.Uri,
): Promise<RequestInput | undefined> {
  await history.load();
  const remembered = history.imageAt(image.toString())?.job.request;
  if (remembered) return again(remembered);
  const recipe = await fileRecipe(image);
  if (recipe?.request) return again(recipe.request);
  if (!recipe?.prompt) return undefined;
  // Of another program's image only the words mean the same here.
  const { prompt, negativePrompt } = recipe;
  return { prompt, ...(negativePrompt && { negativePrompt }) };
}

function again(request: ImageRequest): RequestInput {
  const { seed: _, ...input } = request;
  return { ...input, count: 1 };
}
