import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { type FillItem, planFill } from '../documents/fillPlan';
import { readDocuments } from '../documents/fillSources';
import { captureLinkPoint, fileUriOf, type InsertionPoint } from '../documents/insertionPoint';
import { spotOf } from '../documents/linkSpot';
import { nearestSize } from '../documents/sizeHint';
import type { GenerationJob } from '../generation/generationJob';
import { rulesFor } from '../imageModel/modelDescriptor';
import type { RequestInput } from '../settings/requestDefaults';
import { textModel } from '../settings/textModel';
import type { GenerateImageOptions } from './generateImage';
import { promptForJob } from './promptForJob';

const argumentSchema = z.object({ document: z.string(), offset: z.number() });

/** A link in a document that lacks its image. */
interface WantedImage {
  readonly document: vscode.TextDocument;
  readonly item: FillItem;
  /** Which of the item's places. */
  readonly offset: number;
}

/**
 * Makes the image that a link lacks, at exactly the path that the link names; of the link at the cursor, where the
 * caller names none. Proposes a prompt from the text around, and says what it costs.
 */
export async function generateForLink(
  options: GenerateImageOptions,
  argument: unknown,
): Promise<void> {
  const wanted = await findWanted(argument);
  if (!wanted) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Put the cursor on a link whose image is missing, then run this again.'),
    );
    return;
  }
  const { document, item, offset } = wanted;
  const place = item.places.find(({ link }) => link.start === offset) ?? item.places[0];
  const point = captureLinkPoint(document, place.link);
  let job: GenerationJob | undefined;
  try {
    job = await askAndStart(options, item, point, fileUriOf(document));
  } finally {
    if (!job) point.dispose();
  }
  if (job) await options.follower.follow(job, point);
}

async function findWanted(argument: unknown): Promise<WantedImage | undefined> {
  const parsed = z.safeParse(argumentSchema, argument);
  const editor = vscode.window.activeTextEditor;
  const document = parsed.success
    ? await vscode.workspace.openTextDocument(vscode.Uri.parse(parsed.data.document, true))
    : editor?.document;
  if (!document) return undefined;
  const cursor = editor ? document.offsetAt(editor.selection.active) : 0;
  const at = parsed.success ? parsed.data.offset : cursor;
  for (const item of planFill(await readDocuments([document.uri]))) {
    const place = item.places.find(({ link }) => link.start <= at && at <= link.end);
    if (place) return { document, item, offset: place.link.start };
  }
  return undefined;
}

async function askAndStart(
  options: GenerateImageOptions,
  { file, prompt, reason, sizeHint }: FillItem,
  point: InsertionPoint,
  document: vscode.Uri,
): Promise<GenerationJob | undefined> {
  const input = await promptForJob(options, {
    value: prompt,
    hint: file
      ? vscode.l10n.t('Describe the image. It is saved as {0}.', file.name)
      : vscode.l10n.t('Describe the image.'),
    example: vscode.l10n.t('A red fox in the snow, watercolor'),
    input: () => inputFor(options, sizeHint),
    openStudio: (typed) => vscode.commands.executeCommand('easel.openStudio', { prompt: typed }),
  });
  const ifTaken = reason === 'placeholder' ? 'replace' : 'number';
  return (
    input &&
    options.starter.start(input, {
      document,
      ...(file && {
        folder: vscode.Uri.parse(file.folder, true),
        file: { base: file.base, ifTaken } as const,
      }),
      link: spotOf(point, []),
      ask: true,
    })
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
