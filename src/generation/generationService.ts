import { ImageGenerationError } from '../imageModel/errors';
import type { ImageModel, ImageProvider, ImageRequest } from '../imageModel/imageModel';
import { checkRequest } from '../imageModel/requestRules';
import { Emitter } from '../util/emitter';
import type { Logger } from '../util/logger';
import { atOnce } from './atOnce';
import type { Inscribe } from './fetchImages';
import {
  type CancelOutcome,
  type FailedState,
  type GenerationJob,
  isOpen,
  type JobState,
  type LinkSpot,
} from './generationJob';
import type { ImageSink } from './imageSink';
import type { JobJournal, JobRecord, JobStep } from './jobJournal';
import { JobRun } from './jobRun';
import type { JobRunParts } from './jobRunInput';
import { failureLeft, toJournal } from './journaledError';
import { LostSearches } from './lostSearch';
import type { Scheduler } from './scheduler';

/** What the service is built from; time and ids are parameters, so that tests decide them. */
export interface GenerationServiceOptions {
  readonly provider: ImageProvider;
  readonly sink: ImageSink;
  readonly journal: JobJournal;
  readonly scheduler: Scheduler;
  /** Path of the file that an image of a job is fetched into. */
  readonly partFile: (jobId: string, position: number) => string;
  readonly inscribe: Inscribe;
  readonly now: () => number;
  readonly createId: () => string;
  readonly logger: Logger;
}

/** What a job needs to start. */
export type JobInput = Pick<GenerationJob, 'request' | 'folder' | 'file' | 'price' | 'link'> & {
  readonly regionId: string;
};

const maxFinishedJobs = 100;
const maxDownloads = 6;

/**
 * Runs jobs: asks the model, fetches what it delivered, hands it to the sink. Failures end up in the job's state. Every
 * step is in the journal before it is taken, so that another window or the next start can go on with it.
 */
export class GenerationService {
  readonly #options: GenerationServiceOptions;
  readonly #runParts: JobRunParts;
  readonly #jobs = new Map<string, GenerationJob>();
  readonly #runs = new Map<string, JobRun>();
  readonly #finished = new Map<string, Promise<GenerationJob>>();
  /** Of the jobs that are in the journal, how far they have come. */
  readonly #steps = new Map<string, JobStep>();
  #isDisposed = false;
  readonly #changed = new Emitter<GenerationJob>((error) => this.#logBug(error));
  readonly onDidChangeJob = this.#changed.event;

  constructor(options: GenerationServiceOptions) {
    this.#options = options;
    const searches = new LostSearches(options.journal, options.logger);
    this.#runParts = { ...options, searches, inTurn: atOnce(maxDownloads) };
  }

