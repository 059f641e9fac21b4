import { mkdir, rm } from 'node:fs/promises';
import { type JobJournal, type JobRecord, JobTakenOver } from '../generation/jobJournal';
import { KeyedQueue } from '../util/keyedQueue';
import type { Logger } from '../util/logger';
import { replaceFile, whenFree } from './atomicFile';
import { countOthersSending } from './othersSending';
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
import { reservedTasks, reserveTask } from './reservedTasks';
import { sweep } from './sweep';
import { type TakeOverParts, takeOver } from './takeOver';
import { clearTombstone, readTombstone, writeTombstone } from './tombstone';

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
 * A record belongs to one window. A write looks whether that is still this one, first and once more when only the rename
 * is left; a window that was taken for dead (another machine on the same disk, asleep for long) learns there that its job
 * was taken over. That last look and the rename are still two steps: a window that is stopped between just these, until it
 * is taken for dead, writes over the record when it wakes, and the other one learns at its next step that it lost the job.
 */
export class FileJournal implements JobJournal {
  readonly #options: FileJournalOptions;
  readonly #folder: string;
  /**
   * By id of the jobs that this window has written or handed out: the number in the record. Kept also when they are over,
   * so that none is handed out twice.
   */
  readonly #owned = new Map<string, number>();
  /** Ids of jobs that are over, whose records are still there. */
  readonly #unremoved = new Set<string>();
  readonly #queue = new KeyedQueue();
  /** Ids of the records that cannot be read and were left, to say so once. */
  readonly #unreadable = new Set<string>();

  constructor(options: FileJournalOptions) {
    this.#options = options;
    this.#folder = recordsFolder(options.folder);
  }

  /** Also writes anew what somebody has cleared away or damaged, unless another window has had it in between. */
  write(record: JobRecord): Promise<void> {
    return this.#queue.run(record.job.id, () => this.#write(record));
  }

  /**
   * Where the file cannot be removed, a tombstone keeps the other windows from going on with the job, and the next claim
   * tries again.
   * @throws when that cannot be written either, so that another window may go on with the job
   */
  async remove(jobId: string): Promise<void> {
    await this.#queue.run(jobId, () => this.#remove(jobId));
  }

