import * as vscode from 'vscode';

/** Long enough for anybody to change their mind. */
const maxDocuments = 50;

/** The waiting texts that links have taken the place of, by document. */
const replaced = new Map<vscode.TextDocument, Set<string>>();
let subscriptions: readonly vscode.Disposable[] | undefined;

/**
 * Makes one step of undo of a waiting text and the link that came for it. Moving the cursor has parted them, and a
 * comment that waits for nothing must not come back; the same for redo.
 */
export function undoTogether(document: vscode.TextDocument, waitingText: string): void {
  subscriptions ??= [
    vscode.workspace.onDidChangeTextDocument(goOn),
    vscode.workspace.onDidCloseTextDocument((closed) => replaced.delete(closed)),
  ];
  const texts = replaced.get(document) ?? new Set();
  replaced.delete(document);
  replaced.set(document, texts.add(waitingText));
  const [oldest] = replaced.keys();
  if (oldest && replaced.size > maxDocuments) replaced.delete(oldest);
}

/** Ends the watching; for when Easel is. */
export function stopUndoingTogether(): void {
  for (const subscription of subscriptions ?? []) subscription.dispose();
  subscriptions = undefined;
  replaced.clear();
}

function goOn({ document, reason, contentChanges }: vscode.TextDocumentChangeEvent): void {
  const texts = replaced.get(document);
  if (!texts || reason === undefined || contentChanges.length === 0) return;
  if (vscode.window.activeTextEditor?.document !== document) return;
  const text = document.getText();
  // One that stands elsewhere, such as in a copied line, is not this step's.
  if (![...texts].some((waiting) => isBroughtBy(contentChanges, text, waiting))) return;
  const command = reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
  vscode.commands.executeCommand(command).then(undefined, () => {});
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
