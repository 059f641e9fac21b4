import * as vscode from 'vscode';
import { estimateCost } from '../cost/estimate';
import { captureInsertionPoint, fileUriOf, type InsertionPoint } from '../documents/insertionPoint';
import { spotOf } from '../documents/linkSpot';
import { checkRequest, type RequestIssue } from '../imageModel/requestRules';
import { textModel } from '../settings/textModel';
import { askAbove, confirmCost } from '../ui/confirmCost';
import { issueText } from '../ui/issueText';
import { documentBase } from '../workspace/documentBase';
import type { GenerateImageOptions } from './generateImage';

/** A selected text, and the place below it. */
interface SelectedPrompt {
  readonly prompt: string;
  readonly point: InsertionPoint;
}

/** Makes each selected text an image, linked below its selection. */
export async function generateFromSelection(options: GenerateImageOptions): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor ? selectedPrompts(editor) : [];
  if (!editor || selected.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Select the text that describes the image, then run this again.'),
    );
    return;
  }
  const following: Promise<void>[] = [];
  const unused = new Set(selected.map(({ point }) => point));
  try {
    const document = fileUriOf(editor.document);
    if (!(await isConfirmed(options, selected))) return;
    // One after the other, so that a question is asked once: where there is none, each goes where it belongs.
    const hasPlace = documentBase(document) !== undefined;
    let folder: vscode.Uri | undefined;
    for (const { prompt, point } of selected) {
      const job = await options.starter.start(
        { prompt, ...textModel(options) },
        { document, folder, link: spotOf(point, []), ask: true },
      );
      if (!job) break;
      if (!hasPlace) folder = vscode.Uri.parse(job.folder, true);
      unused.delete(point);
      following.push(options.follower.follow(job, point));
    }
  } finally {
    for (const point of unused) point.dispose();
    await Promise.all(following);
  }
}

/** In the order of the document. */
function selectedPrompts(editor: vscode.TextEditor): SelectedPrompt[] {
  return [...editor.selections]
    .sort((a, b) => a.start.compareTo(b.start))
    .map((selection) => ({ selection, prompt: editor.document.getText(selection).trim() }))
    .filter(({ prompt }) => prompt !== '')
    .map(({ selection, prompt }) => ({
      prompt,
      point: captureInsertionPoint(editor, 'belowSelection', selection),
    }));
}

/** Asks before many images are bought, and before the service would cut a text that nobody saw in an input box. */
async function isConfirmed(
  options: GenerateImageOptions,
  selected: readonly SelectedPrompt[],
): Promise<boolean> {
  const { requests, prices, settings } = options;
  const example = requests.complete({ prompt: '', ...textModel(options) }, true);
  const images = selected.length * example.count;
  if (selected.length > 1 && images > askAbove) {
    const question = vscode.l10n.t(
      'Generate {0} images from {1} selections?',
      images,
      selected.length,
    );
    const model = requests.model(example.modelId);
    const price = prices.find(model.id, settings.regionId);
    const one = price && estimateCost(model, example, price);
    const all = one && { ...one, amount: one.amount * selected.length };
    if (!(await confirmCost(question, all))) return false;
  }
  const cut = selected.map(({ prompt }) => cutWarning(options, prompt)).find(Boolean);
  if (!cut) return true;
  const anyway = vscode.l10n.t('Generate Anyway');
  return (await vscode.window.showWarningMessage(issueText(cut), anyway)) === anyway;
}

function cutWarning(options: GenerateImageOptions, prompt: string): RequestIssue | undefined {
  const { requests, settings } = options;
  const request = requests.complete({ prompt, ...textModel(options) }, true);
  const issues = checkRequest(requests.model(request.modelId), request, settings.regionId);
  return issues.find(({ rule }) => rule === 'textCut');
}
