import * as vscode from 'vscode';
import { nextFreeName } from './fileName';
import { renameToNew } from './placeElsewhere';

/**
 * Writes a file into a folder, which is made if it is not there, under the first free name: whole or not at all, and
 * never over another file.
 * @param extension without a dot
 */
export async function writeNewFile(
  folder: vscode.Uri,
  base: string,
  extension: string,
  bytes: Uint8Array,
): Promise<vscode.Uri> {
  const files = vscode.workspace.fs;
  await files.createDirectory(folder);
  const taken = new Set((await files.readDirectory(folder)).map(([name]) => name.toLowerCase()));
  const temporary = vscode.Uri.joinPath(folder, `.easel-${crypto.randomUUID()}.tmp`);
  try {
    await files.writeFile(temporary, bytes);
    for (;;) {
      const name = nextFreeName(base, extension, (each) => taken.has(each.toLowerCase()));
      const file = vscode.Uri.joinPath(folder, name);
      if (await renameToNew(temporary, file)) return file;
      taken.add(name.toLowerCase());
    }
  } catch (error) {
    // The reason counts, not whether the rest of it could be cleared away.
    await files.delete(temporary).then(undefined, () => {});
    throw error;
  }
}