  /** Stops everything where it is, for another window to go on with; nothing leaves and nothing is written any more. */
  dispose(): void {
    this.#isDisposed = true;
    for (const run of this.#runs.values()) run.letGo();
  }

  /** Newest first. */
  jobs(): readonly GenerationJob[] {
    return [...this.#jobs.values()].reverse();
  }

  job(id: string): GenerationJob | undefined {
    return this.#jobs.get(id);
  }

  /** @throws ImageGenerationError when the request breaks a rule of its model, with the rule in `issue`. */
  check(request: ImageRequest, regionId: string): void {
    const model = this.#options.provider.describe(request.modelId);
    const issue = model && checkRequest(model, request, regionId)[0];
    if (issue?.severity !== 'error') return;
    const message = `The request breaks a rule of ${request.modelId}: ${issue.rule} (${issue.field}).`;
    throw new ImageGenerationError('invalidRequest', message, { code: issue.rule, issue });
  }

  /**
   * Starts at once and returns the running job.
   * @throws ImageGenerationError when the request breaks a rule of its model; nothing was sent then.
   */
  start({ regionId, ...input }: JobInput): GenerationJob {
    this.check(input.request, regionId);
    const { provider, createId, now } = this.#options;
    const place = provider.place(regionId);
    const model = provider.createModel(input.request.modelId, place);
    const job: GenerationJob = { ...input, place, id: createId(), startedAt: now(), state: begun };
    return this.#run(job, { at: 'waiting' }, { createModel: () => model });
  }

  /**
   * Takes over the jobs that no window works on, and goes on with them; the failed ones wait for the person's decision.
   * @returns those jobs
   */
  async resume(): Promise<readonly GenerationJob[]> {
    const records = await this.#options.journal.claim();
    return records.map((record) => this.#adopt(record));
  }

  /** Resolves with the job in a final state; never rejects. */
  finished(id: string): Promise<GenerationJob> {
    const running = this.#finished.get(id);
    if (!running) throw new Error(`no job ${id}`);
    return running;
  }

  /** Cancels what can be cancelled for nothing: `begun` is what the service does and bills in any case. */
  async cancel(id: string): Promise<CancelOutcome> {
    return (await this.#runs.get(id)?.cancel()) ?? 'ended';
  }

  /** Stops waiting for a job that can no longer be cancelled, though it may be billed. */
  letGo(id: string): void {
    this.#runs.get(id)?.letGo();
  }

  /**
   * Gives a failed job another try, under its own id: fetches what was paid for and not saved yet, asks after a task that
   * was left open, or else sends the request again. Does nothing to a job that has not failed, as when pressed twice.
   */
  retry(id: string): void {
    const job = this.#jobs.get(id);
    if (job?.state.status !== 'failed') return;
    const { images } = job.state;
    const { endedAt: _, ...rest } = job;
    const state: JobState = { ...begun, images };
    const again: GenerationJob = { ...rest, startedAt: this.#options.now(), state };
    this.#run(again, this.#stepAgain(job.state), { former: job.state });
  }

  /**
   * Where the links of a job go by now, and which images are linked; undefined when nothing waits for them any more. A
   * saved job stays in the journal until then.
   */
  setLink(id: string, link: LinkSpot | undefined): void {
    const job = this.#jobs.get(id);
    const moved = job && { ...job, link };
    if (moved) this.#jobs.set(id, moved);
    const step = this.#steps.get(id);
    if (!step) return;
    const isOver = !link && moved?.state.status !== 'running' && moved?.state.status !== 'failed';
    const kept = isOver || !moved ? this.#forget(id) : this.#write(moved, step);
    kept.catch((error: unknown) => this.#logBug(error));
  }

  /** The person has closed the message about a failed job; another start need not repeat it. */
  setTold(id: string): void {
    const job = this.#jobs.get(id);
    const step = this.#steps.get(id);
    if (job?.state.status !== 'failed' || step?.at !== 'failed') return;
    this.#jobs.set(id, { ...job, state: { ...job.state, isTold: true } });
    this.#write(job, { ...step, isTold: true }).catch((error: unknown) => this.#logBug(error));
  }

  /** Forgets a job that has ended, with what could still be fetched of it; does nothing while it runs. */
  async dismiss(id: string): Promise<void> {
    if (this.#runs.has(id)) return;
    this.#jobs.delete(id);
    this.#finished.delete(id);
    if (this.#steps.has(id)) await this.#forget(id);
  }

  #stepAgain({ delivery, images, chosen = {}, task, lost }: FailedState): JobStep {
    if (delivery) {
      return { at: 'delivered', delivery, deliveredAt: this.#options.now(), images, chosen };
    }
    return task ? { at: 'task', task } : { at: 'waiting', lost };
  }

  #adopt({ job, step }: JobRecord): GenerationJob {
    this.#steps.set(job.id, step);
    const state = failureLeft(step);
    if (!state) return this.#run({ ...job, state: begun }, step);
    const endedAt = step.at === 'failed' ? step.endedAt : this.#options.now();
    const failed: GenerationJob = { ...job, endedAt, state };
    this.#finished.set(
      job.id,
      this.#close(failed).then(() => failed),
    );
    this.#put(failed);
    return failed;
  }

  #run(
    job: GenerationJob,
    first: JobStep,
    { createModel, former }: RunOptions = {},
  ): GenerationJob {
    const { provider } = this.#options;
    const current = (): GenerationJob => this.#jobs.get(job.id) ?? job;
    const run = new JobRun(this.#runParts, {
      job,
      step: first,
      createModel: createModel ?? (() => provider.createModel(job.request.modelId, job.place)),
      write: (step) => this.#write(current(), step),
      report: (state) => this.#put({ ...current(), state }),
    });
    this.#runs.set(job.id, run);
    this.#put(job);
    // Written down so that it is not lost while it waits for its turn. Where that fails, so does the next step, and says so.
    if (!this.#steps.has(job.id)) this.#write(job, first).catch(() => {});
    const finish = async (): Promise<GenerationJob> => {
      const end = await run.run();
      if (this.#isDisposed) return current();
      // What an earlier try may have bought is not undone by the cancelling of another.
      const state = former && end.status === 'cancelled' && end.billed === 'no' ? former : end;
      this.#runs.delete(job.id);
      const ended = { ...current(), endedAt: this.#options.now(), state };
      await this.#close(ended);
      this.#put(ended);
      this.#forgetOldest();
      return ended;
    };
    this.#finished.set(job.id, finish());
    return job;
  }

  /** Writes down how a job has ended, if there is anything left to do or to decide. */
  async #close(job: GenerationJob): Promise<void> {
    const { id, state, link, endedAt = this.#options.now() } = job;
    if (state.status === 'failed' && state.error.code === 'TakenOver') {
      this.#steps.delete(id);
      return;
    }
    try {
      if (state.status === 'failed' && isOpen(state)) {
        const { status: _, error, ...rest } = state;
        await this.#write(job, { at: 'failed', error: toJournal(error), endedAt, ...rest });
      } else if (state.status !== 'saved' || !link) {
        await this.#forget(id);
      }
    } catch (error) {
      this.#logBug(error);
    }
  }

  async #write(job: GenerationJob, step: JobStep): Promise<void> {
    if (this.#isDisposed) throw new Error('the window is closing');
    const { id, request, place, folder, file, price, startedAt, link } = job;
    this.#steps.set(id, step);
    const kept = { id, request, place, folder, startedAt };
    await this.#options.journal.write({
      job: { ...kept, ...(file && { file }), ...(price && { price }), ...(link && { link }) },
      step,
    });
  }

  async #forget(id: string): Promise<void> {
    this.#steps.delete(id);
    await this.#options.journal.remove(id);
  }

  #logBug(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.logger.error(text);
  }

  #put(job: GenerationJob): void {
    this.#jobs.set(job.id, job);
    this.#changed.fire(job);
  }

  #forgetOldest(): void {
    for (const [id] of this.#jobs) {
      if (this.#jobs.size <= maxFinishedJobs) return;
      if (this.#runs.has(id) || this.#steps.has(id)) continue;
      this.#jobs.delete(id);
      this.#finished.delete(id);
    }
  }
}

interface RunOptions {
  /** The one that the job was checked with; made anew if absent. */
  readonly createModel?: () => ImageModel;
  /** Of a job that is tried again. */
  readonly former?: FailedState;
}

const begun: Extract<JobState, { status: 'running' }> = {
  status: 'running',
  progress: { phase: 'submitting' },
  images: [],
};
