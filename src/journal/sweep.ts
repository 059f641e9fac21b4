import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../util/logger';
import { temporaryOwner } from './atomicFile';
import { exists, listFolder, readRecord, recordPath } from './recordFiles';
import { recordsFolder } from './recordsFolder';
import { tasksFolder } from './reservedTasks';
import { isAbandoned, parseClaim, type TakeOverParts } from './takeOver';
import { entombedJob } from './tombstone';

/** What is swept, and by whom. */
export interface SweepParts extends TakeOverParts {
  readonly logger: Logger;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Twice as long as the service remembers a task. */
const reservedMs = 2 * dayMs;

/**
 * Removes from Easel's own storage what nobody comes back to: temporary files and claim files of dead windows, tombstones
 * after a day, reservations of tasks after two. What cannot be removed is logged and left.
 */
export async function sweep(parts: SweepParts): Promise<void> {
  const jobs = recordsFolder(parts.folder);
  const tasks = tasksFolder(parts.folder);
  const limits = path.join(parts.folder, 'limits');
  await sweepFolder(parts, jobs, async (name, file) => {
    const claim = parseClaim(name);
    if (claim) return isSpent(parts, claim.jobId, claim.claim, file);
    const jobId = entombedJob(name);
    if (jobId === undefined || !(await isOlder(parts, file, dayMs))) return false;
    return !(await exists(recordPath(parts.folder, jobId)));
  });
  await sweepFolder(parts, tasks, (_, file) => isOlder(parts, file, reservedMs));
  await sweepFolder(parts, limits, async () => false);
}

/** @param isOver of a file that is not temporary */
async function sweepFolder(
  { mark, logger }: SweepParts,
  folder: string,
  isOver: (name: string, file: string) => Promise<boolean>,
): Promise<void> {
  const warn = (error: unknown): void => logger.warn(`${folder} is not tidy: ${String(error)}`);
  const names = await listFolder(folder).catch((error) => {
    warn(error);
    return [];
  });
  for (const name of names) {
    const file = path.join(folder, name);
    const writer = temporaryOwner(name);
    try {
      const isLeft =
        writer === undefined ? await isOver(name, file) : !(await mark.isAlive(writer));
      if (isLeft) await rm(file, { force: true });
    } catch (error) {
      warn(error);
    }
  }
}

/** A number that the record has reached is of no use; one above it may be in use. */
async function isSpent(
  parts: SweepParts,
  jobId: string,
  claim: number,
  file: string,
): Promise<boolean> {
  const present = await readRecord(parts.folder, jobId, parts.upgrades);
  if (present.kind === 'record') return claim <= present.record.claim;
  return present.kind === 'missing' && (await isAbandoned(parts, file));
}

async function isOlder({ now }: SweepParts, file: string, ms: number): Promise<boolean> {
  const { mtimeMs } = await stat(file);
  return now() - mtimeMs > ms;
}
