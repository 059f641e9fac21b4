import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { History } from '../history/history';
import { removeRecipe } from '../recipe/imageRecipe';
import type { Recipe } from '../recipe/recipe';
import { requestRecipe } from '../recipe/requestRecipe';
import type { RequestDefaults } from '../settings/requestDefaults';
import { recipeText } from '../ui/recipeText';
import { joinSentences } from '../ui/sentences';
import { fileRecipe } from '../workspace/fileRecipe';
import { replaceImage } from '../workspace/replaceImage';
import { detailsScheme } from './detailsScheme';
import { askForTarget, imageTargets } from './imageTargets';

/** What the commands are built from. */
export interface ImageRecipesOptions {
  readonly history: Pick<History, 'load' | 'imageAt'>;
  readonly requests: Pick<RequestDefaults, 'findModel'>;
}

/** `Show Generation Details` of a file: a text beside, of which nothing can be changed. */
export async function showFileDetails(
  options: ImageRecipesOptions,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const { image } = (await findTold(options, clicked, selected)) ?? {};
  if (!image) return;
  const name = `${posix.basename(image.path)}.txt`;
  const address = vscode.Uri.from({
    ...{ scheme: detailsScheme, path: `/${name}`, query: image.toString() },
  });
  const document = await vscode.workspace.openTextDocument(address);
  await vscode.window.showTextDocument(document, { preview: true });
}

/** The text of a details document; says so where the image is gone or says nothing any more. */
export async function detailsText(options: ImageRecipesOptions, uri: vscode.Uri): Promise<string> {
  const image = vscode.Uri.parse(uri.query, true);
  const recipe = await findRecipe(options, image).catch(() => undefined);
  if (!recipe) return `${noneText(image)}\n`;
  const model = recipe.model === undefined ? undefined : options.requests.findModel(recipe.model);
  return recipeText(posix.basename(image.path), recipe, model);
}

/** `Copy Prompt` of a file. */
export async function copyPrompt(
  options: ImageRecipesOptions,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const { recipe } = (await findTold(options, clicked, selected)) ?? {};
  if (!recipe) return;
  await vscode.env.clipboard.writeText(recipe.prompt);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Prompt copied'), 3000);
}

/** `Remove Recipe` of files, before they are published; the service's own labels stay. */
export async function removeRecipes(clicked: unknown, selected: unknown): Promise<void> {
  const images = imageTargets(clicked, selected);
  if (images.length === 0) return askForTarget();
  let removed = 0;
  for (const image of images) {
    const bytes = await vscode.workspace.fs.readFile(image);
    const without = removeRecipe(bytes);
    if (without.length === bytes.length) continue;
    await replaceImage(image, without);
    removed += 1;
  }
  const count =
    removed === 1
      ? vscode.l10n.t('The recipe was removed from 1 image.')
      : vscode.l10n.t('The recipe was removed from {0} images.', removed);
  const none = vscode.l10n.t('There was no recipe of Easel to remove.');
  const rest = vscode.l10n.t("The service's own labels stay, as some laws ask for them.");
  await vscode.window.showInformationMessage(removed > 0 ? joinSentences([count, rest]) : none);
}

/** In the file, else in the history. @throws the file system's error */
async function findRecipe(
  { history }: ImageRecipesOptions,
  image: vscode.Uri,
): Promise<Recipe | undefined> {
  const recipe = await fileRecipe(image);
  if (recipe) return recipe;
  await history.load();
  const found = history.imageAt(image.toString());
  if (!found) return undefined;
  const { request, regionId, requestId, startedAt } = found.job;
  return requestRecipe(request, { regionId, requestId, madeAt: startedAt });
}

/** The image that a command is for, with its recipe; says so where there is no image, or no recipe in it. */
async function findTold(
  options: ImageRecipesOptions,
  clicked: unknown,
  selected: unknown,
): Promise<{ readonly image: vscode.Uri; readonly recipe: Recipe } | undefined> {
  const [image] = imageTargets(clicked, selected);
  const recipe = image && (await findRecipe(options, image));
  if (image && recipe) return { image, recipe };
  await (image ? vscode.window.showInformationMessage(noneText(image)) : askForTarget());
  return undefined;
}

function noneText(image: vscode.Uri): string {
  return vscode.l10n.t('{0} does not say how it was made.', posix.basename(image.path));
}
