import * as vscode from 'vscode';
import { notebookOf } from './linkWriter';

/** Where undo stops around an edit; before it with `typed` only if somebody has typed since Easel's last edit. */
export interface EditStops {
  readonly before: boolean | 'typed';
  readonly after: boolean;
}

/** The version that a document had after Easel's last edit. */
const ownVersions = new WeakMap<vscode.TextDocument, number>();

/** Whether nothing but Easel has changed the document since Easel's last edit. */
export function isUntouched(document: vscode.TextDocument): boolean {
  return ownVersions.get(document) === document.version;
}

/** Replaces texts, in one step; false where the document has changed meanwhile, or cannot be written to. */
export async function replaceText(
  document: vscode.TextDocument,
  edits: readonly vscode.TextEdit[],
  { before, after }: EditStops,
): Promise<boolean> {
  const stops = {
    undoStopBefore: before === 'typed' ? !isUntouched(document) : before,
    undoStopAfter: after,
  };
  const isApplied = await apply(document, edits, stops);
  if (isApplied) ownVersions.set(document, document.version);
  return isApplied;
}

type UndoStops = Parameters<vscode.TextEditor['edit']>[1];

async function apply(
  document: vscode.TextDocument,
  edits: readonly vscode.TextEdit[],
  stops: UndoStops,
): Promise<boolean> {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  // An editor knows what is read-only; a workspace edit writes even into a revision of git.
  if (editor) return editKeepingSelections(editor, edits, stops);
  const canWrite =
    document.isUntitled ||
    notebookOf(document) !== undefined ||
    vscode.workspace.fs.isWritableFileSystem(document.uri.scheme);
  if (!canWrite) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...edits]);
  return vscode.workspace.applyEdit(edit);
}

/** A selection that ends where text is inserted would grow over it; a bare cursor may move on. */
async function editKeepingSelections(
  editor: vscode.TextEditor,
  edits: readonly vscode.TextEdit[],
  stops: UndoStops,
): Promise<boolean> {
  const before = editor.selections;
  const [first, ...others] = edits;
  if (!first) return true;
  const { range } = first;
  // Whole lines are selected up to the start of the line after them.
  const nextLine = new vscode.Position(range.start.line + 1, 0);
  const isApplied = await editor.edit((builder) => {
    for (const edit of edits) builder.replace(edit.range, edit.newText);
  }, stops);
  const grows = ({ isEmpty, end }: vscode.Selection): boolean =>
    !isEmpty && (end.isEqual(range.start) || end.isEqual(nextLine));
  if (isApplied && others.length === 0 && before.some(grows)) {
    // What is before the insertion has not moved; the others have, and are right as they are.
    editor.selections = editor.selections.map((selection, index) => {
      const earlier = before[index];
      return earlier && grows(earlier) ? earlier : selection;
    });
  }
  return isApplied;
}
