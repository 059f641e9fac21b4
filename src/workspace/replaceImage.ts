import { chmod, realpath, rename, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { whenFree } from '../journal/atomicFile';

/**
 * Writes an image anew, whole or not at all; behind a symbolic link it is the file itself, and who may read it stays.
 * @throws the file system's error, with the image as it was
 */
export async function replaceImage(named: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const isHere = named.scheme === 'file';
  const image = isHere ? vscode.Uri.file(await realpath(named.fsPath)) : named;
  const folder = vscode.Uri.joinPath(image, '..');
  const temporary = vscode.Uri.joinPath(folder, `.easel-${crypto.randomUUID()}.tmp`);
  try {
    await fs.writeFile(temporary, bytes);
    if (isHere) {
      await chmod(temporary.fsPath, (await stat(image.fsPath)).mode);
      // VS Code's own takes the old file away first; a crash at that moment would lose the image.
      await whenFree(() => rename(temporary.fsPath, image.fsPath));
    } else await fs.rename(temporary, image, { overwrite: true });
  } catch (error) {
    // The reason counts, not whether the rest of it could be cleared away.
    await fs.delete(temporary).then(undefined, () => {});
    throw error;
  }
}
