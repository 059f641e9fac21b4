import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { ImageSize } from '../imageModel/imageModel';
import { inspectImage } from '../util/inspectImage';
import { findGit, type GitApi, type GitCommit, type GitRepository } from './gitExtension';

/** Larger images are not compared. */
const maxBytes = 64 * 1024 * 1024;
/** Commits that are looked through for another version. */
const maxCommits = 50;
const maxKeptFiles = 20;

/** An image with an earlier version of it, which lies in a file of its own. */
export interface EarlierVersion {
  readonly kind: 'found';
  readonly file: vscode.Uri;
  readonly size: ImageSize;
  readonly commit: GitCommit;
  /** What HEAD has, not an older commit. */
  readonly isHead: boolean;
  /** Of the image as it is. */
  readonly currentSize: ImageSize;
}

/** Why there is nothing to compare an image with. */
export type NoVersion =
  | 'gitOff'
  | 'noRepository'
  | 'neverCommitted'
  | 'allEqual'
  | 'tooLarge'
  | 'noImage';

/** What was found of an image in git. */
export type VersionSearch = EarlierVersion | { readonly kind: NoVersion };

/** Finds earlier versions of images in git, and keeps the last of them as files that the page may show. */
export class GitVersions {
  /** Ours alone; made when the first version is written. */
  readonly folder: vscode.Uri;

  constructor(
    storage: vscode.Uri,
    private readonly git: () => Promise<GitApi | undefined> = findGit,
  ) {
    this.folder = vscode.Uri.joinPath(storage, 'versions');
  }

  /**
   * The version in HEAD if it differs from the file, else that of the newest earlier commit that does.
   * @throws what the file system throws for the image itself
   */
  async find(image: vscode.Uri): Promise<VersionSearch> {
    const { size } = await vscode.workspace.fs.stat(image);
    if (size > maxBytes) return { kind: 'tooLarge' };
    const git = await this.git();
    if (!git) return { kind: 'gitOff' };
    const repository = await openRepository(git, image);
    if (!repository) return { kind: 'noRepository' };
    const commits = await commitsOf(repository, image);
    if (commits.length === 0) return { kind: 'neverCommitted' };
    const current = await vscode.workspace.fs.readFile(image);
    const currentSize = inspectImage(current).size;
    if (!currentSize) return { kind: 'noImage' };
    return this.#firstOther(repository, { image, current, currentSize, commits });
  }

  async #firstOther(
    repository: GitRepository,
    { image, current, currentSize, commits }: Searched,
  ): Promise<VersionSearch> {
    let other: NoVersion = 'allEqual';
    for (const [index, commit] of commits.entries()) {
      const isHead = index === 0;
      const bytes = await readVersion(repository, isHead ? 'HEAD' : commit.hash, image);
      if (bytes === 'tooLarge') other = bytes;
      // Absent where the commit has deleted the file.
      if (!bytes || bytes === 'tooLarge' || Buffer.compare(bytes, current) === 0) continue;
      const { format, size } = inspectImage(bytes);
      // Such as a file that Git LFS stands in for.
      if (!format || !size) return { kind: 'noImage' };
      const file = await this.#keep(bytes, format);
      return { kind: 'found', file, size, commit, isHead, currentSize };
    }
    return { kind: other };
  }

  async #keep(bytes: Uint8Array, extension: string): Promise<vscode.Uri> {
    const { fs } = vscode.workspace;
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    const file = vscode.Uri.joinPath(this.folder, `${hash}.${extension}`);
    await fs.createDirectory(this.folder);
    // Also when it is there: its time says that it is in use.
    await fs.writeFile(file, bytes);
    await this.#removeOldest(file);
    return file;
  }

  /** Another window may do the same at this moment. */
  async #removeOldest(newest: vscode.Uri): Promise<void> {
    const { fs } = vscode.workspace;
    const names = await fs.readDirectory(this.folder);
    const files = await Promise.all(
      names
        .map(([name]) => vscode.Uri.joinPath(this.folder, name))
        .filter((uri) => uri.path !== newest.path)
        .map(async (uri) => ({ uri, mtime: await modifiedAt(uri) })),
    );
    const old = files.sort((a, b) => b.mtime - a.mtime).slice(maxKeptFiles - 1);
    await Promise.all(old.map(({ uri }) => fs.delete(uri).then(undefined, () => {})));
  }
}

interface Searched {
  readonly image: vscode.Uri;
  readonly current: Uint8Array;
  readonly currentSize: ImageSize;
  /** Newest first. */
  readonly commits: readonly GitCommit[];
}

async function openRepository(git: GitApi, image: vscode.Uri): Promise<GitRepository | null> {
  // Not the image itself: the extension runs Git there.
  return git.getRepository(image) ?? git.openRepository(vscode.Uri.joinPath(image, '..'));
}

/** None also before the first commit, for which the extension rejects. */
async function commitsOf(
  repository: GitRepository,
  image: vscode.Uri,
): Promise<readonly GitCommit[]> {
  const options = { path: image.fsPath, maxEntries: maxCommits };
  return repository.log(options).catch(() => []);
}

async function readVersion(
  repository: GitRepository,
  ref: string,
  image: vscode.Uri,
): Promise<Uint8Array | 'tooLarge' | undefined> {
  try {
    const { size } = await repository.getObjectDetails(ref, image.fsPath);
    return size > maxBytes ? 'tooLarge' : await repository.buffer(ref, image.fsPath);
  } catch {
    return undefined;
  }
}

async function modifiedAt(file: vscode.Uri): Promise<number> {
  const stat = vscode.workspace.fs.stat(file);
  return stat.then(
    ({ mtime }) => mtime,
    () => 0,
  );
}
