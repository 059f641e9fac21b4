import * as vscode from 'vscode';

/** Writes an image anew, whole or not at all. @throws the file system's error, with the image as it was */
export async function replaceImage(image: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(image, '..');
  const temporary = vscode.Uri.joinPath(folder, `.easel-${crypto.randomUUID()}.tmp`);
  try {
    await fs.writeFile(temporary, bytes);
    await fs.rename(temporary, image, { overwrite: true });
  } catch (error) {
    // The reason counts, not whether the rest of it could be cleared away.
    await fs.delete(temporary).then(undefined, () => {});
    throw error;
  }
}
