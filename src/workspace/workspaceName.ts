import * as vscode from 'vscode';

/** What tells a workspace apart from others; its storage does not, as a second window on it has another one. */
export function workspaceName(): string | undefined {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  if (workspaceFile) return workspaceFile.toString();
  return workspaceFolders?.map(({ uri }) => uri.toString()).join(' ');
}
