import { posix } from 'node:path';
import * as vscode from 'vscode';
import { nextFreeName } from './fileName';
import { isPlaceholderFile } from './placeholders';

/**
 * Takes the file from a place that a new image is to have: it goes to the trash. Where the disk has none, as on most
 * remote machines, a placeholder goes, and another image stays beside under the next free name.
 */
export async function makeWay(file: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  const isThere = await fs.stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  try {
    await fs.delete(file, { useTrash: true });
  } catch {
    await ((await isPlaceholderFile(file)) ? fs.delete(file) : moveBeside(file));
  }
}

async function moveBeside(file: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(file, '..');
  const name = posix.basename(file.path);
  const dot = name.lastIndexOf('.');
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const taken = new Set(entries.map(([each]) => each.toLowerCase()));
  const free = nextFreeName(name.slice(0, dot), name.slice(dot + 1), (each) =>
    taken.has(each.toLowerCase()),
  );
  await vscode.workspace.fs.rename(file, vscode.Uri.joinPath(folder, free), { overwrite: false });
}
