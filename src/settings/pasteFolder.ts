import * as vscode from 'vscode';

/** Where another extension is told to save pasted images: undefined where nobody has said so, whatever its default. */
export function readPasteFolder(
  section: string,
  document: vscode.Uri | undefined,
): string | undefined {
  const found = vscode.workspace.getConfiguration(section, document ?? null).inspect('path');
  const { globalValue, workspaceValue, workspaceFolderValue } = found ?? {};
  const value = workspaceFolderValue ?? workspaceValue ?? globalValue;
  return typeof value === 'string' ? value : undefined;
}
