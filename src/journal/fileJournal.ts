import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type JobJournal, type JobRecord, JobTakenOver } from '../generation/jobJournal';
import type { Logger } from '../util/logger';
import { replaceFile, temporaryOwner } from './atomicFile';
import { KeyedQueue } from './keyedQueue';
import {
  listFolder,
  type RecordFile,
  readRecord,
  recordedJob,
  recordPath,
  setAside,
} from './recordFiles';
import { formatRecord, type StoredRecord } from './recordSchema';
import { recordsFolder } from './recordsFolder';
import { isAbandoned, parseClaim, type TakeOverParts, takeOver } from './takeOver';

/** What a journal is built from. */
export interface FileJournalOptions extends TakeOverParts {
  /** What tells workspaces apart; absent for a window without a folder. */
  readonly workspace?: string | undefined;
  readonly logger: Logger;
}

/** A window that is restored with its own workspace gets so much time before another one helps out. */
const otherWorkspaceMs = 5 * 60 * 1000;
const maxFailedAgeMs = 7 * 24 * 60 * 60 * 1000;
const maxFailed = 200;

/**
 * The journal as files: `jobs/<jobId>.json`, each replaced as a whole, so that whatever is there was once true.
 *
 * A record belongs to one window. A write looks first whether that is still this one; a window that was taken for dead
 * (another machine on the same disk, asleep for long) learns there that its job was taken over. That look and the rename
 * after it are two steps: two windows that both believe to be alone within that millisecond are not kept apart.
 */
export class FileJournal implements JobJournal {
  readonly #options: FileJournalOptions;
  readonly #folder: string;
  /** Ids of the jobs whose records this window has written or taken over. */
  readonly #owned = new Set<string>();
  readonly #queue = new KeyedQueue();
  /** Names of what only a later Easel can read, to say so once. */
  readonly #newer = new Set<string>();

  constructor(options: FileJournalOptions) {
    this.#options = options;
    this.#folder = recordsFolder(options.folder);
  }

  /**
   * A record of ours that has vanished was taken over and brought to its end by another window, as this one removes its
   * records through `remove`: nothing may be sent for it again. Where the whole folder has vanished, somebody has
   * cleared the storage, and it is written anew.
   */
  write(record: JobRecord): Promise<void> {
    return this.#queue.run(record.job.id, () => this.#write(record));
  }

  async remove(jobId: string): Promise<void> {
    return this.#queue.run(jobId, async () => {
      if (this.#isTakenOver(jobId, await this.#read(jobId))) return;
      await rm(recordPath(this.#options.folder, jobId), { force: true });
      this.#owned.delete(jobId);
    });
  }

  /** Also tidies up: what crashed windows left half done, and failed records that nobody has looked at for long. */
  async claim(): Promise<readonly JobRecord[]> {
    await this.#options.mark.begin();
    const names = await listFolder(this.#folder);
    const taken: StoredRecord[] = [];
    const failed: StoredRecord[] = [];
    for (const jobId of names.flatMap((name) => recordedJob(name) ?? [])) {
      const { record, isTaken } = await this.#lookAt(jobId).catch((error) => {
        // One that cannot be read or written must not keep back the others.
        this.#options.logger.warn(`the record of job ${jobId} cannot be claimed: ${String(error)}`);
        return { record: undefined, isTaken: false };
      });
      if (!record) continue;
      if (isTaken) taken.push(record);
      if (record.step.at === 'failed') failed.push(record);
    }
    const pruned = await this.#prune(failed);
    await this.#sweep(names);
    return taken
      .filter(({ job }) => !pruned.has(job.id))
      .map(({ job, step }) => ({ job, step }))
      .sort((a, b) => a.job.startedAt - b.job.startedAt);
  }

