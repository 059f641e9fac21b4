import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '../util/abort';

/** How a file is replaced. */
export interface Replacement {
  /** Names the temporary file, so that another window can tell whose it is. */
  readonly windowId: string;
  /** The new content outlives a loss of power, not only the end of this process. */
  readonly isDurable: boolean;
}

let counter = 0;

/** Replaces or makes a file that only this user may read; whoever reads it sees the old content or the new, whole. */
export async function replaceFile(
  file: string,
  text: string,
  { windowId, isDurable }: Replacement,
): Promise<void> {
  counter += 1;
  const temporary = `${file}.${windowId}.${counter}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      // Or the new name could reach the disk before the bytes do.
      if (isDurable) await handle.datasync();
    } finally {
      await handle.close();
    }
    await whenFree(() => rename(temporary, file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  if (isDurable) await syncFolder(path.dirname(file));
}

/** The window that a temporary file belongs to; undefined for any other file. */
export function temporaryOwner(name: string): string | undefined {
  return /\.([\w-]+)\.\d+\.tmp$/.exec(name)?.[1];
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

/** Node's code of a file system error, such as `ENOENT`; empty for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the file or the folder is not there. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT';
}
