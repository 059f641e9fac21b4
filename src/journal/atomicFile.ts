import { link, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '../util/abort';
import { errorCode } from '../util/fileErrors';

/** How a file is written. */
export interface WriteOptions {
  /** Names the temporary file, so that another window can tell whose it is. */
  readonly windowId: string;
  /** The new content outlives a loss of power, not only the end of this process. */
  readonly isDurable: boolean;
}

/** How a file is replaced. */
export interface Replacement extends WriteOptions {
  /** Called at the last moment, when only the rename is left; what it throws leaves the file as it is. */
  readonly beforeRename?: () => Promise<void>;
}

let counter = 0;

/** Replaces or makes a file that only this user may read; whoever reads it sees the old content or the new, whole. */
export function replaceFile(file: string, text: string, options: Replacement): Promise<void> {
  return writeBeside(file, text, options, async (temporary) => {
    await options.beforeRename?.();
    await whenFree(() => rename(temporary, file));
  });
}

/** Makes a file unless there is one; of many who try at once, it is true for one. Whoever reads it sees it whole. */
export function createFile(file: string, text: string, options: WriteOptions): Promise<boolean> {
  return writeBeside(file, text, options, async (temporary) => {
    const isNew = await linkOrWrite(temporary, file, text, options).catch((error) => {
      if (errorCode(error) !== 'EEXIST') throw error;
      return false;
    });
    await rm(temporary, { force: true }).catch(() => {}); // It is swept some day.
    return isNew;
  });
}

/** The window that a temporary file belongs to; undefined for any other file. */
export function temporaryOwner(name: string): string | undefined {
  return /\.([\w-]+)\.\d+\.tmp$/.exec(name)?.[1];
}

/** Writes a temporary file, which is then to become the file. */
async function writeBeside<T>(
  file: string,
  text: string,
  { windowId, isDurable }: WriteOptions,
  become: (temporary: string) => Promise<T>,
): Promise<T> {
  counter += 1;
  const temporary = `${file}.${windowId}.${counter}.tmp`;
  let result: T;
  try {
    await writeNew(temporary, text, isDurable);
    result = await become(temporary);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  if (isDurable) await syncFolder(path.dirname(file));
  return result;
}

/** Some disks have no links. There, a crash at this moment may leave an empty file. */
async function linkOrWrite(
  temporary: string,
  file: string,
  text: string,
  { isDurable }: WriteOptions,
): Promise<true> {
  try {
    await link(temporary, file);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error;
    await writeNew(file, text, isDurable);
  }
  return true;
}

async function writeNew(file: string, text: string, isDurable: boolean): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    // Or a new name could reach the disk before the bytes do.
    if (isDurable) await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** The rename itself is safe only once the folder is written. Windows has no such call, and does without. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(errorCode(error))) throw error;
  }
}

const busyCodes = ['EPERM', 'EACCES', 'EBUSY'];
const busyPausesMs = [5, 10, 20, 40, 80];

/** Tries again for a moment: on Windows, a file that somebody has open can be neither replaced nor opened. */
export async function whenFree<T>(action: () => Promise<T>): Promise<T> {
  for (const ms of busyPausesMs) {
    try {
      return await action();
    } catch (error) {
      if (!busyCodes.includes(errorCode(error))) throw error;
      await pause(ms);
    }
  }
  return action();
}
