import { type Billed, ImageGenerationError } from '../imageModel/errors';
import type {
  AcceptedTask,
  GenerationProgress,
  ImageDelivery,
  ImageModel,
  SubmitMode,
} from '../imageModel/imageModel';
import { isAbortError } from '../util/abort';
import { type DeliveredStep, downloading, fetchImages } from './fetchImages';
import type { CancelOutcome, JobState } from './generationJob';
import { asGenerationError, failedState, interrupted, notJournaled, savedImages } from './jobEnd';
import { type JobStep, JobTakenOver } from './jobJournal';
import type { JobRunInput, JobRunParts } from './jobRunInput';
import { SubmitSlot } from './submitSlot';

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
  /** A call's answer is here, though another window took the job over: nobody else can fetch it. */
  #isOnItsOwn = false;
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
    let isAsked = true;
    if (this.#step.at === 'task' && this.#model && !this.#isOver) {
      this.#isCancelWanted = true;
      try {
        if (await this.#model.cancel(this.#step.task.taskId)) return this.#cancelled();
      } catch (error) {
        this.#parts.logger.warn(`the task could not be cancelled: ${String(error)}`);
        isAsked = false;
      }
    }
    if (this.#isCancelled) return 'cancelled';
    if (this.#isOver) return 'ended';
    return isAsked ? 'begun' : 'unknown';
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
        return step.lost ? this.#findOrSubmit(model, step.lost.sentAt) : this.#submit(model);
      case 'sending':
        // Of a task: a call whose window has gone has failed.
        return this.#accept(model, await this.#search(model, step.sentAt, interrupted()));
      case 'task':
        return this.#wait(model, step.task);
      case 'delivered':
        return this.#fetch(model, step);
      case 'failed':
        throw new Error('a failed job goes on by another step');
    }
  }

  /** The person wants to send again what may have been taken: not if its task is found. */
  async #findOrSubmit(model: ImageModel, sentAt: number): Promise<JobState> {
    let task: AcceptedTask;
    try {
      task = await this.#search(model, sentAt, interrupted());
    } catch (error) {
      if (!(error instanceof ImageGenerationError)) throw error;
      return this.#submit(model);
    }
    this.#hasLeft = true;
    return this.#accept(model, task);
  }

  async #submit(model: ImageModel): Promise<JobState> {
    const { request } = this.#input.job;
    try {
      const submitted = await model.submit(request, {
        signal: this.#stop.signal,
        onProgress: (progress) => this.#progress(progress),
        beforeSend: (mode) => this.#beforeSend(mode),
        depart: async () => this.#slot?.depart(),
        onRefused: () => this.#refused(),
      });
      if ('delivery' in submitted) return await this.#deliver(model, submitted.delivery);
      return await this.#accept(model, submitted.task);
    } catch (error) {
      const isLost = error instanceof ImageGenerationError && error.billed === 'maybe';
      if (!isLost || this.#step.at !== 'sending' || this.#step.mode !== 'task') throw error;
      return this.#accept(model, await this.#search(model, this.#step.sentAt, error));
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
    signal.throwIfAborted();
    this.#hasLeft = true;
    this.#progress({ phase: 'submitting' });
  }

  /** The service may have the request; only its list of tasks can tell. */
  #search(model: ImageModel, sentAt: number, reason: ImageGenerationError): Promise<AcceptedTask> {
    const { id: jobId, request } = this.#input.job;
    const { signal } = this.#stop;
    this.#progress({ phase: 'searching' });
    this.#answered();
    return this.#parts.searches.find({ model, jobId, request, sentAt, reason, signal });
  }

  async #accept(model: ImageModel, task: AcceptedTask): Promise<JobState> {
    const { journal, logger } = this.#parts;
    const { id } = this.#input.job;
    await journal
      .reserveTask(task.taskId, id)
      .catch((error: unknown) => logger.warn(String(error)));
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
    const isCall = this.#step.at === 'sending';
    const step: DeliveredStep = { at: 'delivered', delivery, deliveredAt, images: [], chosen: {} };
    try {
      await this.#writeOn(step);
    } catch (error) {
      // Of a task, the other window gets the same.
      if (!(error instanceof JobTakenOver) || !isCall) throw error;
      this.#isOnItsOwn = true;
    }
    return this.#fetch(model, step);
  }

  async #fetch(model: ImageModel, step: DeliveredStep): Promise<JobState> {
    const { job, report } = this.#input;
    const { logger, now } = this.#parts;
    const { delivery } = step;
    const problem = await fetchImages({ ...this.#parts, model }, job, step, {
      signal: this.#stop.signal,
      onStart: () => report(downloading(step)),
      onStep: async (next, isImage) => {
        await this.#writeOn(next);
        if (isImage) report(downloading(next));
      },
    });
    const images = savedImages(this.#step);
    if (problem === undefined) {
      return { status: 'saved', images, failures: delivery.failures, delivery };
    }
    return failedState(this.#step, asGenerationError(problem, 'yes', logger), now());
  }

  #progress(progress: GenerationProgress): void {
    this.#phase = progress.phase;
    this.#input.report({ status: 'running', progress, images: savedImages(this.#step) });
    if (progress.phase === 'throttled') this.#try(this.#slot?.refused(progress.retryInMs));
  }

  /** The service did not take it, and it is sent again. */
  #refused(): void {
    this.#hasLeft = false;
    if (this.#isCancelWanted) this.#cancelled();
    this.#try(this.#writeOn({ at: 'waiting' }));
  }

  /** What the next step does not wait for. */
  #try(note: Promise<void> | undefined): void {
    note?.catch((error: unknown) =>
      this.#parts.logger.warn(`a refusal could not be noted: ${String(error)}`),
    );
  }

  async #write(step: JobStep): Promise<void> {
    this.#step = step;
    if (!this.#isOnItsOwn) await this.#input.write(step);
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
    const { at } = this.#step;
    const isStopped = this.#stop.signal.aborted && isAbortError(error);
    if (isStopped && at !== 'delivered') return { status: 'cancelled', billed: this.#billed() };
    const shown = asGenerationError(error, this.#hasLeft ? 'maybe' : 'no', this.#parts.logger);
    // The poll was quicker than the answer to the cancel.
    if (this.#isCancelWanted && shown.code === 'TaskCanceled') {
      return { status: 'cancelled', billed: 'no' };
    }
    // Without its model, what was paid for waits.
    const isPaid = this.#hasLeft && !this.#model;
    const told = isPaid ? shown.with({ billed: 'maybe' }) : shown;
    return failedState(this.#step, told, this.#parts.now());
  }

  /** Of a job that was stopped. */
  #billed(): Billed {
    if (this.#isCancelled || !this.#hasLeft) return 'no';
    return this.#step.at === 'task' && this.#phase === 'running' ? 'yes' : 'maybe';
  }
}
