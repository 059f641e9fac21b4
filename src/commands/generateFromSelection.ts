import * as vscode from 'vscode';
import { captureInsertionPoint, type InsertionPoint } from '../documents/linkInserter';
import type { JobStarter } from '../workspace/jobStarter';
import type { JobFollower } from './jobFollower';

/** More jobs than this at once are confirmed first: each is paid for. */
const askAbove = 4;

/** Makes each selected text an image, linked below its selection. */
export async function generateFromSelection(
  starter: JobStarter,
  follower: JobFollower,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selections = editor?.selections.filter(
    (selection) => editor.document.getText(selection).trim() !== '',
  );
  if (!editor || !selections?.length) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Select the text that describes the image, then run this again.'),
    );
    return;
  }
  if (selections.length > askAbove && !(await confirmMany(selections.length))) return;
  const inputs = selections.map((selection) => ({
    prompt: editor.document.getText(selection).trim(),
    point: captureInsertionPoint(editor, 'belowSelection', selection),
  }));
  const place = { document: editor.document.uri, ask: true };
  const following: Promise<void>[] = [];
  const unused = new Set<InsertionPoint>(inputs.map(({ point }) => point));
  try {
    // One after the other, so that a question is asked once.
    for (const { prompt, point } of inputs) {
      const job = await starter.start({ prompt }, place);
      if (!job) break;
      unused.delete(point);
      following.push(follower.follow(job, point));
    }
  } finally {
    for (const point of unused) point.dispose();
    await Promise.all(following);
  }
}

async function confirmMany(count: number): Promise<boolean> {
  const generate = vscode.l10n.t('Generate');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Generate {0} images, one for each selection?', count),
    { modal: true, detail: vscode.l10n.t('Each image is billed.') },
    generate,
  );
  return answer === generate;
}
