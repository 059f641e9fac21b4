import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { FoundImage, ImageSink, SavedFile, SaveTarget } from '../generation/imageSink';
import { ImageGenerationError } from '../imageModel/errors';
import type { DownloadedImage, ImageMediaType } from '../imageModel/imageModel';
import { KeyedQueue } from '../util/keyedQueue';
import type { Logger } from '../util/logger';
import { fileNameFromPrompt } from './fileName';
import { makeWay } from './makeWay';
import { findPlacedElsewhere, placeElsewhere, wasPlacedElsewhere } from './placeElsewhere';
import { findPlaced, placeFile, wasPlaced } from './placeFile';

const extensions: Readonly<Record<ImageMediaType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/** The choice of a name could not be written down, so nothing may appear under it. */
class ChoiceRefused extends Error {}

/** Places downloaded images: whole or not at all, under a name that was free, never over a file. */
export class ImageStore implements ImageSink {
  /** One image at a time in a folder, so that two of a batch do not choose the same name. */
  readonly #queue = new KeyedQueue();

  constructor(
    /** Easel's own folder for images that could not be written where they belong; best on the disk of the downloads. */
    private readonly keptFolder: vscode.Uri,
    private readonly logger: Logger,
  ) {}

  async find(chosen: string, file: string): Promise<FoundImage | undefined> {
    try {
      const uri = vscode.Uri.parse(chosen, true);
      const header = await (uri.scheme === 'file'
        ? findPlaced(file, uri.fsPath)
        : findPlacedElsewhere(file, uri));
      return header && { ...this.#found(chosen), ...header };
    } catch {
      // What cannot be read cannot be told; it is fetched again then.
      return undefined;
    }
  }

  async save(image: DownloadedImage, target: SaveTarget): Promise<SavedFile> {
    const folder = vscode.Uri.parse(target.folder, true);
    try {
      const { chosen } = target;
      if (chosen !== undefined && (await this.#wasPlaced(image, chosen)))
        return this.#found(chosen);
      await expectBase(folder);
      return { uri: `${await this.#place(image, folder, target)}` };
    } catch (error) {
      if (error instanceof ChoiceRefused) throw error.cause;
      const reason = reasonOf(error);
      // Not the reason itself: it may hold the file's name, and that is the prompt.
      this.logger.warn(`An image could not be written to ${folder} and is kept aside.`);
      return this.#keep(image, target, reason);
    }
  }

  async #wasPlaced(image: DownloadedImage, chosen: string): Promise<boolean> {
    const uri = vscode.Uri.parse(chosen, true);
    try {
      return await (uri.scheme === 'file'
        ? wasPlaced(image, uri.fsPath)
        : wasPlacedElsewhere(image.file, uri));
    } catch {
      // What cannot be read cannot be told; a second file is better than none.
      return false;
    }
  }

  #found(chosen: string): SavedFile {
    const isKept = chosen.startsWith(`${this.keptFolder}/`);
    return {
      uri: chosen,
      ...(isKept && { keptBecause: 'Easel was interrupted after it had been kept aside' }),
    };
  }

  async #keep(image: DownloadedImage, target: SaveTarget, reason: string): Promise<SavedFile> {
    try {
      const uri = await this.#place(image, this.keptFolder, target);
      return { uri: `${uri}`, keptBecause: reason };
    } catch (error) {
      if (error instanceof ChoiceRefused) throw error.cause;
      throw new ImageGenerationError('storage', `The image could not be written: ${reason}`, {
        code: 'NotWritten',
        retryable: true,
        billed: 'yes',
        cause: error,
      });
    }
  }

  #place(image: DownloadedImage, folder: vscode.Uri, target: SaveTarget): Promise<vscode.Uri> {
    return this.#queue.run(`${folder}`, () => placeIn(folder, image, target));
  }
}

/**
 * A workspace that was moved or deleted meanwhile does not come back with one image in it; outside of a workspace, that
 * is the folder around the target.
 * @throws Error where it is gone
 */
async function expectBase(folder: vscode.Uri): Promise<void> {
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(folder);
  try {
    await vscode.workspace.fs.stat(workspaceFolder?.uri ?? vscode.Uri.joinPath(folder, '..'));
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    // Of anything else, the writing says more.
    if (!isGone) return;
    const base = workspaceFolder ? 'workspace folder' : 'folder around the chosen folder';
    throw new Error(`the ${base} is gone`, { cause: error });
  }
}

async function placeIn(
  folder: vscode.Uri,
  { file, mediaType }: DownloadedImage,
  { prompt, file: wanted, onChosen }: SaveTarget,
): Promise<vscode.Uri> {
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const base = wanted?.base ?? fileNameFromPrompt(prompt);
  const former = wanted?.replaces === undefined ? undefined : nameIn(folder, wanted.replaces);
  const kept = former && extensionFor(mediaType, former);
  if (former && kept) await makeWay(uriOf(former));
  const placement = {
    ...{ file, base, extension: kept ?? extensions[mediaType] },
    onChosen: async (name: string): Promise<void> => {
      try {
        await onChosen(`${uriOf(name)}`);
      } catch (cause) {
        throw new ChoiceRefused('The choice of a name was refused.', { cause });
      }
    },
  };
  return uriOf(
    await (folder.scheme === 'file'
      ? placeFile({ ...placement, folder: folder.fsPath })
      : placeElsewhere(placement, folder)),
  );
}

/** Undefined for a file that is not in the folder. */
function nameIn(folder: vscode.Uri, file: string): string | undefined {
  const uri = vscode.Uri.parse(file, true);
  const isInside =
    vscode.Uri.joinPath(uri, '..').toString() === vscode.Uri.joinPath(folder).toString();
  return isInside ? posix.basename(uri.path) : undefined;
}

/** As the name of an image has it; undefined where that is of another type. */
function extensionFor(mediaType: ImageMediaType, name: string): string | undefined {
  const own = posix.extname(name).slice(1);
  const usual = own.toLowerCase() === 'jpeg' ? 'jpg' : own.toLowerCase();
  return usual === extensions[mediaType] ? own : undefined;
}

/** Node puts the paths behind the first comma. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && 'syscall' in error ? message.replace(/, .*$/s, '') : message;
}
