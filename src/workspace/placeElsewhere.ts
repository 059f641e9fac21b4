import { lstat, readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isMissing } from '../util/fileErrors';
import { type ImageHeader, readImageHeader } from '../util/imageHeader';
import { nextFreeName } from './fileName';
import type { Placement } from './placeFile';

/** As `placeFile`, in a folder that only VS Code can reach: remote, or not a file system at all. */
export async function placeElsewhere(
  { file, base, extension, onChosen }: Omit<Placement, 'folder'>,
  folder: vscode.Uri,
): Promise<string> {
  const files = vscode.workspace.fs;
  await files.createDirectory(folder);
  const taken = new Set((await files.readDirectory(folder)).map(([name]) => name.toLowerCase()));
  const temporary = temporaryUri(file, folder);
  try {
    await files.writeFile(temporary, await readFile(file));
    for (;;) {
      const name = nextFreeName(base, extension, (each) => taken.has(each.toLowerCase()));
      await onChosen(name);
      if (await renameToNew(temporary, vscode.Uri.joinPath(folder, name))) {
        await removeQuietly(file);
        return name;
      }
      taken.add(name.toLowerCase());
    }
  } catch (error) {
    // The reason counts, not whether the rest of it could be cleared away.
    await files.delete(temporary).then(undefined, () => {});
    throw error;
  }
}

/** As `wasPlaced`, in such a folder. */
export async function wasPlacedElsewhere(file: string, uri: vscode.Uri): Promise<boolean> {
  const there = await vscode.workspace.fs.readFile(uri);
  if (!(await readFile(file)).equals(there)) return false;
  await removeQuietly(file);
  await removeTemporary(file, uri);
  return true;
}

/** As `findPlaced`, in such a folder. */
export async function findPlacedElsewhere(
  file: string,
  uri: vscode.Uri,
): Promise<ImageHeader | undefined> {
  if (!(await isGone(file))) return undefined;
  const header = readImageHeader(await vscode.workspace.fs.readFile(uri));
  if (header) await removeTemporary(file, uri);
  return header;
}

async function isGone(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return false;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

/** The image is safe; what cannot be taken away is no reason to fail. */
async function removeQuietly(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => {});
}

async function removeTemporary(file: string, uri: vscode.Uri): Promise<void> {
  const temporary = temporaryUri(file, vscode.Uri.joinPath(uri, '..'));
  await vscode.workspace.fs.delete(temporary).then(undefined, () => {});
}

/** False where the name is taken. */
export async function renameToNew(from: vscode.Uri, to: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.rename(from, to, { overwrite: false });
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileExists') return false;
    throw error;
  }
}

/** The same each time, so that a crash leaves one at most. */
function temporaryUri(file: string, folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(folder, `.easel-${basename(file, '.part')}.tmp`);
}
