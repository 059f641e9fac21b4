import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../util/fileErrors';
import { whenFree } from './atomicFile';
import { maxRecordBytes, type ParsedRecord, parseRecord, type Upgrades } from './recordSchema';
import { recordsFolder } from './recordsFolder';

/** What is found where a record would be. */
export type RecordFile =
  | (ParsedRecord & {
      /** When it was last written, in milliseconds since the epoch. */
      readonly writtenAt: number;
    })
  | { readonly kind: 'missing' };

/** How many damaged records are kept for whoever wants to look into them. */
const maxDamaged = 10;

/** Where the record of a job lies. @throws for an id that would not stay in the folder */
export function recordPath(storage: string, jobId: string): string {
  if (!/^[\w-]{1,100}$/.test(jobId)) throw new Error(`${jobId} is no job id`);
  return path.join(recordsFolder(storage), `${jobId}.json`);
}

/** The job that a file of the folder is the record of; undefined for any other file. */
export function recordedJob(name: string): string | undefined {
  return /^([\w-]{1,100})\.json$/.exec(name)?.[1];
}

/** The names in a folder; none where there is no folder. */
export async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether a file is there. */
export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Reads a record. @throws where the disk fails; a file with the wrong content is only damaged */
export async function readRecord(
  storage: string,
  jobId: string,
  upgrades?: Upgrades,
): Promise<RecordFile> {
  try {
    const handle = await whenFree(() => open(recordPath(storage, jobId), 'r'));
    try {
      const { size, mtimeMs: writtenAt } = await handle.stat();
      if (size > maxRecordBytes) return { kind: 'damaged', reason: 'it is too large', writtenAt };
      const parsed = parseRecord(await handle.readFile('utf8'), upgrades);
      if (parsed.kind === 'record' && parsed.record.job.id !== jobId) {
        // A copy that somebody made; it must not become a second purchase.
        const { owner } = parsed.record;
        return { kind: 'damaged', reason: 'it names another job', owner, writtenAt };
      }
      return { ...parsed, writtenAt };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) return { kind: 'missing' };
    throw error;
  }
}

/** Takes a damaged record out of the way; the last few of them stay there under another name. */
export async function setAside(storage: string, jobId: string): Promise<void> {
  const folder = recordsFolder(storage);
  const file = recordPath(storage, jobId);
  await rename(file, `${file}.damaged`).catch((error) => {
    if (!isMissing(error)) throw error; // Another window was faster.
  });
  const damaged = (await listFolder(folder)).filter((name) => name.endsWith('.damaged'));
  if (damaged.length <= maxDamaged) return;
  const dated = await Promise.all(
    damaged.map(async (name) => {
      const { mtimeMs } = await stat(path.join(folder, name)).catch(() => ({ mtimeMs: 0 }));
      return { name, mtimeMs };
    }),
  );
  dated.sort((a, b) => b.mtimeMs - a.mtimeMs);
  for (const { name } of dated.slice(maxDamaged)) {
    await rm(path.join(folder, name), { force: true });
  }
}
