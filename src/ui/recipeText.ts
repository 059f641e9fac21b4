import * as vscode from 'vscode';
import { formatSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { Recipe, RecipeSource } from '../recipe/recipe';
import { parameterLines } from './parameterLines';
import { regionText } from './regionText';

/** Everything that an image says of how it was made, a line or a paragraph each; plain text. */
export function recipeText(
  fileName: string,
  recipe: Recipe,
  model: ModelDescriptor | undefined,
): string {
  const { prompt, negativePrompt, seed, request, regionId, requestId, madeAt, other = {} } = recipe;
  const size = request?.size;
  const lines: readonly (readonly [string, string | undefined])[] = [
    [vscode.l10n.t('Written by'), sourceText(recipe.source)],
    [vscode.l10n.t('Model'), model?.label ?? recipe.model],
    [vscode.l10n.t('Size'), size && size !== 'auto' ? formatSize(size) : undefined],
    [vscode.l10n.t('Seed'), seed?.toString()],
    ...(request
      ? parameterLines(request, model).map(({ label, value }) => [label, value] as const)
      : []),
    ...Object.entries(other),
    [vscode.l10n.t('Region'), regionId && regionText(regionId)],
    [vscode.l10n.t('Request ID'), requestId],
    [
      vscode.l10n.t('Time'),
      madeAt === undefined ? undefined : new Date(madeAt).toLocaleString(vscode.env.language),
    ],
  ];
  const facts = lines.flatMap(([label, value]) => (value ? [`${label}: ${oneLine(value)}`] : []));
  const texts = [
    fileName,
    ...(recipe.isPlaceholder ? [vscode.l10n.t('Placeholder: the image is still to be made.')] : []),
    `${vscode.l10n.t('Prompt')}:\n${prompt}`,
    ...(negativePrompt ? [`${vscode.l10n.t('Negative prompt')}:\n${negativePrompt}`] : []),
    facts.join('\n'),
  ];
  return `${texts.join('\n\n')}\n`;
}

function sourceText(source: RecipeSource): string {
  const names: Readonly<Record<RecipeSource, string>> = {
    easel: 'Easel',
    automatic1111: 'AUTOMATIC1111',
    comfyui: 'ComfyUI',
    invokeai: 'InvokeAI',
  };
  return names[source];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
