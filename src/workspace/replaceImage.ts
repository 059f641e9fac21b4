import { rename } from 'node:fs/promises';
import * as vscode from 'vscode';
import { whenFree } from '../journal/atomicFile';

/** Writes an image anew, whole or not at all. @throws the file system's error, with the image as it was */
export async function replaceImage(image: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(image, '..');
  const temporary = vscode.Uri.joinPath(folder, `.easel-${crypto.randomUUID()}.tmp`);
  try {
    await fs.writeFile(temporary, bytes);
    // VS Code's own takes the old file away first; a crash at that moment would lose the image.
    if (image.scheme === 'file') await whenFree(() => rename(temporary.fsPath, image.fsPath));
    else await fs.rename(temporary, image, { overwrite: true });
  } catch (error) {
    // The reason counts, not whether the rest of it could be cleared away.
    await fs.delete(temporary).then(undefined, () => {});
    throw error;
  }
}
