import * as vscode from 'vscode';
import { formatSize } from '../imageModel/imageSize';
import type { Recipe } from '../recipe/recipe';
import { fileRecipe } from '../workspace/fileRecipe';
import { findImageLinks } from './imageLinks';
import { fileUriOf } from './insertionPoint';
import { linkedFile } from './linkedFile';
import { siteOf } from './site';

/** What a hover knows beside the file. */
export interface HoverFacts {
  modelLabel(modelId: string): string;
  /** What the image has cost, in words; undefined where that is not known. */
  costOf(image: vscode.Uri): Promise<string | undefined>;
}

/** In pixels: VS Code shows 250, and what stands below the picture is to be seen as well. */
const thumbnailHeight = 110;
const maxPrompt = 300;
const maxKnown = 200;
const commands = ['easel.showDetails', 'easel.copyPrompt', 'easel.regenerate', 'easel.vary'];

/** Shows how the image of a link was made, where its file says so. */
export class ImageHover {
  /** By URI string; read again when the file has changed. */
  readonly #known = new Map<string, { stamp: string; recipe: Recipe | undefined }>();

  constructor(private readonly facts: HoverFacts) {}

  async provide(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const at = document.offsetAt(position);
    const range = { start: at, end: at };
    const { languageId, fileName } = document;
    const [link] = findImageLinks(document.getText(), languageId, fileName, range);
    if (!link || link.target === '' || token.isCancellationRequested) return undefined;
    const file = linkedFile(document, link, await siteOf(fileUriOf(document)));
    if (!file || !vscode.workspace.getWorkspaceFolder(file)) return undefined;
    const recipe = await this.#recipe(file);
    if (!recipe || token.isCancellationRequested) return undefined;
    const text = hoverText(file, recipe, this.facts, await this.facts.costOf(file));
    const [start, end] = [document.positionAt(link.start), document.positionAt(link.end)];
    return new vscode.Hover(text, new vscode.Range(start, end));
  }

  async #recipe(file: vscode.Uri): Promise<Recipe | undefined> {
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(file);
      const key = file.toString();
      const stamp = `${mtime} ${size}`;
      const known = this.#known.get(key);
      if (known?.stamp === stamp) return known.recipe;
      const recipe = await fileRecipe(file);
      if (this.#known.size >= maxKnown) this.#known.clear();
      this.#known.set(key, { stamp, recipe });
      return recipe;
    } catch {
      // Not there, or not to be read.
      return undefined;
    }
  }
}

/** What the file says is untrusted: it is text here, and the commands get nothing of it. */
function hoverText(
  file: vscode.Uri,
  recipe: Recipe,
  { modelLabel }: HoverFacts,
  cost: string | undefined,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: commands };
  const address = file.toString().replaceAll('(', '%28').replaceAll(')', '%29');
  text.appendMarkdown(`![](${address}|height=${thumbnailHeight})\n\n`);
  if (recipe.isPlaceholder) {
    text.appendMarkdown(asText(vscode.l10n.t('Placeholder: the image is still to be made.')));
    text.appendMarkdown('\n\n');
  }
  const { prompt } = recipe;
  const cut = prompt.length > maxPrompt ? `${prompt.slice(0, maxPrompt).toWellFormed()}…` : prompt;
  text.appendMarkdown(asText(cut));
  text.appendMarkdown('\n\n');
  text.appendMarkdown(asText(factsOf(recipe, modelLabel, cost).join(' · ')));
  text.appendMarkdown('\n\n');
  const argument = encodeURIComponent(JSON.stringify([file]));
  const action = (label: string, command: string): string =>
    `[${label}](command:${command}?${argument})`;
  text.appendMarkdown(
    [
      action(vscode.l10n.t('Details'), 'easel.showDetails'),
      action(vscode.l10n.t('Copy Prompt'), 'easel.copyPrompt'),
      ...(recipe.isPlaceholder
        ? []
        : [
            action(vscode.l10n.t('Regenerate…'), 'easel.regenerate'),
            action(vscode.l10n.t('Vary…'), 'easel.vary'),
          ]),
    ].join(' &nbsp;|&nbsp; '),
  );
  return text;
}

/** As VS Code's own `appendText`, but that lines can break between words. */
function asText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~&:$]/g, '\\$&');
}

function factsOf(
  { model, seed, request, madeAt }: Recipe,
  modelLabel: HoverFacts['modelLabel'],
  cost: string | undefined,
): string[] {
  const { size } = request ?? {};
  return [
    ...(model ? [modelLabel(model)] : []),
    ...(typeof size === 'object' ? [formatSize(size)] : []),
    ...(seed === undefined ? [] : [vscode.l10n.t('Seed {0}', seed)]),
    ...(cost ? [cost] : []),
    ...(madeAt === undefined ? [] : [new Date(madeAt).toLocaleString(vscode.env.language)]),
  ];
}
