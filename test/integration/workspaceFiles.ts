import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The root of the run's workspace, a copy that is thrown away. */
export function workspaceRoot(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the run has a workspace folder');
  return folder.uri;
}

/** Writes a file and opens it in an editor with the cursor at the mark `|`, which is taken out. */
export async function openWithCursor(name: string, marked: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(workspaceRoot(), name);
  const at = marked.indexOf('|');
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(marked.replace('|', '')));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const position = document.positionAt(at);
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

/** The names in a folder of the workspace; none if it is not there. */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    const uri = vscode.Uri.joinPath(workspaceRoot(), folder);
    return (await vscode.workspace.fs.readDirectory(uri)).map(([name]) => name).sort();
  } catch {
    return [];
  }
}

/** Closes all editors without saving and removes what the tests made. */
export async function cleanWorkspace(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const name of ['assets', 'pictures', 'draft']) {
    const uri = vscode.Uri.joinPath(workspaceRoot(), name);
    await vscode.workspace.fs.delete(uri, { recursive: true }).then(undefined, () => {});
  }
}

/** Saves, and resolves when everybody has been told. */
export async function saveDocument(document: vscode.TextDocument): Promise<void> {
  const saved = new Promise<void>((resolve) => {
    const subscription = vscode.workspace.onDidSaveTextDocument(() => {
      subscription.dispose();
      resolve();
    });
  });
  await document.save();
  await saved;
}
