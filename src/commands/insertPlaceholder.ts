import * as vscode from 'vscode';
import {
  captureInsertionPoint,
  fileUriOf,
  type InsertionPoint,
  insertLinks,
} from '../documents/linkInserter';
import type { ImageRequest, ImageSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { placeholderSize } from '../placeholder/placeholderSize';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { textModel } from '../settings/textModel';
import type { AssetsFolder } from '../workspace/assetsFolder';
import { fileNameFromPrompt } from '../workspace/fileName';
import { writeNewFile } from '../workspace/newFile';
import type { Placeholders } from '../workspace/placeholders';

/** What the command is built from. */
export interface InsertPlaceholderOptions {
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: Pick<RequestDefaults, 'findModel' | 'complete'>;
  readonly models: readonly ModelDescriptor[];
  readonly folders: AssetsFolder;
  readonly placeholders: Placeholders;
}

/** What the image will be, as far as is known before it is made. */
interface Planned {
  readonly size: ImageSize;
  /** Undefined for a model that nothing is known of. */
  readonly request?: ImageRequest;
}

/**
 * Draws a picture that holds the place of an image and links it as the image would be: the selected text is its prompt,
 * else it is asked for. Nothing is sent, and no key is needed.
 */
export async function insertPlaceholder(options: InsertPlaceholderOptions): Promise<void> {
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
    if (prompt) await insertAt(options, point, prompt, planned);
  } finally {
    point.dispose();
  }
}

async function insertAt(
  { folders, placeholders }: InsertPlaceholderOptions,
  point: InsertionPoint,
  prompt: string,
  { size, request }: Planned,
): Promise<void> {
  const folder = await folders.find(fileUriOf(point.document), true);
  if (!folder) return;
  await folders.ensureWritable(folder);
  const bytes = await placeholders.draw(prompt, size, request);
  const uri = await writeNewFile(folder, fileNameFromPrompt(prompt), 'png', bytes);
  const outcome = await insertLinks(point, [{ uri, altText: prompt }]);
  if (outcome === 'inserted') return;
  await vscode.window.showWarningMessage(
    vscode.l10n.t('The link could not be inserted: the document cannot be edited.'),
  );
}

/** With the model and the size that a prompt alone would be sent with now. */
function plan(options: InsertPlaceholderOptions): Planned {
  const { requests } = options;
  const model = requests.findModel(textModel(options).modelId);
  if (!model) return { size: { width: 1024, height: 1024 } };
  const request = requests.complete({ prompt: '', modelId: model.id }, true);
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
