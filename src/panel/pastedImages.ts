import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { maxPastedBytes } from '../shared/pastedBytes';
import { inspectImage } from '../util/inspectImage';

const maxKept = 50;

/** Keeps images that were pasted, or dropped from outside VS Code, as files: a request names its images by address. */
export class PastedImages {
  readonly folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(storage, 'inputs');
  }

  /** Writes the image under the hash of its bytes; undefined for what is no image, or too large for any model. */
  async keep(bytes: Uint8Array): Promise<vscode.Uri | undefined> {
    const { format } = inspectImage(bytes);
    if (!format || bytes.length > maxPastedBytes) return undefined;
    const hash = createHash('sha256').update(bytes).digest('hex');
    const file = vscode.Uri.joinPath(this.folder, `${hash}.${format}`);
    // Also where it is there already: it is among the newest now.
    await vscode.workspace.fs.writeFile(file, bytes);
    await this.#forgetOldest();
    return file;
  }

  async #forgetOldest(): Promise<void> {
    const { fs } = vscode.workspace;
    const names = (await fs.readDirectory(this.folder)).map(([name]) => name);
    if (names.length <= maxKept) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const uri = vscode.Uri.joinPath(this.folder, name);
        // Another window may have been quicker.
        return fs.stat(uri).then(
          ({ mtime }) => [{ uri, mtime }],
          () => [],
        );
      }),
    );
    const oldest = files.flat().sort((a, b) => b.mtime - a.mtime);
    await Promise.allSettled(oldest.slice(maxKept).map(({ uri }) => fs.delete(uri)));
  }
}