  async knownTasks(): Promise<ReadonlySet<string>> {
    const tasks = new Set<string>();
    for (const name of await listFolder(this.#folder)) {
      const jobId = recordedJob(name);
      if (jobId !== undefined) collectTasks(await this.#read(jobId), tasks);
    }
    return tasks;
  }

  async #write(record: JobRecord): Promise<void> {
    const { folder, mark, workspace } = this.#options;
    const { id } = record.job;
    await mark.begin();
    const isCleared = (await mkdir(this.#folder, { recursive: true, mode: 0o700 })) !== undefined;
    if (isCleared) this.#owned.clear();
    const present = await this.#read(id);
    if (this.#isTakenOver(id, present)) {
      throw new JobTakenOver(`Another window goes on with job ${id}.`);
    }
    // What a later Easel may have added around the job stays.
    const around =
      present.kind === 'record'
        ? present.record
        : { owner: mark.windowId, claim: 1, ...(workspace !== undefined && { workspace }) };
    // A loss of power may take back what has cost nothing yet.
    const isDurable = record.step.at !== 'waiting';
    const replacement = { windowId: mark.windowId, isDurable };
    await replaceFile(recordPath(folder, id), formatRecord({ ...around, ...record }), replacement);
    this.#owned.add(id);
  }

  /** Whether another window has, or had, what would be written over. */
  #isTakenOver(jobId: string, present: RecordFile): boolean {
    switch (present.kind) {
      case 'missing':
        return this.#owned.has(jobId);
      case 'record':
        return present.record.owner !== this.#options.mark.windowId;
      case 'damaged':
        return !this.#owned.has(jobId);
      case 'newer':
        return true;
    }
  }

  /** The record, where it belongs to this window by now. */
  async #lookAt(jobId: string): Promise<{ record?: StoredRecord; isTaken: boolean }> {
    const present = await this.#read(jobId);
    if (present.kind === 'damaged') {
      this.#options.logger.warn(`the record of job ${jobId} is damaged: ${present.reason}`);
      await setAside(this.#options.folder, jobId);
    }
    if (present.kind === 'newer' && !this.#newer.has(jobId)) {
      this.#newer.add(jobId);
      this.#options.logger.warn(`the record of job ${jobId} is of a later version of Easel`);
    }
    if (present.kind !== 'record') return { isTaken: false };
    const { record, writtenAt } = present;
    if (record.owner === this.#options.mark.windowId) return { record, isTaken: false };
    if (!(await this.#isFree(record, writtenAt))) return { isTaken: false };
    const taken = await takeOver(this.#options, record);
    if (!taken) return { isTaken: false };
    this.#owned.add(jobId);
    this.#options.logger.info(`job ${jobId} goes on in this window`);
    return { record: taken, isTaken: true };
  }

  async #isFree({ owner, workspace }: StoredRecord, writtenAt: number): Promise<boolean> {
    const isOther = workspace !== undefined && workspace !== this.#options.workspace;
    // A clock that was set back must not keep it waiting.
    const age = Math.abs(this.#options.now() - writtenAt);
    if (isOther && age < otherWorkspaceMs) return false;
    return !(await this.#options.mark.isAlive(owner));
  }

  #read(jobId: string): Promise<RecordFile> {
    return readRecord(this.#options.folder, jobId, this.#options.upgrades);
  }

  /** Removes the failed records that are too old or too many, and tells which. */
  async #prune(failed: readonly StoredRecord[]): Promise<ReadonlySet<string>> {
    const newestFirst = failed
      .flatMap(({ job, step }) => (step.at === 'failed' ? [{ job, endedAt: step.endedAt }] : []))
      .sort((a, b) => b.endedAt - a.endedAt);
    const oldest = this.#options.now() - maxFailedAgeMs;
    const pruned = newestFirst.filter(
      ({ endedAt }, index) => index >= maxFailed || endedAt < oldest,
    );
    for (const { job } of pruned) await this.remove(job.id);
    return new Set(pruned.map(({ job }) => job.id));
  }

  /** Removes temporary files and claim files that nobody will come back to. */
  async #sweep(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const file = path.join(this.#folder, name);
      const writer = temporaryOwner(name);
      const claim = parseClaim(name);
      const isOver =
        (writer !== undefined && !(await this.#options.mark.isAlive(writer))) ||
        (claim !== undefined && (await this.#isSpent(claim.jobId, claim.claim, file)));
      if (isOver) await rm(file, { force: true });
    }
  }

  /** A number that the record has reached is of no use; one above it may be in use. */
  async #isSpent(jobId: string, claim: number, file: string): Promise<boolean> {
    const present = await this.#read(jobId);
    if (present.kind === 'record') return claim <= present.record.claim;
    return present.kind === 'missing' && (await isAbandoned(this.#options, file));
  }
}

/** Every `taskId` in it, at whatever depth: of the task, of the delivery, of the failure. */
function collectTasks(value: unknown, tasks: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'taskId' && typeof inner === 'string') tasks.add(inner);
    else collectTasks(inner, tasks);
  }
}
