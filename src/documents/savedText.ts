import * as vscode from 'vscode';

/** By then VS Code has put a copy of unsaved text aside itself, which it does 1 to 2 s after an edit; in milliseconds. */
const backedUpMs = 5000;

/**
 * Calls back once an edit of a document survives a crash or is taken back: when it is saved, undone, closed for good, or
 * old enough for VS Code's own copy of unsaved text. Right after an edit, `isDirty` does not know of it yet.
 */
export function onceSafe(
  document: vscode.TextDocument,
  callback: () => void,
  waitMs = backedUpMs,
): void {
  const isOurs = (other: vscode.TextDocument): void => {
    if (other === document) end();
  };
  const subscriptions = [
    vscode.workspace.onDidSaveTextDocument(isOurs),
    vscode.workspace.onDidCloseTextDocument(isOurs),
  ];
  let timer = setTimeout(() => end(), waitMs);
  // VS Code waits for a pause, too.
  subscriptions.push(
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      // What was taken back is not to come again.
      if (event.reason === vscode.TextDocumentChangeReason.Undo) return end();
      clearTimeout(timer);
      timer = setTimeout(() => end(), waitMs);
    }),
  );
  const end = (): void => {
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.dispose();
    callback();
  };
}
