import * as vscode from 'vscode';
import { ImageGenerationError } from '../imageModel/errors';
import type { Settings } from '../settings/settings';
import { documentBase } from './documentBase';
import {
  type FolderRule,
  type AssetsFolder as FoundFolder,
  resolveAssetsFolder,
  resolveFolderTemplate,
} from './savePath';

/** Finds the folder that images go to, before anything is paid for. */
export class AssetsFolder {
  /** Picked when no folder was open; kept for the session. */
  #picked: vscode.Uri | undefined;
  readonly #writable = new Set<string>();

  constructor(
    private readonly settings: Pick<Settings, 'assetsFolder'>,
    /** Milliseconds since the epoch. */
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * The assets folder for a document, else for the workspace. Asks where there is a choice, unless `ask` is false.
   * @returns undefined when the person cancelled the question.
   * @throws ImageGenerationError of kind `storage`: NoFolder, FolderOutside, FolderNotPortable, FolderVariable
   */
  async find(document: vscode.Uri | undefined, ask: boolean): Promise<vscode.Uri | undefined> {
    const own = documentBase(document);
    if (own) return this.#ofSetting(own, document);
    const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
    if (!first) {
      if (!ask) throw noFolderError();
      this.#picked ??= await pickFolder();
      return this.#picked;
    }
    const chosen = others.length > 0 && ask ? await pickWorkspaceFolder() : first;
    return chosen && this.#ofSetting(chosen.uri, undefined);
  }

  /** The assets folders of the workspace, but for those whose setting is refused. */
  all(): readonly vscode.Uri[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
      const resolved = this.#resolveSetting(uri, undefined);
      return resolved.kind === 'folder' ? [uri.with({ path: resolved.path })] : [];
    });
  }

  /**
   * A folder argument, relative to `base` and inside it.
   * @throws ImageGenerationError of kind `storage`: FolderOutside, FolderNotPortable
   */
  resolve(base: vscode.Uri, folder: string): vscode.Uri {
    return toUri(base, folder, resolveAssetsFolder(folder, base.path));
  }

  /** The workspace folder that a folder argument is relative to. @throws ImageGenerationError NoFolder */
  base(document: vscode.Uri | undefined): vscode.Uri {
    const base = documentBase(document) ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    if (!base) throw noFolderError();
    return base;
  }

  /**
   * Writes a probe, once a session for each folder, so that a read-only place is known before the image is paid for. A
   * folder that is not there yet is not made for that: the probe goes where it would be made.
   * @throws ImageGenerationError of kind `storage`: FolderReadOnly
   */
  async ensureWritable(folder: vscode.Uri): Promise<void> {
    const key = folder.toString();
    if (this.#writable.has(key)) return;
    try {
      await probe(await nearestFolder(folder));
    } catch (cause) {
      throw new ImageGenerationError(
        'storage',
        `The folder "${vscode.workspace.asRelativePath(folder)}" cannot be written to.`,
        { code: 'FolderReadOnly', cause },
      );
    }
    this.#writable.add(key);
  }

  #ofSetting(base: vscode.Uri, document: vscode.Uri | undefined): vscode.Uri {
    const setting = this.settings.assetsFolder(document ?? base);
    return toUri(base, setting, this.#resolveSetting(base, document));
  }

  #resolveSetting(base: vscode.Uri, document: vscode.Uri | undefined): FoundFolder {
    const paths = { document: document?.path, workspaceFolder: base.path };
    const now = new Date(this.now());
    return resolveFolderTemplate(this.settings.assetsFolder(document ?? base), paths, now);
  }
}

/** What is wrong with a folder that a setting or an argument names. */
export function folderError(folder: string, rule: FolderRule): ImageGenerationError {
  const codes: Partial<Record<FolderRule, string>> = {
    notPortable: 'FolderNotPortable',
    unknownVariable: 'FolderVariable',
  };
  return new ImageGenerationError('storage', `The folder "${folder}" is ${rule}.`, {
    code: codes[rule] ?? 'FolderOutside',
  });
}

function toUri(base: vscode.Uri, folder: string, found: FoundFolder): vscode.Uri {
  if (found.kind === 'refused') throw folderError(folder, found.rule);
  return base.with({ path: found.path });
}

async function probe(folder: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  if (fs.isWritableFileSystem(folder.scheme) === false) {
    throw vscode.FileSystemError.NoPermissions(folder);
  }
  const file = vscode.Uri.joinPath(folder, `.easel-${crypto.randomUUID()}.tmp`);
  await fs.writeFile(file, new Uint8Array());
  await fs.delete(file);
}

/** The folder itself, or the nearest one above it that is there. @throws when a file stands in the way */
async function nearestFolder(folder: vscode.Uri): Promise<vscode.Uri> {
  try {
    const { type } = await vscode.workspace.fs.stat(folder);
    if (type & vscode.FileType.Directory) return folder;
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    if (isMissing && folder.path !== '/') return nearestFolder(vscode.Uri.joinPath(folder, '..'));
    throw error;
  }
  throw vscode.FileSystemError.FileNotADirectory(folder);
}

async function pickWorkspaceFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  return vscode.window.showWorkspaceFolderPick({
    placeHolder: vscode.l10n.t('Which folder do the images go to?'),
  });
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Where should Easel save images?'),
      openLabel: vscode.l10n.t('Save Images Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return picked;
}

function noFolderError(): ImageGenerationError {
  return new ImageGenerationError('storage', 'No folder is open to save images in.', {
    code: 'NoFolder',
  });
}
