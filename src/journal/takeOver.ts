import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { JobTakenOver } from '../generation/jobJournal';
import { errorCode, isMissing } from '../util/fileErrors';
import { replaceFile } from './atomicFile';
import { readRecord, recordPath } from './recordFiles';
import { formatRecord, type StoredRecord, type Upgrades } from './recordSchema';
import { recordsFolder } from './recordsFolder';
import type { WindowMark } from './windowMark';

/** What a take-over works with. */
export interface TakeOverParts {
  /** Easel's own storage. */
  readonly folder: string;
  readonly mark: WindowMark;
  readonly now: () => number;
  readonly upgrades?: Upgrades | undefined;
}

/** After which a claim file without content was left behind by a crash, and is not just being made. */
const unfinishedMs = 60_000;

/**
 * Makes this window the owner of a record whose owner is dead; undefined where another window is faster.
 *
 * A claim file `<job>.<number>.claim` can be made by one window only. Who has made it writes the record under the new
 * number, and removes the claim file; at the last moment it looks at the record again, as it may have been taken over
 * since, or its owner may have come back and written it. After a crash at any point, the record is either as it was or belongs to the crashed window, and the next one goes on with a higher number:
 * a claim file of a dead window closes its own number, not the record.
 */
export async function takeOver(
  parts: TakeOverParts,
  seen: StoredRecord,
): Promise<StoredRecord | undefined> {
  const { folder, mark, upgrades } = parts;
  const { id } = seen.job;
  const seenText = formatRecord(seen);
  const beforeRename = async (): Promise<void> => {
    mark.throwIfClosed();
    const present = await readRecord(folder, id, upgrades);
    const isSame = present.kind === 'record' && formatRecord(present.record) === seenText;
    if (!isSame) throw new JobTakenOver(`Job ${id} goes on elsewhere.`);
  };
  const claim = await openClaim(parts, seen);
  if (claim === undefined) return undefined;
  try {
    const record = { ...seen, owner: mark.windowId, claim };
    const replacement = { windowId: mark.windowId, isDurable: true, beforeRename };
    await replaceFile(recordPath(folder, id), formatRecord(record), replacement);
    return record;
  } catch (error) {
    if (error instanceof JobTakenOver) return undefined;
    throw error;
  } finally {
    await rm(claimPath(folder, id, claim), { force: true }).catch(() => {});
  }
}

/** Makes the first claim file that no dead window has made; undefined where a living one has. */
async function openClaim(parts: TakeOverParts, seen: StoredRecord): Promise<number | undefined> {
  for (let claim = seen.claim + 1; ; claim += 1) {
    const file = claimPath(parts.folder, seen.job.id, claim);
    try {
      await writeFile(file, parts.mark.windowId, { flag: 'wx', mode: 0o600 });
      return claim;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    if (!(await isAbandoned(parts, file))) return undefined;
  }
}

/** Whether the window that made a claim file is dead; a file that is gone by now was not left behind. */
export async function isAbandoned({ mark, now }: TakeOverParts, file: string): Promise<boolean> {
  try {
    const windowId = await readFile(file, 'utf8');
    if (windowId !== '') return !(await mark.isAlive(windowId));
    const { mtimeMs } = await stat(file);
    return Math.abs(now() - mtimeMs) > unfinishedMs;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The job and the number of a claim file; undefined for any other file. */
export function parseClaim(name: string): { jobId: string; claim: number } | undefined {
  const [, jobId, claim] = /^([\w-]{1,100})\.(\d+)\.claim$/.exec(name) ?? [];
  return jobId && claim ? { jobId, claim: Number(claim) } : undefined;
}

function claimPath(folder: string, jobId: string, claim: number): string {
  return path.join(recordsFolder(folder), `${jobId}.${claim}.claim`);
}
