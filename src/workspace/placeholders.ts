import * as vscode from 'vscode';
import type { ImageRequest, ImageSize } from '../imageModel/imageModel';
import { type BitmapFont, readFont } from '../placeholder/bitmapFont';
import { placeholderImage } from '../placeholder/placeholderImage';
import { readRecipe } from '../recipe/imageRecipe';
import { readHead } from './readHead';

/** More than a placeholder has, so that its recipe is in it wherever it lies. */
const headLength = 128 * 1024;

/** Draws pictures that hold the place of images that are not made yet: nothing is sent and nothing is paid for. */
export class Placeholders {
  #font: Promise<BitmapFont> | undefined;

  /** @param extensionUri where Easel's own files are */
  constructor(private readonly extensionUri: vscode.Uri) {}

  /** @param request what the image would be made with, where that is known */
  async draw(prompt: string, size: ImageSize, request?: ImageRequest): Promise<Uint8Array> {
    this.#font ??= this.#readFont();
    const font = await this.#font;
    const recipe = {
      ...({ source: 'easel', prompt, isPlaceholder: true, madeAt: Date.now() } as const),
      ...(request && { model: request.modelId, request: { ...request, prompt, size, count: 1 } }),
    };
    return placeholderImage({ size, label: prompt, recipe, font });
  }

  async #readFont(): Promise<BitmapFont> {
    const file = vscode.Uri.joinPath(this.extensionUri, 'media', 'placeholderFont.bin');
    return readFont(await vscode.workspace.fs.readFile(file));
  }
}

/** Whether a file only holds the place of an image; false for what cannot be read. */
export async function isPlaceholderFile(uri: vscode.Uri): Promise<boolean> {
  if (!/\.(?:png|jpe?g|webp)$/i.test(uri.path)) return false;
  try {
    return readRecipe(await readHead(uri, headLength))?.isPlaceholder === true;
  } catch {
    return false;
  }
}
