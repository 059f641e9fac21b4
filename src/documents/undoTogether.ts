import * as vscode from 'vscode';
import type { ReplacedText } from '../generation/generationJob';
import { removal } from './replacedText';
import { replaceText } from './replaceText';

/** Long enough for anybody to change their mind. */
const maxDocuments = 50;

/** A waiting text that a link has taken the place of. */
interface Taken {
  readonly replaces: ReplacedText;
  readonly isOneStep: boolean;
  /** At so many cursors, whose links came one after the other. */
  readonly count: number;
  wasRemoved: boolean;
}

/** By document and text. */
const taken = new Map<vscode.TextDocument, Map<string, Taken>>();
let subscriptions: readonly vscode.Disposable[] | undefined;

/**
 * Sees to it that no undo of a link brings back the text that has waited for it. Where nothing was typed in between, the
 * two are one step of undo and of redo, which moving the cursor has parted; else the text is taken away, and what was
 * typed stays.
 */
export function undoTogether(
  document: vscode.TextDocument,
  replaces: ReplacedText,
  isOneStep: boolean,
): void {
  subscriptions ??= [
    vscode.workspace.onDidChangeTextDocument(followUndo),
    vscode.workspace.onDidCloseTextDocument((closed) => taken.delete(closed)),
  ];
  const texts = taken.get(document) ?? new Map<string, Taken>();
  taken.delete(document);
  const before = texts.get(replaces.text);
  texts.set(replaces.text, {
    replaces,
    isOneStep: isOneStep && before?.isOneStep !== false,
    count: (before?.count ?? 0) + 1,
    wasRemoved: false,
  });
  taken.set(document, texts);
  const [oldest] = taken.keys();
  if (oldest && taken.size > maxDocuments) taken.delete(oldest);
}

/** Ends the watching; for when Easel is. */
export function stopUndoingTogether(): void {
  for (const subscription of subscriptions ?? []) subscription.dispose();
  subscriptions = undefined;
  taken.clear();
}

function followUndo({ document, reason, contentChanges }: vscode.TextDocumentChangeEvent): void {
  const texts = taken.get(document);
  if (!texts || reason === undefined || contentChanges.length === 0) return;
  if (vscode.window.activeTextEditor?.document !== document) return;
  const text = document.getText();
  // One that stands elsewhere, such as in a copied line, is not this step's.
  const back = [...texts.values()].find(({ replaces }) =>
    isBroughtBy(contentChanges, text, replaces.text),
  );
  if (!back) return;
  const isPart = text.split(back.replaces.text).length <= back.count;
  if (back.isOneStep || back.wasRemoved || isPart) {
    const command = reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
    vscode.commands.executeCommand(command).then(undefined, () => {});
  } else {
    // Undone itself, it goes the way of the text.
    back.wasRemoved = true;
    void remove(document, back.replaces);
  }
}

async function remove(document: vscode.TextDocument, replaces: ReplacedText): Promise<void> {
  const text = document.getText();
  const edits: vscode.TextEdit[] = [];
  for (let at = text.indexOf(replaces.text); at >= 0; at = text.indexOf(replaces.text, at + 1)) {
    const { start, end, text: original } = removal(text, at, replaces);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edits.push(vscode.TextEdit.replace(range, original));
  }
  await replaceText(document, edits, { before: true, after: true });
}

/** Whether one of the changes that led to a text has brought in a part of it, or completed it. */
function isBroughtBy(
  changes: readonly vscode.TextDocumentContentChangeEvent[],
  text: string,
  part: string,
): boolean {
  // Their offsets are those of the text before.
  const inOrder = [...changes].sort((a, b) => a.rangeOffset - b.rangeOffset);
  let shift = 0;
  return inOrder.some(({ rangeOffset, rangeLength, text: inserted }) => {
    const start = rangeOffset + shift;
    shift += inserted.length - rangeLength;
    const around = Math.max(0, part.length - 1);
    return text.slice(Math.max(0, start - around), start + inserted.length + around).includes(part);
  });
}
