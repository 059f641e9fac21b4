import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { JobFile } from '../generation/generationJob';
import type { ImageRequest } from '../imageModel/imageModel';
import { shownPrompt } from '../imageModel/shownPrompt';
import { copyDestinations } from '../settings/copyDestinations';
import type { Settings } from '../settings/settings';
import { pause } from '../util/abort';
import { type AssetsFolder, folderError } from './assetsFolder';
import { findCopyTemplate, resolveCopyTemplate } from './copyDestination';
import { documentBase } from './documentBase';
import { fileNameFromPrompt } from './fileName';
import { fileNameFromTemplate } from './fileNameTemplate';
import { FolderHint } from './folderHint';
import type { JobPlace } from './jobStarter';

/** Where a job's images go; `file` is absent where the prompt alone names them. */
export interface ImagePlace {
  readonly folder: vscode.Uri;
  readonly file?: JobFile | undefined;
}

/** What the places are found by. */
export interface ImagePlacesOptions {
  readonly settings: Pick<Settings, 'fileName' | 'hasOwnAssetsFolder'>;
  readonly folders: Pick<AssetsFolder, 'find'>;
  readonly hint: Pick<FolderHint, 'offer'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Decides where images go and what they are called: what the caller says, else the assets folder that somebody has set,
 * else where VS Code puts files that are pasted into the document, else the assets folder's default.
 */
export class ImagePlaces {
  readonly #options: ImagePlacesOptions;

  constructor(options: ImagePlacesOptions) {
    this.#options = options;
  }

  /**
   * Asks what there is to ask, unless the place forbids it.
   * @returns undefined when the person cancelled a question.
   * @throws ImageGenerationError of kind `storage`
   */
  async find(request: ImageRequest, place: JobPlace): Promise<ImagePlace | undefined> {
    const { document, ask, file } = place;
    const prompt = shownPrompt(request);
    const name = file?.base ?? this.#name(request, prompt, document);
    const named = (base: string): JobFile | undefined => {
      if (file) return file;
      return base === fileNameFromPrompt(prompt) ? undefined : { base };
    };
    if (place.folder) return { folder: place.folder, file: named(name) };
    const template = this.#copyTemplate(document);
    if (ask && template === undefined) await this.#options.hint.offer(document);
    const base = documentBase(document);
    if (document && base && template !== undefined) {
      const now = new Date(this.#options.now());
      const paths = { document: document.path, workspaceFolder: base.path };
      const found = resolveCopyTemplate(template, paths, `${name}.png`, now);
      if (found.kind === 'refused') throw folderError(template, found.rule);
      return { folder: document.with({ path: found.folder }), file: named(found.base) };
    }
    const folder = await this.#options.folders.find(document, ask);
    return folder && { folder, file: named(name) };
  }

  /** Undefined also where an assets folder is set: that is said of Easel alone, and so of more weight. */
  #copyTemplate(document: vscode.Uri | undefined): string | undefined {
    if (!document || !documentBase(document)) return undefined;
    if (this.#options.settings.hasOwnAssetsFolder(document)) return undefined;
    const workspaceFolders = vscode.workspace.workspaceFolders ?? [];
    const paths = workspaceFolders.map(({ uri }) => uri.path);
    return findCopyTemplate(copyDestinations(document), document.path, paths);
  }

  #name(request: ImageRequest, prompt: string, document: vscode.Uri | undefined): string {
    const { modelId, seed } = request;
    return fileNameFromTemplate(this.#options.settings.fileName(document), {
      ...{ prompt, modelId, seed },
      documentBaseName: document && posix.basename(document.path, posix.extname(document.path)),
      now: new Date(this.#options.now()),
    });
  }
}

/** With the real clock; `state` is the workspace's. */
export function createImagePlaces(options: {
  readonly settings: Settings;
  readonly folders: AssetsFolder;
  readonly state: vscode.Memento;
  readonly notifier: { guard(promise: Promise<unknown>): void };
}): ImagePlaces {
  const { settings, folders, state, notifier } = options;
  const guard = (promise: Promise<unknown>): void => notifier.guard(promise);
  const hint = new FolderHint({ settings, state, pause, guard });
  return new ImagePlaces({ settings, folders, hint, now: Date.now });
}
