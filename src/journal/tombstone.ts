import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../util/fileErrors';
import { whenFree } from './atomicFile';
import { recordsFolder } from './recordsFolder';

// `<jobId>.gone` says which window has brought a job to its end. Where its record is still there, and that window's own,
// nobody goes on with it; where the record is missing, no other window writes it again. It is left only where that may be
// asked: by a window that has taken the job over, and where a record cannot be removed.

/** Leaves the sign that a job has ended in a window. */
export function writeTombstone(storage: string, jobId: string, windowId: string): Promise<void> {
  return whenFree(() => writeFile(tombstonePath(storage, jobId), windowId, { mode: 0o600 }));
}

/** The window in which a job has ended; undefined where none has said so. */
export async function readTombstone(storage: string, jobId: string): Promise<string | undefined> {
  try {
    return await whenFree(() => readFile(tombstonePath(storage, jobId), 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The job goes on after all. */
export function clearTombstone(storage: string, jobId: string): Promise<void> {
  return whenFree(() => rm(tombstonePath(storage, jobId), { force: true }));
}

/** The job that a file of the folder is the tombstone of; undefined for any other file. */
export function entombedJob(name: string): string | undefined {
  return /^([\w-]{1,100})\.gone$/.exec(name)?.[1];
}

function tombstonePath(storage: string, jobId: string): string {
  return path.join(recordsFolder(storage), `${jobId}.gone`);
}
