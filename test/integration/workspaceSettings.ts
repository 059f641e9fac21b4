import * as vscode from 'vscode';
import { workspaceRoot } from './workspaceFiles';

/**
 * Writes the settings file of the run's workspace, which may also hold settings of extensions that are not there, and
 * resolves when VS Code has read it. Every section must be named in full: `section.name`.
 */
export async function setWorkspaceSettings(settings: Record<string, unknown>): Promise<void> {
  const isRead = (): boolean =>
    watched.every((key) => {
      const value = vscode.workspace.getConfiguration().inspect(key)?.workspaceValue;
      return JSON.stringify(value) === JSON.stringify(settings[key]);
    });
  const read = new Promise<void>((resolve) => {
    const check = (): void => {
      if (!isRead()) return;
      subscription.dispose();
      resolve();
    };
    const subscription = vscode.workspace.onDidChangeConfiguration(check);
    queueMicrotask(check);
  });
  const text = new TextEncoder().encode(JSON.stringify(settings));
  const file = vscode.Uri.joinPath(workspaceRoot(), '.vscode/settings.json');
  await vscode.workspace.fs.writeFile(file, text);
  await read;
}

/** Those that any of the tests set. */
const watched = [
  'easel.assetsFolder',
  'easel.fileName',
  'markdown.copyFiles.destination',
  'pasteImage.path',
  'MarkdownPaste.path',
];
