import * as vscode from 'vscode';
import type { ImageSink, SavedFile, SaveTarget } from '../generation/imageSink';
import { ImageGenerationError } from '../imageModel/errors';
import type { GeneratedImage, ImageMediaType } from '../imageModel/imageModel';
import type { Logger } from '../util/logger';
import { fileNameFromPrompt, nextFreeName } from './fileName';

const extensions: Readonly<Record<ImageMediaType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/** Writes images through `workspace.fs`: whole or not at all, under a name that was free, never over a file. */
export class ImageStore implements ImageSink {
  /** One write at a time in a folder, so that two images of a batch do not take the same name. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(
    /** Easel's own folder for images that could not be written where they belong. */
    private readonly keptFolder: vscode.Uri,
    private readonly logger: Logger,
  ) {}

  async save(image: GeneratedImage, target: SaveTarget): Promise<SavedFile> {
    const folder = vscode.Uri.parse(target.folder, true);
    try {
      return { uri: `${await this.#write(image, folder, target.prompt)}` };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // Not the reason itself: it may hold the file's name, and that is the prompt.
      this.logger.warn(`An image could not be written to ${folder} and is kept aside.`);
      return this.#keep(image, target.prompt, reason);
    }
  }

  async #keep(image: GeneratedImage, prompt: string, reason: string): Promise<SavedFile> {
    try {
      const uri = await this.#write(image, this.keptFolder, prompt);
      return { uri: `${uri}`, keptBecause: reason };
    } catch (cause) {
      throw new ImageGenerationError('storage', `The image could not be written: ${reason}`, {
        code: 'NotWritten',
        retryable: true,
        billed: 'yes',
        cause,
      });
    }
  }

  #write(image: GeneratedImage, folder: vscode.Uri, prompt: string): Promise<vscode.Uri> {
    const key = folder.toString();
    const before = this.#queues.get(key) ?? Promise.resolve();
    const write = before.catch(() => {}).then(() => writeNew(image, folder, prompt));
    this.#queues.set(key, write);
    return write;
  }
}

async function writeNew(
  image: GeneratedImage,
  folder: vscode.Uri,
  prompt: string,
): Promise<vscode.Uri> {
  const files = vscode.workspace.fs;
  await files.createDirectory(folder);
  const temporary = vscode.Uri.joinPath(folder, `.easel-${crypto.randomUUID()}.tmp`);
  try {
    await files.writeFile(temporary, image.bytes);
    return await renameToFreeName(temporary, folder, image.mediaType, prompt);
  } catch (error) {
    // The reason counts, not whether the rest of it could be cleared away.
    await files.delete(temporary).then(undefined, () => {});
    throw error;
  }
}

async function renameToFreeName(
  temporary: vscode.Uri,
  folder: vscode.Uri,
  mediaType: ImageMediaType,
  prompt: string,
): Promise<vscode.Uri> {
  const files = vscode.workspace.fs;
  const base = fileNameFromPrompt(prompt);
  const names = (await files.readDirectory(folder)).map(([name]) => name.toLowerCase());
  const taken = new Set(names);
  const isTaken = (name: string): boolean => taken.has(name.toLowerCase());
  for (;;) {
    const name = nextFreeName(base, extensions[mediaType], isTaken);
    const uri = vscode.Uri.joinPath(folder, name);
    try {
      await files.rename(temporary, uri, { overwrite: false });
      return uri;
    } catch (error) {
      const isTakenNow = error instanceof vscode.FileSystemError && error.code === 'FileExists';
      if (!isTakenNow) throw error;
      // By somebody else since the folder was read, or by a name that the file system holds for the same.
      taken.add(name.toLowerCase());
    }
  }
}
