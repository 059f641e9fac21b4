import * as vscode from 'vscode';

/** The workspace folder of a document; for a file outside any, its own folder. Undefined where there is neither. */
export function documentBase(document: vscode.Uri | undefined): vscode.Uri | undefined {
  if (!document || document.scheme === 'untitled') return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (folder) return folder;
  // Not beside user settings, git revisions, output and the like.
  return document.scheme === 'file' ? vscode.Uri.joinPath(document, '..') : undefined;
}
