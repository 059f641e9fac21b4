import * as vscode from 'vscode';
import { altTextFromPrompt } from './altText';
import { type LinkFormat, linkFormatFor } from './linkFormats';
import { linkTarget } from './linkTarget';

/** Writes links to images as one document has them: by its language, its place and its project. */
export interface LinkWriter {
  readonly format: LinkFormat;
  /** The path, not encoded, by which a link at this place names the image. */
  target(position: vscode.Position, image: vscode.Uri): string;
  /** @param altText may be a whole prompt */
  link(position: vscode.Position, image: vscode.Uri, altText: string): string;
}

/** The writer of a document, which may have no file yet. */
export async function linkWriterFor(document: vscode.TextDocument): Promise<LinkWriter> {
  const format = linkFormatFor(document.languageId, document.fileName);
  const target = (position: vscode.Position, image: vscode.Uri): string => {
    const textBefore = document.getText(new vscode.Range(new vscode.Position(0, 0), position));
    return linkTarget(format, fileOf(document, image), textBefore, image);
  };
  const link = (position: vscode.Position, image: vscode.Uri, altText: string): string =>
    format.link(target(position, image), altTextFromPrompt(altText));
  return { format, target, link };
}

/** The file that a document's relative paths start from; an untitled one counts as lying in the image's workspace folder. */
function fileOf(document: vscode.TextDocument, image: vscode.Uri): vscode.Uri | undefined {
  const { isUntitled, uri } = notebookOf(document) ?? document;
  if (!isUntitled) return uri;
  const folder = vscode.workspace.getWorkspaceFolder(image);
  return folder && vscode.Uri.joinPath(folder.uri, 'untitled');
}

/** The notebook of a document that is one of its cells. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}