  /** Also tidies up: what crashed windows left half done, and failed records that nobody has looked at for long. */
  async claim(): Promise<readonly JobRecord[]> {
    await this.#options.mark.begin();
    await this.#removeAgain();
    const taken: StoredRecord[] = [];
    const failed: StoredRecord[] = [];
    for (const jobId of await this.#recordedJobs()) {
      const found = await this.#attempt(jobId, () => this.#lookAt(jobId));
      if (!found?.record) continue;
      if (found.isTaken) taken.push(found.record);
      if (found.record.step.at === 'failed') failed.push(found.record);
    }
    const pruned = await this.#prune(failed);
    await sweep(this.#options);
    return taken
      .filter(({ job }) => !pruned.has(job.id))
      .map(({ job, step }) => ({ job, step }))
      .sort((a, b) => a.job.startedAt - b.job.startedAt);
  }

  async reserveTask(taskId: string, jobId: string): Promise<boolean> {
    const { folder, mark, now } = this.#options;
    await mark.begin();
    return reserveTask(folder, taskId, { jobId, windowId: mark.windowId, now: now() });
  }

  /** @param own a job that looks for its task: one that it has reserved since it was sent is not known, but its own */
  knownTasks(own?: {
    readonly jobId: string;
    readonly sentAt: number;
  }): Promise<ReadonlySet<string>> {
    return reservedTasks(this.#options.folder, own);
  }

  async othersSending(jobId: string, modelId: string): Promise<number> {
    const records = new Map<string, RecordFile>();
    for (const id of await this.#recordedJobs()) {
      const present = await this.#attempt(id, () => this.#read(id));
      if (present) records.set(id, present);
    }
    return countOthersSending(records, jobId, modelId, this.#options.now());
  }

  async #write(record: JobRecord): Promise<void> {
    const { folder, mark, workspace } = this.#options;
    const { id } = record.job;
    await mark.begin();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // What a later Easel may have added around the job stays.
    const around = (await this.#ownRecord(id)) ?? {
      owner: mark.windowId,
      claim: this.#owned.get(id) ?? 1,
      ...(workspace !== undefined && { workspace }),
    };
    // The job had ended here, and the person wants it again.
    if ((await readTombstone(folder, id)) === mark.windowId) await clearTombstone(folder, id);
    // Before it is there, as a claim may come in between.
    this.#owned.set(id, around.claim);
    await replaceFile(recordPath(folder, id), formatRecord({ ...around, ...record }), {
      windowId: mark.windowId,
      // A loss of power may take back what has cost nothing yet.
      isDurable: record.step.at !== 'waiting',
      beforeRename: async () => {
        await this.#ownRecord(id);
        mark.throwIfClosed();
        this.#unremoved.delete(id);
      },
    });
  }

  async #remove(jobId: string): Promise<void> {
    const { folder, mark, logger } = this.#options;
    const file = recordPath(folder, jobId);
    const entomb = (): Promise<void> => writeTombstone(folder, jobId, mark.windowId);
    this.#unremoved.add(jobId);
    try {
      const present = await this.#read(jobId);
      if (present.kind !== 'missing' && !(await this.#isTakenOver(jobId, present))) {
        // For the window that had it before, which may only be asleep; but a full disk must not keep the record.
        if (this.#owned.get(jobId) !== 1) await entomb().catch(() => {});
        await whenFree(() => rm(file, { force: true }));
      }
      this.#unremoved.delete(jobId);
    } catch (error) {
      await entomb().catch(() => {
        throw error;
      });
      logger.warn(`the record of job ${jobId} cannot be removed yet: ${String(error)}`);
    }
  }

  async #removeAgain(): Promise<void> {
    for (const jobId of [...this.#unremoved]) {
      const removeAgain = async (): Promise<void> => {
        // It may have been written again since.
        if (this.#unremoved.has(jobId)) await this.#remove(jobId);
      };
      await this.#attempt(jobId, () => this.#queue.run(jobId, removeAgain));
    }
  }

  /** The record, where there is one that can be read. @throws JobTakenOver where another window has, or had, the job */
  async #ownRecord(jobId: string): Promise<StoredRecord | undefined> {
    const present = await this.#read(jobId);
    if (await this.#isTakenOver(jobId, present)) {
      throw new JobTakenOver(`Another window goes on with job ${jobId}.`);
    }
    return present.kind === 'record' ? present.record : undefined;
  }

  async #isTakenOver(jobId: string, present: RecordFile): Promise<boolean> {
    const { folder, mark } = this.#options;
    switch (present.kind) {
      case 'missing':
        return ((await readTombstone(folder, jobId)) ?? mark.windowId) !== mark.windowId;
      case 'record':
        return present.record.owner !== mark.windowId;
      case 'damaged':
        if (present.owner !== undefined) return present.owner !== mark.windowId;
        return !this.#owned.has(jobId);
      case 'newer':
        return true;
    }
  }

  /** The record, where it belongs to this window by now. */
  async #lookAt(jobId: string): Promise<{ record?: StoredRecord; isTaken: boolean }> {
    const { folder, mark, logger } = this.#options;
    const present = await this.#read(jobId);
    if (present.kind !== 'record') {
      await this.#leaveOrSetAside(jobId, present);
      return { isTaken: false };
    }
    const { record, writtenAt } = present;
    const isOwn = record.owner === mark.windowId;
    if (isOwn && this.#owned.has(jobId)) return { record, isTaken: false };
    if (!isOwn && !(await this.#isFree(record, writtenAt))) return { isTaken: false };
    if ((await readTombstone(folder, jobId)) === record.owner) {
      await whenFree(() => rm(recordPath(folder, jobId), { force: true }));
      return { isTaken: false };
    }
    // One of its own that it never handed out: something failed when it was just taken over.
    const taken = isOwn ? record : await takeOver(this.#options, record);
    if (!taken) return { isTaken: false };
    this.#owned.set(jobId, taken.claim);
    logger.info(`job ${jobId} goes on in this window`);
    return { record: taken, isTaken: true };
  }

  async #leaveOrSetAside(jobId: string, present: RecordFile): Promise<void> {
    const { folder, mark, logger } = this.#options;
    const warn = (what: string): void => {
      if (!this.#unreadable.has(jobId)) logger.warn(`the record of job ${jobId} is ${what}`);
      this.#unreadable.add(jobId);
    };
    if (present.kind === 'newer') warn('of a later version of Easel');
    if (present.kind !== 'damaged') return;
    warn(`damaged: ${present.reason}`);
    // Its window may be of another version, and goes on with it.
    if (present.owner !== undefined && (await mark.isAlive(present.owner))) return;
    await setAside(folder, jobId);
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

  async #recordedJobs(): Promise<readonly string[]> {
    return (await listFolder(this.#folder)).flatMap((name) => recordedJob(name) ?? []);
  }

  /** One record that cannot be read or written must not keep back the others. */
  async #attempt<T>(jobId: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.#options.logger.warn(`the record of job ${jobId} cannot be used: ${String(error)}`);
      return undefined;
    }
  }

  /** Removes the failed records that are too old or too many, and tells which. */
  async #prune(failed: readonly StoredRecord[]): Promise<ReadonlySet<string>> {
    const newestFirst = failed
      .flatMap(({ job, step }) =>
        step.at === 'failed' ? [{ id: job.id, endedAt: step.endedAt }] : [],
      )
      .sort((a, b) => b.endedAt - a.endedAt);
    const oldest = this.#options.now() - maxFailedAgeMs;
    const tooMany = newestFirst.filter(
      ({ endedAt }, index) => index >= maxFailed || endedAt < oldest,
    );
    const pruned = new Set<string>();
    for (const { id } of tooMany) {
      await this.#attempt(id, async () => {
        await this.remove(id);
        pruned.add(id);
      });
    }
    return pruned;
  }
}
