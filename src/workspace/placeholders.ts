import * as vscode from 'vscode';
import type { ImageRequest, ImageSize } from '../imageModel/imageModel';
import { type BitmapFont, readFont } from '../placeholder/bitmapFont';
import { placeholderImage } from '../placeholder/placeholderImage';
import { requestRecipe } from '../recipe/requestRecipe';
import { fileRecipe } from './fileRecipe';

/** More than a placeholder's recipe takes: a plan looks at every image of its documents. */
const headBytes = 64 * 1024;

/** Draws pictures that hold the place of images that are not made yet: nothing is sent and nothing is paid for. */
export class Placeholders {
  #font: Promise<BitmapFont> | undefined;

  /** @param extensionUri where Easel's own files are */
  constructor(private readonly extensionUri: vscode.Uri) {}

  /** @param request what the image would be made with */
  async draw(request: ImageRequest, size: ImageSize): Promise<Uint8Array> {
    this.#font ??= this.#readFont();
    const font = await this.#font;
    const recipe = requestRecipe(
      { ...request, size, count: 1 },
      { isPlaceholder: true, madeAt: Date.now() },
    );
    return placeholderImage({ size, label: request.prompt, recipe, font });
  }

  async #readFont(): Promise<BitmapFont> {
    const file = vscode.Uri.joinPath(this.extensionUri, 'media', 'placeholderFont.bin');
    return readFont(await vscode.workspace.fs.readFile(file));
  }
}

/** Whether a file only holds the place of an image; false for what cannot be read. */
export async function isPlaceholderFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await fileRecipe(uri, headBytes))?.isPlaceholder === true;
  } catch {
    return false;
  }
}
