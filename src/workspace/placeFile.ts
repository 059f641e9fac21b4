import { constants } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DownloadedImage } from '../imageModel/imageModel';
import { errorCode, isMissing } from '../util/fileErrors';
import { inspectImageFile } from '../util/imageFile';
import type { ImageHeader } from '../util/imageHeader';
import { nextFreeName } from './fileName';

/** The part of Node's file system that places files; a test replaces some of it. */
export type PlacingFiles = Pick<
  typeof nodeFiles,
  'chmod' | 'copyFile' | 'link' | 'lstat' | 'mkdir' | 'open' | 'readdir' | 'rename' | 'rm'
>;

/** A file on its way into a folder. */
export interface Placement {
  /** Path of the file, which is on disk; it is gone when it has been placed, and still there when it could not be. */
  readonly file: string;
  /** Path of the folder; made if it is not there. */
  readonly folder: string;
  /** The name without its number and extension. */
  readonly base: string;
  /** Without a dot. */
  readonly extension: string;
  /** Awaited with each name that is tried, before a file appears under it. */
  readonly onChosen: (name: string) => Promise<void>;
}

/**
 * Moves a file into a folder under the first free name, whole or not at all, and never over another file: also not over
 * one that appears at the same moment, but for file systems that know neither hard links nor another way to say so.
 * @returns the name
 * @throws the file system's error, or what `onChosen` rejects with; no other file is left then
 */
export async function placeFile(
  { file, folder, base, extension, onChosen }: Placement,
  files: PlacingFiles = nodeFiles,
): Promise<string> {
  await files.mkdir(folder, { recursive: true });
  // Downloads are private; what is saved is an ordinary file. Where that cannot be said, it matters to nobody.
  await files.chmod(file, 0o666 & ~process.umask()).catch(() => {});
  const taken = new Set((await files.readdir(folder)).map((name) => name.toLowerCase()));
  const copy = copyName(file, folder);
  let source = file;
  const put = async (target: string): Promise<boolean> => {
    try {
      return await putNew(source, target, files);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV' || source === copy) throw error;
      source = copy;
      await copyToDisk(file, copy, files);
      return await putNew(source, target, files);
    }
  };
  try {
    for (;;) {
      const name = nextFreeName(base, extension, (each) => taken.has(each.toLowerCase()));
      await onChosen(name);
      if (await put(join(folder, name))) {
        await syncFolder(folder, files);
        await removeQuietly(file, files);
        return name;
      }
      // By somebody else since the folder was read, or by a name that the file system holds for the same.
      taken.add(name.toLowerCase());
    }
  } finally {
    if (source === copy) await removeQuietly(copy, files);
  }
}

/**
 * Whether an image lies at a path that an earlier try had chosen for it, and was cut off before it could take the file
 * away. That, and what else it left, is taken away then.
 */
export async function wasPlaced(
  { file, byteLength }: Pick<DownloadedImage, 'file' | 'byteLength'>,
  path: string,
  files: PlacingFiles = nodeFiles,
): Promise<boolean> {
  const there = await statOrNothing(path, files);
  if (!there?.isFile() || there.size !== byteLength) return false;
  if (!(await haveSameBytes(file, path))) return false;
  await removeQuietly(file, files);
  await removeQuietly(copyName(file, dirname(path)), files);
  return true;
}

/**
 * The image at a path that an earlier try had chosen for a file which is gone by now: undefined where that is not so, or
 * no whole image lies there. A copy that the try left is taken away.
 */
export async function findPlaced(
  file: string,
  path: string,
  files: PlacingFiles = nodeFiles,
): Promise<ImageHeader | undefined> {
  if (await statOrNothing(file, files)) return undefined;
  if (!(await statOrNothing(path, files))?.isFile()) return undefined;
  const found = await inspectImageFile(path);
  if (found.state !== 'whole') return undefined;
  await removeQuietly(copyName(file, dirname(path)), files);
  return found.header;
}

/**
 * Gives a file another name on its disk; false when that is taken. A hard link refuses by itself to go over a file;
 * where there are none (exFAT, some network drives), a look and a rename are all that Node offers, and a file that
 * appears between the two is lost.
 */
async function putNew(source: string, target: string, files: PlacingFiles): Promise<boolean> {
  try {
    await files.link(source, target);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return false;
    if (code === 'EXDEV') throw error;
  }
  // Each system has its own words for "no hard links"; if it was something else, the rename fails by it too.
  if (await statOrNothing(target, files)) return false;
  await files.rename(source, target);
  return true;
}

async function copyToDisk(file: string, copy: string, files: PlacingFiles): Promise<void> {
  await files.rm(copy, { force: true });
  await files.copyFile(file, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const handle = await files.open(copy, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Where a file lies on another disk before it gets its name; the same each time, so that a crash leaves one at most. */
function copyName(file: string, folder: string): string {
  return join(folder, `.easel-${basename(file, '.part')}.tmp`);
}

/** The image is safe; what cannot be taken away (a virus scanner may hold it) is no reason to fail. */
async function removeQuietly(path: string, files: PlacingFiles): Promise<void> {
  await files.rm(path, { force: true }).catch(() => {});
}

/**
 * Or a loss of power could take the new name and leave the file taken away. Windows has no such call, nor have some
 * network drives, and they do without.
 */
async function syncFolder(folder: string, files: PlacingFiles): Promise<void> {
  try {
    const handle = await files.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The image lies there.
  }
}

/** Does not follow a link: one that leads nowhere holds its name too. */
async function statOrNothing(path: string, files: PlacingFiles) {
  try {
    return await files.lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function haveSameBytes(one: string, other: string): Promise<boolean> {
  return (await nodeFiles.readFile(one)).equals(await nodeFiles.readFile(other));
}
