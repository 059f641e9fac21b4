import { type Billed, ImageGenerationError } from '../imageModel/errors';
import type {
  AcceptedTask,
  GenerationProgress,
  ImageDelivery,
  ImageModel,
  SubmitMode,
} from '../imageModel/imageModel';
import { isAbortError } from '../util/abort';
import type { Logger } from '../util/logger';
import { type DeliveredStep, downloading, type FetchParts, fetchImages } from './fetchImages';
import type { CancelOutcome, GenerationJob, JobState, SavedImage } from './generationJob';
import { asGenerationError, interrupted, leavesTaskOpen, lostTask, notJournaled } from './jobEnd';
import { type JobJournal, type JobStep, JobTakenOver } from './jobJournal';
import type { Scheduler } from './scheduler';
import { SubmitSlot } from './submitSlot';

/** What every run works with. */
export interface JobRunParts extends Omit<FetchParts, 'model'> {
  readonly journal: Pick<JobJournal, 'knownTasks'>;
  readonly scheduler: Scheduler;
  readonly now: () => number;
  readonly logger: Logger;
}

/** What a run has of its own. */
export interface JobRunInput {
  readonly job: Pick<GenerationJob, 'id' | 'request' | 'folder'>;
  /** @throws ImageGenerationError where there is no such model any more */
  readonly createModel: () => ImageModel;
  readonly step: JobStep;
  /** Writes the next step down. */
  readonly write: (step: JobStep) => Promise<void>;
  readonly report: (state: JobState) => void;
}

