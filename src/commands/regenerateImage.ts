import { posix } from 'node:path';
import * as vscode from 'vscode';
import { estimateCost } from '../cost/estimate';
import type { RequestInput } from '../settings/requestDefaults';
import { textModel } from '../settings/textModel';
import { costText } from '../ui/priceText';
import type { EditImageOptions } from './editImage';
import { editedImagePlace } from './editImage';
import { type ImageOriginOptions, imageOrigin } from './imageOrigin';
import { askForTarget, imageTargets } from './imageTargets';
import { jobTitle, promptForJob } from './promptForJob';

/** What the commands are built from. */
export type RegenerateOptions = EditImageOptions & ImageOriginOptions;

/** `Regenerate…`: makes an image anew from what it was made from, in its place or beside it. */
export async function regenerateImage(
  options: RegenerateOptions,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const found = await findOrigin(options, clicked, selected);
  if (!found) return;
  const { image, input } = found;
  const where = await askWhere(options, input, image);
  if (!where) return;
  const place = await editedImagePlace(options, image);
  const file = {
    base: baseOf(image),
    ...(where === 'replace' && { replaces: image.toString() }),
  };
  const job = await options.starter.start(input, { ...place, file });
  if (job) await options.follower.follow(job, undefined);
}

/** `Vary…`: the same with a prompt that is changed first, saved beside the image. */
export async function varyImage(
  options: RegenerateOptions,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const found = await findOrigin(options, clicked, selected);
  if (!found) return;
  const { image } = found;
  // A style's words are in the prompt that was sent, and can be changed there.
  const { prompt, typed: _, ...others } = found.input;
  const input = await promptForJob(options, {
    value: prompt,
    hint: vscode.l10n.t('Change the prompt; the rest stays as it was for this image.'),
    example: vscode.l10n.t('A red fox in the snow, watercolor'),
    input: () => others,
    openStudio: (typed) => vscode.commands.executeCommand('easel.openStudio', { prompt: typed }),
  });
  const job = input && (await options.starter.start(input, await editedImagePlace(options, image)));
  if (job) await options.follower.follow(job, undefined);
}

/** What an image can be asked for again with; says so where there is no image, or it does not say how it was made. */
async function findOrigin(
  options: RegenerateOptions,
  clicked: unknown,
  selected: unknown,
): Promise<{ readonly image: vscode.Uri; readonly input: RequestInput } | undefined> {
  const [image] = imageTargets(clicked, selected);
  const origin = image && (await imageOrigin(options, image));
  if (image && origin) return { image, input: withKnownModel(options, origin) };
  await (image ? tellUnknown(image) : askForTarget());
  return undefined;
}

/** The model of now where the image's own is none of ours, or is gone from the region. */
function withKnownModel(options: RegenerateOptions, input: RequestInput): RequestInput {
  const { requests, settings } = options;
  const model = input.modelId === undefined ? undefined : requests.findModel(input.modelId);
  if (model?.regions.includes(settings.regionId)) return input;
  const { prompt, negativePrompt } = input;
  return { prompt, ...(negativePrompt && { negativePrompt }), ...textModel(options) };
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly where: 'replace' | 'beside';
}

/** What it will do and cost stands above the choice, which starts it. */
async function askWhere(
  { requests, prices, settings }: RegenerateOptions,
  input: RequestInput,
  image: vscode.Uri,
): Promise<PlaceItem['where'] | undefined> {
  const request = requests.complete(input, true);
  const model = requests.model(request.modelId);
  const price = prices.find(model.id, settings.regionId);
  const cost = price && costText(estimateCost(model, request, price));
  const items: PlaceItem[] = [
    {
      label: vscode.l10n.t('Replace the Image'),
      detail: /\.png$/i.test(image.path)
        ? vscode.l10n.t(
            'The old one goes to the trash; where there is none, it stays under another name.',
          )
        : vscode.l10n.t('Where the service delivers another type, the new one is saved beside it.'),
      iconPath: new vscode.ThemeIcon('replace'),
      where: 'replace',
    },
    {
      label: vscode.l10n.t('Save Beside'),
      detail: vscode.l10n.t('Both images stay, and links go on showing the old one.'),
      iconPath: new vscode.ThemeIcon('copy'),
      where: 'beside',
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: jobTitle(model, request, cost),
    placeHolder: vscode.l10n.t('Generate {0} anew?', posix.basename(image.path)),
  });
  return chosen?.where;
}

async function tellUnknown(image: vscode.Uri): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} does not say how it was made. Use "Edit with a Prompt…" to change it.',
      posix.basename(image.path),
    ),
  );
}

function baseOf({ path }: vscode.Uri): string {
  return posix.basename(path, posix.extname(path));
}
