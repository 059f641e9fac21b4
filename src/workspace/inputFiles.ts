import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import { type InputImage, isWebImage } from '../imageModel/inputImage';
import { inspectImage } from '../util/inspectImage';

/** Reads the files that go into a request, in whatever file system the workspace has. */
export class InputFiles {
  /** The image with the facts of its file as it is now; one in the web stays as it is. @throws as `read` does */
  async inspect({ uri }: InputImage): Promise<InputImage> {
    return isWebImage({ uri }) ? { uri } : { uri, ...inspectImage(await this.read(uri)) };
  }

  /** @throws ImageGenerationError of kind `invalidRequest`, code `InputNotReadable` */
  async read(uri: string): Promise<Uint8Array> {
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true));
    } catch (cause) {
      const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
      throw new ImageGenerationError('invalidRequest', name, { code: 'InputNotReadable', cause });
    }
  }
}
