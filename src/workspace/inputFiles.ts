import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import { type InputImage, isWebImage } from '../imageModel/inputImage';
import { inspectImage } from '../util/inspectImage';

/** Above what any model takes, so that nobody waits for a film to be read. */
const maxBytes = 32 * 1024 * 1024;
const maxImages = 20;

/** Reads the files that go into a request, in whatever file system the workspace has. */
export class InputFiles {
  /** The image with the facts of its file as it is now; one in the web stays as it is. @throws as `read` does */
  async inspect({ uri }: InputImage): Promise<InputImage> {
    return isWebImage({ uri }) ? { uri } : { uri, ...inspectImage(await this.read(uri)) };
  }

  /** The same for each; beyond what any model takes, none is read any more. */
  inspectAll(images: readonly InputImage[]): Promise<readonly InputImage[]> {
    return Promise.all(
      images.map((image, position) => (position < maxImages ? this.inspect(image) : image)),
    );
  }

  /** @throws ImageGenerationError of kind `invalidRequest`, code `InputNotReadable` or `InputTooLarge` */
  async read(uri: string): Promise<Uint8Array> {
    const file = vscode.Uri.parse(uri, true);
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > maxBytes) throw tooLarge(size);
      return await vscode.workspace.fs.readFile(file);
    } catch (cause) {
      if (cause instanceof ImageGenerationError) throw cause;
      const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
      throw new ImageGenerationError('invalidRequest', name, { code: 'InputNotReadable', cause });
    }
  }
}

function tooLarge(size: number): ImageGenerationError {
  const message = `An input image has ${size} bytes; make it smaller, or give it by a web address.`;
  return new ImageGenerationError('invalidRequest', message, { code: 'InputTooLarge' });
}
