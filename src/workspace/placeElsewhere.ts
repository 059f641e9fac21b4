import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { DownloadedImage } from '../imageModel/imageModel';
import { readImageHeader } from '../util/imageHeader';
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
        await rm(file, { force: true });
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
export async function wasPlacedElsewhere(
  { file, byteLength, size }: DownloadedImage,
  uri: vscode.Uri,
): Promise<boolean> {
  const files = vscode.workspace.fs;
  const there = await files.readFile(uri).then(Buffer.from, () => undefined);
  if (there?.length !== byteLength) return false;
  const here = await readFile(file).catch(() => undefined);
  const found = readImageHeader(there)?.size;
  const isImage =
    here?.equals(there) ?? (found?.width === size.width && found.height === size.height);
  if (!isImage) return false;
  await rm(file, { force: true });
  const temporary = temporaryUri(file, vscode.Uri.joinPath(uri, '..'));
  await files.delete(temporary).then(undefined, () => {});
  return true;
}

async function renameToNew(from: vscode.Uri, to: vscode.Uri): Promise<boolean> {
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
