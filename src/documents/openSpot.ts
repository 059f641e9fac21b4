import * as vscode from 'vscode';
import type { LinkSpot } from '../generation/generationJob';
import { InsertionPoint, isInTab } from './insertionPoint';
import { findSpot } from './linkSpot';
import { locateText } from './replacedText';

/**
 * The place of a spot in a document that has a tab, which is loaded if VS Code has not done so yet, and not shown.
 * Undefined for a document that has none, and where the text around the spot is gone.
 */
export async function followSpot(spot: LinkSpot): Promise<InsertionPoint | undefined> {
  const uri = vscode.Uri.parse(spot.document, true);
  const notebook = notebookFile(uri);
  if (!isInTab(notebook ?? uri)) return undefined;
  try {
    const documents = notebook
      ? cellsOf(await vscode.workspace.openNotebookDocument(notebook), uri)
      : [await vscode.workspace.openTextDocument(uri)];
    return pointIn(documents, spot, false);
  } catch {
    // Deleted meanwhile, or no text.
    return undefined;
  }
}

/**
 * Opens the document of a spot for the person, and finds the spot or else takes the cursor's place. Undefined where it
 * cannot be opened any more.
 */
export async function showSpot(spot: LinkSpot): Promise<InsertionPoint | undefined> {
  const uri = vscode.Uri.parse(spot.document, true);
  // VS Code would make a new one of that name.
  if (uri.scheme === 'untitled' && !isInTab(uri)) return undefined;
  const notebook = notebookFile(uri);
  try {
    if (notebook) {
      const opened = await vscode.workspace.openNotebookDocument(notebook);
      await vscode.window.showNotebookDocument(opened);
      return pointIn(cellsOf(opened, uri), spot, true);
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const cursor = editor.selection.active;
    return pointIn([document], spot, true) ?? new InsertionPoint(document, cursor, 'cursor');
  } catch {
    return undefined;
  }
}

/** @param isAsked the person wants the link, also where they have taken the waiting text away */
function pointIn(
  documents: readonly vscode.TextDocument[],
  spot: LinkSpot,
  isAsked: boolean,
): InsertionPoint | undefined {
  const { place, replaces } = spot;
  for (const document of documents) {
    const waits = replaces && locateText(document.getText(), replaces.text, spot.offset);
    if (waits !== undefined) {
      return new InsertionPoint(document, document.positionAt(waits), place, replaces);
    }
  }
  // A link that is not there any more as it was does not get a second one beside it.
  if (replaces && !isAsked && (!replaces.waiting || replaces.waiting.wasRemoved)) return undefined;
  for (const document of documents) {
    const offset = findSpot(document, spot);
    if (offset === undefined) continue;
    return new InsertionPoint(document, document.positionAt(offset), place);
  }
  return undefined;
}

/** The notebook of a cell's URI, which has the path of the file; the open one knows the rest of its URI. */
function notebookFile(uri: vscode.Uri): vscode.Uri | undefined {
  if (uri.scheme !== 'vscode-notebook-cell') return undefined;
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  for (const { input } of tabs) {
    if (input instanceof vscode.TabInputNotebook && input.uri.path === uri.path) return input.uri;
  }
  return uri.with({ scheme: 'file', fragment: '' });
}

/** The cell of that URI first; a reload may have given the cells other ones. */
function cellsOf(notebook: vscode.NotebookDocument, uri: vscode.Uri): vscode.TextDocument[] {
  const isFirst = (document: vscode.TextDocument): number =>
    document.uri.toString() === uri.toString() ? 0 : 1;
  return notebook
    .getCells()
    .map(({ document }) => document)
    .sort((a, b) => isFirst(a) - isFirst(b));
}
