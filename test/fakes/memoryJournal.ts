import type { JobJournal, JobRecord } from '../../src/generation/jobJournal';

/** Keeps records in memory, and every step that was written. */
export class MemoryJournal implements JobJournal {
  readonly records = new Map<string, JobRecord>();
  /** Such as `job-1 sending`, and `job-1 -` for a record that was removed. */
  readonly steps: string[] = [];
  /** Of records that another window has left behind. */
  orphans: JobRecord[] = [];
  /** Reserved tasks, and the jobs that they belong to. */
  readonly tasks = new Map<string, string>();
  /** Jobs that have sent for a task that nobody knows yet. */
  others = 0;
  /** Called before a record is written; what it throws is the disk's. */
  onWrite: (record: JobRecord) => void = () => {};

  async write(record: JobRecord): Promise<void> {
    this.onWrite(record);
    this.records.set(record.job.id, record);
    this.steps.push(`${record.job.id} ${record.step.at}`);
  }

  async remove(jobId: string): Promise<void> {
    if (this.records.delete(jobId)) this.steps.push(`${jobId} -`);
  }

  async claim(): Promise<readonly JobRecord[]> {
    const claimed = this.orphans;
    this.orphans = [];
    for (const record of claimed) this.records.set(record.job.id, record);
    return claimed;
  }

  async reserveTask(taskId: string, jobId: string): Promise<boolean> {
    const owner = this.tasks.get(taskId) ?? jobId;
    this.tasks.set(taskId, owner);
    return owner === jobId;
  }

  async knownTasks(): Promise<ReadonlySet<string>> {
    return new Set(this.tasks.keys());
  }

  async othersSending(): Promise<number> {
    return this.others;
  }
}
