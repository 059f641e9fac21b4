import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../util/fileErrors';
import { exists, listFolder, recordPath } from './recordFiles';

/** Longer than any download stands still before it is given up. */
const idleMs = 15 * 60 * 1000;

/**
 * Removes the parts of downloads that nobody will go on with: no record names their job, and nothing was written to them
 * for a quarter of an hour. A job that downloads has a record from before its first part until after its last, so a part
 * that another window is writing is left alone even where its download is slow.
 * @param downloads folder of the parts, each named `<jobId>-<position>.part`, with `.recipe` behind it for a moment
 * @param storage Easel's own storage, which has the records
 * @param now in milliseconds since the epoch
 */
export async function clearStrayParts(
  downloads: string,
  storage: string,
  now: number,
): Promise<void> {
  for (const name of await listFolder(downloads)) {
    const jobId = /^([\w-]{1,100})-\d+\.part(?:\.recipe)?$/.exec(name)?.[1];
    if (jobId === undefined) continue;
    const file = path.join(downloads, name);
    // In this order: a record that is written while this looks is found.
    if (!(await isIdle(file, now)) || (await exists(recordPath(storage, jobId)))) continue;
    await rm(file, { force: true });
  }
}

async function isIdle(file: string, now: number): Promise<boolean> {
  try {
    return now - (await stat(file)).mtimeMs > idleMs;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
