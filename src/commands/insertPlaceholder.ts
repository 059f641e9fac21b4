import * as vscode from 'vscode';
import { captureInsertionPoint, fileUriOf, type InsertionPoint } from '../documents/insertionPoint';
import { insertLinks } from '../documents/linkInserter';
import type { ImageRequest, ImageSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { placeholderSize } from '../placeholder/placeholderSize';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { textModel } from '../settings/textModel';
import type { AssetsFolder } from '../workspace/assetsFolder';
import { fileNameFromPrompt } from '../workspace/fileName';
import type { ImagePlaces } from '../workspace/imagePlaces';
import { writeNewFile } from '../workspace/newFile';
import type { Placeholders } from '../workspace/placeholders';
import { askForLink, findWanted, isLinkArgument } from './wantedImage';

/** What the command is built from. */
export interface InsertPlaceholderOptions {
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: Pick<RequestDefaults, 'findModel' | 'complete'>;
  readonly models: readonly ModelDescriptor[];
  readonly folders: Pick<AssetsFolder, 'ensureWritable'>;
  readonly places: Pick<ImagePlaces, 'find'>;
  readonly placeholders: Pick<Placeholders, 'draw'>;
}

/** What the image would be asked for with. */
interface Planned {
  readonly size: ImageSize;
  /** Without the prompt. */
  readonly request: ImageRequest;
}

/**
 * Draws a picture that holds the place of an image and links it as the image would be: the selected text is its prompt,
 * else it is asked for. Nothing is sent, and no key is needed. With `{document, offset}`, it goes where the link at that
 * place looks for it.
 */
export async function insertPlaceholder(
  options: InsertPlaceholderOptions,
  argument?: unknown,
): Promise<void> {
  if (isLinkArgument(argument)) return fillLink(options, argument);
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Open the document that the image belongs to, place the cursor, and insert again.',
      ),
    );
    return;
  }
  const selected = editor.document.getText(editor.selection).trim();
  const point = captureInsertionPoint(editor, selected ? 'belowSelection' : 'cursor');
  try {
    const planned = plan(options);
    const prompt = selected || (await askPlaceholderPrompt(planned.size, ''));
    const uri = prompt && (await writeAnew(options, point.document, prompt, planned));
    if (uri) await link(point, uri, prompt);
  } finally {
    point.dispose();
  }
}

async function fillLink(options: InsertPlaceholderOptions, argument: unknown): Promise<void> {
  const wanted = await findWanted(argument);
  if (!wanted) return askForLink();
  const { item, point } = wanted;
  try {
    const planned = plan(options);
    const prompt = await askPlaceholderPrompt(planned.size, item.prompt);
    if (!prompt) return;
    const { file } = item;
    const written = file
      ? await write(options, vscode.Uri.parse(file.folder, true), file.base, prompt, planned)
      : await writeAnew(options, point.document, prompt, planned);
    // A placeholder is a PNG: beside the file where the link names another kind.
    if (written) await link(point, written, prompt);
  } finally {
    point.dispose();
  }
}

/** Where a new image of the document goes; undefined when a question was cancelled. */
async function writeAnew(
  options: InsertPlaceholderOptions,
  document: vscode.TextDocument,
  prompt: string,
  planned: Planned,
): Promise<vscode.Uri | undefined> {
  const request = { ...planned.request, prompt };
  const place = await options.places.find(request, { document: fileUriOf(document), ask: true });
  if (!place) return undefined;
  const base = place.file?.base ?? fileNameFromPrompt(prompt);
  return write(options, place.folder, base, prompt, planned);
}

async function write(
  { folders, placeholders }: InsertPlaceholderOptions,
  folder: vscode.Uri,
  base: string,
  prompt: string,
  { size, request }: Planned,
): Promise<vscode.Uri> {
  await folders.ensureWritable(folder);
  return writeNewFile(folder, base, 'png', await placeholders.draw({ ...request, prompt }, size));
}

async function link(point: InsertionPoint, uri: vscode.Uri, altText: string): Promise<void> {
  if ((await insertLinks(point, [{ uri, altText }])) === 'inserted') return;
  await vscode.window.showWarningMessage(
    vscode.l10n.t('The image is saved, but it could not be linked here.'),
  );
}

/** With the model and the size that a prompt alone would be sent with now. */
function plan(options: InsertPlaceholderOptions): Planned {
  const { requests } = options;
  const { modelId } = textModel(options);
  const model = requests.findModel(modelId);
  if (!model) {
    const size = { width: 1024, height: 1024 };
    return { size, request: { modelId, prompt: '', size, count: 1 } };
  }
  const request = requests.complete({ prompt: '', modelId }, true);
  return { size: placeholderSize(model, request), request };
}

/** Undefined when the box was left, or nothing was typed. */
async function askPlaceholderPrompt(size: ImageSize, value: string): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title: `${vscode.l10n.t('Placeholder Image')} · ${formatSize(size)}`,
    prompt: vscode.l10n.t(
      'Describe the image. The placeholder costs nothing; Fill Missing Images makes the real one later.',
    ),
    placeHolder: vscode.l10n.t('A red fox in the snow, watercolor'),
    value,
    ignoreFocusOut: true,
  });
  return answer?.trim() || undefined;
}