/** One job's way from a step of the journal to its end. */
export class JobRun {
  readonly #parts: JobRunParts;
  readonly #input: JobRunInput;
  readonly #stop = new AbortController();
  #model: ImageModel | undefined;
  #slot: SubmitSlot | undefined;
  #step: JobStep;
  #phase: GenerationProgress['phase'] = 'submitting';
  /** Whether the request may have reached the service. */
  #hasLeft: boolean;
  #isCancelWanted = false;
  #isCancelled = false;
  #isOver = false;
  /** Ends the wait for the answer to a submit: there is a task by now, or there will be none. */
  #answered = (): void => {};
  readonly #answer = new Promise<void>((resolve) => {
    this.#answered = resolve;
  });

  constructor(parts: JobRunParts, input: JobRunInput) {
    const { step } = input;
    this.#parts = parts;
    this.#input = input;
    this.#step = step;
    this.#hasLeft = step.at !== 'waiting';
  }

  /** Resolves with the final state; never rejects. */
  async run(): Promise<JobState> {
    try {
      const model = this.#input.createModel();
      this.#model = model;
      this.#slot = this.#slotOf(model);
      return await this.#goOn(model, this.#step);
    } catch (error) {
      return this.#stateAfter(error);
    } finally {
      await this.#slot?.leave();
      this.#isOver = true;
      this.#answered();
    }
  }

  /** Cancels what can be cancelled for nothing; of what the service has begun, it only says so. */
  async cancel(): Promise<CancelOutcome> {
    if (this.#step.at === 'delivered') {
      this.#stop.abort();
      return 'ended';
    }
    if (!this.#hasLeft) return this.#cancelled();
    if (this.#step.at === 'sending') {
      if (this.#step.mode === 'call' || this.#phase === 'searching') return 'begun';
      this.#isCancelWanted = true;
      await this.#answer;
    }
    if (this.#step.at === 'task' && this.#model && !this.#isOver) {
      const { taskId } = this.#step.task;
      if (await this.#model.cancel(taskId)) return this.#cancelled();
    }
    if (this.#isCancelled) return 'cancelled';
    return this.#isOver ? 'ended' : 'begun';
  }

  /** Stops waiting, whatever that costs. */
  letGo(): void {
    this.#stop.abort();
  }

  #cancelled(): CancelOutcome {
    this.#isCancelled = true;
    this.#stop.abort();
    return 'cancelled';
  }

  async #goOn(model: ImageModel, step: JobStep): Promise<JobState> {
    switch (step.at) {
      case 'waiting':
        return this.#submit(model);
      case 'sending':
        if (step.mode === 'task') return this.#search(model, step.sentAt, interrupted());
        throw interrupted();
      case 'task':
        return this.#wait(model, step.task);
      case 'delivered':
        return this.#fetch(model, step);
      case 'failed':
        throw new Error('a failed job goes on by another step');
    }
  }

  async #submit(model: ImageModel): Promise<JobState> {
    const { request } = this.#input.job;
    try {
      const submitted = await model.submit(request, {
        signal: this.#stop.signal,
        onProgress: (progress) => this.#progress(progress),
        beforeSend: (mode) => this.#beforeSend(mode),
      });
      if ('delivery' in submitted) return await this.#deliver(model, submitted.delivery);
      return await this.#accept(model, submitted.task);
    } catch (error) {
      const isLost = error instanceof ImageGenerationError && error.billed === 'maybe';
      if (!isLost || this.#step.at !== 'sending' || this.#step.mode !== 'task') throw error;
      return await this.#search(model, this.#step.sentAt, error);
    }
  }

  #slotOf({ limits }: ImageModel): SubmitSlot {
    const { scheduler } = this.#parts;
    const { signal } = this.#stop;
    const step = this.#step;
    const hasTask = step.at === 'task' || (step.at === 'sending' && step.mode === 'task');
    const onWait = (): void => this.#progress({ phase: 'waiting' });
    const jobId = this.#input.job.id;
    return new SubmitSlot({ scheduler, limits, jobId, signal, onWait }, hasTask);
  }

  /** Takes a slot and writes down that the request is about to leave. */
  async #beforeSend(mode: SubmitMode): Promise<void> {
    const { signal } = this.#stop;
    this.#hasLeft = false;
    if (this.#isCancelWanted) this.#cancelled();
    await this.#slot?.enter(mode);
    try {
      await this.#write({ at: 'sending', mode, sentAt: this.#parts.now() });
    } catch (error) {
      throw error instanceof JobTakenOver ? error : notJournaled(error);
    }
    await this.#slot?.depart();
    signal.throwIfAborted();
    this.#hasLeft = true;
    this.#progress({ phase: 'submitting' });
  }

  /** The service may have the request; only its list of tasks can tell. */
  async #search(
    model: ImageModel,
    sentAt: number,
    reason: ImageGenerationError,
  ): Promise<JobState> {
    const { journal, logger } = this.#parts;
    const { signal } = this.#stop;
    const { request } = this.#input.job;
    this.#progress({ phase: 'searching' });
    this.#answered();
    const search = async () => {
      try {
        const knownTasks = await journal.knownTasks();
        return await model.findLostTask({ sentAt, request, knownTasks }, { signal });
      } catch (error) {
        if (signal.aborted) throw error;
        logger.warn(`the list of tasks could not be read: ${String(error)}`);
        throw reason;
      }
    };
    const result = await search();
    if (!result.found) throw lostTask(result.candidates, reason);
    return this.#accept(model, result.found);
  }

  async #accept(model: ImageModel, task: AcceptedTask): Promise<JobState> {
    await this.#writeOn({ at: 'task', task });
    this.#answered();
    return this.#wait(model, task);
  }

  async #wait(model: ImageModel, task: AcceptedTask): Promise<JobState> {
    const { request } = this.#input.job;
    let delivery: ImageDelivery;
    try {
      delivery = await model.wait(task, request, {
        signal: this.#stop.signal,
        onProgress: (progress) => this.#progress(progress),
      });
    } finally {
      // The next one need not wait for the download.
      await this.#slot?.leave();
    }
    return this.#deliver(model, delivery);
  }

  async #deliver(model: ImageModel, delivery: ImageDelivery): Promise<JobState> {
    const deliveredAt = this.#parts.now();
    const step: DeliveredStep = { at: 'delivered', delivery, deliveredAt, images: [], chosen: {} };
    await this.#writeOn(step);
    return this.#fetch(model, step);
  }

  async #fetch(model: ImageModel, step: DeliveredStep): Promise<JobState> {
    const { job, report } = this.#input;
    const { delivery } = step;
    const problem = await fetchImages({ ...this.#parts, model }, job, step, {
      signal: this.#stop.signal,
      onStart: () => report(downloading(step)),
      onStep: async (next, isImage) => {
        await this.#writeOn(next);
        if (isImage) report(downloading(next));
      },
    });
    const images = this.#images();
    if (problem === undefined) {
      return { status: 'saved', images, failures: delivery.failures, delivery };
    }
    const error = asGenerationError(problem, 'yes', this.#parts.logger);
    return { status: 'failed', error, images, delivery };
  }

  #images(): readonly SavedImage[] {
    return 'images' in this.#step ? this.#step.images : [];
  }

  #progress(progress: GenerationProgress): void {
    this.#phase = progress.phase;
    this.#input.report({ status: 'running', progress, images: this.#images() });
    if (progress.phase === 'throttled') this.#refused(progress.retryInMs);
  }

  /** The service did not take it. */
  #refused(pauseMs: number): void {
    this.#hasLeft = false;
    if (this.#isCancelWanted) this.#cancelled();
    const noted = [this.#slot?.refused(pauseMs), this.#writeOn({ at: 'waiting' })];
    Promise.all(noted).catch((error: unknown) =>
      this.#parts.logger.warn(`a refusal could not be noted: ${String(error)}`),
    );
  }

  async #write(step: JobStep): Promise<void> {
    this.#step = step;
    await this.#input.write(step);
  }

  /** What is paid for goes on, even where it cannot be written down. */
  async #writeOn(step: JobStep): Promise<void> {
    try {
      await this.#write(step);
    } catch (error) {
      if (error instanceof JobTakenOver) throw error;
      const { id } = this.#input.job;
      this.#parts.logger.warn(`job ${id}: the journal could not be written: ${String(error)}`);
    }
  }

  #stateAfter(error: unknown): JobState {
    const step = this.#step;
    if (this.#stop.signal.aborted && isAbortError(error) && step.at !== 'delivered') {
      return { status: 'cancelled', billed: this.#billed() };
    }
    const { logger } = this.#parts;
    const shown = asGenerationError(error, this.#hasLeft ? 'maybe' : 'no', logger);
    const failed = { status: 'failed', error: shown, images: this.#images() } as const;
    const task = step.at === 'task' ? step.task : undefined;
    const isOpen = task && leavesTaskOpen(shown, this.#parts.now() - task.submittedAt);
    return isOpen ? { ...failed, task } : failed;
  }

  /** Of a job that was stopped. */
  #billed(): Billed {
    if (this.#isCancelled || !this.#hasLeft) return 'no';
    return this.#step.at === 'task' && this.#phase === 'running' ? 'yes' : 'maybe';
  }
}
