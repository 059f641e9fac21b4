import * as vscode from 'vscode';
import type { FillItem } from '../documents/fillPlan';
import { fileUriOf, type InsertionPoint } from '../documents/insertionPoint';
import { placeOfItem } from '../documents/itemPlace';
import { spotOf } from '../documents/linkSpot';
import { nearestSize } from '../documents/sizeHint';
import type { GenerationJob } from '../generation/generationJob';
import { rulesFor } from '../imageModel/modelDescriptor';
import type { RequestInput } from '../settings/requestDefaults';
import { textModel } from '../settings/textModel';
import type { GenerateImageOptions } from './generateImage';
import { promptForJob } from './promptForJob';
import { askForLink, findWanted } from './wantedImage';

/**
 * Makes the image that a link lacks, at exactly the path that the link names; of the link at the cursor, where the
 * caller names none. Proposes a prompt from the text around, and says what it costs.
 */
export async function generateForLink(
  options: GenerateImageOptions,
  argument: unknown,
): Promise<void> {
  const wanted = await findWanted(argument);
  if (!wanted) return askForLink();
  const { item, point } = wanted;
  let job: GenerationJob | undefined;
  try {
    job = await askAndStart(options, item, point);
  } finally {
    if (!job) point.dispose();
  }
  if (job) await options.follower.follow(job, point);
}

async function askAndStart(
  options: GenerateImageOptions,
  item: FillItem,
  point: InsertionPoint,
): Promise<GenerationJob | undefined> {
  const { file, prompt, sizeHint } = item;
  const input = await promptForJob(options, {
    value: prompt,
    hint: hintFor(file?.name),
    example: vscode.l10n.t('A red fox in the snow, watercolor'),
    input: () => inputFor(options, sizeHint),
    openStudio: (typed) => vscode.commands.executeCommand('easel.openStudio', { prompt: typed }),
  });
  return (
    input &&
    options.starter.start(input, {
      document: fileUriOf(point.document),
      ...placeOfItem(item),
      link: spotOf(point, []),
      ask: true,
    })
  );
}

function hintFor(name: string | undefined): string {
  if (name === undefined) return vscode.l10n.t('Describe the image.');
  // Most models deliver PNG.
  return /\.png$/i.test(name)
    ? vscode.l10n.t('Describe the image. It is saved as {0}.', name)
    : vscode.l10n.t(
        'Describe the image. It is saved as {0}, or with the extension of what the service delivers, and the link follows.',
        name,
      );
}

/** One image, of the shape that the link says. */
function inputFor(
  options: GenerateImageOptions,
  hint: FillItem['sizeHint'],
): Omit<RequestInput, 'prompt'> {
  const { modelId } = textModel(options);
  const { presets } = rulesFor(options.requests.model(modelId), {}).sizeRule;
  const size = hint && nearestSize(hint, presets);
  return { modelId, count: 1, ...(size && { size }) };
}
