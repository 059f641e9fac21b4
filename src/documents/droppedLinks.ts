import * as vscode from 'vscode';
import { type InsertedPart, importEdits, linkEdit } from './linkInserter';
import { linkWriterFor } from './linkWriter';

/** Links as VS Code takes them from a paste or a drop. */
export interface DroppedLinks {
  /** Goes where the person points. */
  readonly insertText: string;
  /** What goes elsewhere, such as into a paragraph of its own below the line. */
  readonly additionalEdit?: vscode.WorkspaceEdit;
}

/** @param mayBeElsewhere false where the text has to go exactly there, as when it replaces a selection */
export async function droppedLinks(
  document: vscode.TextDocument,
  position: vscode.Position,
  images: readonly Exclude<InsertedPart, string>[],
  mayBeElsewhere = true,
): Promise<DroppedLinks> {
  const writer = await linkWriterFor(document);
  const place = { document, position, place: 'cursor' } as const;
  const change = linkEdit(place, images, writer);
  const imports = importEdits(place, images, writer);
  const isHere = change.range.isEmpty && change.range.start.isEqual(position);
  if (isHere) return withEdits(change.newText, document, imports);
  if (mayBeElsewhere) return withEdits('', document, [change, ...imports]);
  const links = images.map(({ uri, altText }) => writer.link(position, uri, altText));
  return withEdits(links.join(' '), document, imports);
}

function withEdits(
  insertText: string,
  { uri }: vscode.TextDocument,
  edits: vscode.TextEdit[],
): DroppedLinks {
  if (edits.length === 0) return { insertText };
  const additionalEdit = new vscode.WorkspaceEdit();
  additionalEdit.set(uri, edits);
  return { insertText, additionalEdit };
}
