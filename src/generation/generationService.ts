import { type Billed, GenerationCancelled, ImageGenerationError } from '../imageModel/errors';
import type {
  DeliveredImage,
  GenerationProgress,
  ImageDelivery,
  ImageModel,
  ImageProvider,
  ImageRequest,
} from '../imageModel/imageModel';
import { checkRequest } from '../imageModel/requestRules';
import { isAbortError } from '../util/abort';
import { Emitter } from '../util/emitter';
import type { Logger } from '../util/logger';
import { type GenerationJob, type JobState, openTask, type SavedImage } from './generationJob';
import type { ImageSink } from './imageSink';

/** What the service is built from; time and ids are parameters, so that tests decide them. */
export interface GenerationServiceOptions {
  readonly provider: ImageProvider;
  readonly sink: ImageSink;
  readonly now: () => number;
  readonly createId: () => string;
  readonly logger: Logger;
}

/** What a job needs to start. */
export type JobInput = Pick<GenerationJob, 'request' | 'regionId' | 'folder' | 'price'>;

const maxFinishedJobs = 100;

/** Runs jobs: asks the model, fetches what it delivered, hands it to the sink. Failures end up in the job's state. */
export class GenerationService {
  readonly #options: GenerationServiceOptions;
  readonly #jobs = new Map<string, GenerationJob>();
  readonly #controllers = new Map<string, AbortController>();
  readonly #finished = new Map<string, Promise<GenerationJob>>();
  readonly #changed = new Emitter<GenerationJob>((error) => this.#logBug(error));
  readonly onDidChangeJob = this.#changed.event;

  constructor(options: GenerationServiceOptions) {
    this.#options = options;
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
  start(input: JobInput): GenerationJob {
    this.check(input.request, input.regionId);
    const model = this.#options.provider.createModel(input.request.modelId, input.regionId);
    const job: GenerationJob = {
      ...input,
      id: this.#options.createId(),
      startedAt: this.#options.now(),
      state: { status: 'running', progress: { phase: 'submitting' }, images: [] },
    };
    return this.#run(job, (signal) => this.#generate(job, model, signal));
  }

  /** Resolves with the job in a final state; never rejects. */
  finished(id: string): Promise<GenerationJob> {
    const running = this.#finished.get(id);
    if (!running) throw new Error(`no job ${id}`);
    return running;
  }

  /** Stops waiting, and cancels the task at the service where that is still possible. Does nothing to a finished job. */
  cancel(id: string): void {
    this.#controllers.get(id)?.abort();
  }

  /**
   * Gives a failed job another try, under its own id: fetches what was paid for and not saved yet, asks after a task that
   * was left open, or else sends the request again. Does nothing to a job that has not failed, as when pressed twice.
   */
  retry(id: string): void {
    const job = this.#jobs.get(id);
    if (job?.state.status !== 'failed') return;
    const { delivery, images, error } = job.state;
    const { endedAt: _, ...rest } = job;
    const state = { status: 'running', progress: { phase: 'submitting' }, images } as const;
    const again = { ...rest, startedAt: this.#options.now(), state };
    const model = this.#options.provider.createModel(job.request.modelId, job.regionId);
    this.#run(again, (signal) =>
      delivery
        ? this.#fetchAll(again, model, delivery, images, signal)
        : this.#generate(again, model, signal, openTask(error)),
    );
  }

  #run(job: GenerationJob, work: (signal: AbortSignal) => Promise<JobState>): GenerationJob {
    const controller = new AbortController();
    this.#controllers.set(job.id, controller);
    this.#put(job);
    const finish = async (): Promise<GenerationJob> => {
      let state: JobState;
      try {
        state = await work(controller.signal);
      } catch (error) {
        state = this.#stateAfter(error);
      }
      this.#controllers.delete(job.id);
      const done = { ...job, endedAt: this.#options.now(), state };
      this.#put(done);
      this.#forgetOldest();
      return done;
    };
    this.#finished.set(job.id, finish());
    return job;
  }

  async #generate(
    job: GenerationJob,
    model: ImageModel,
    signal: AbortSignal,
    taskId?: string,
  ): Promise<JobState> {
    const onProgress = (progress: GenerationProgress): void =>
      this.#put({ ...job, state: { status: 'running', progress, images: [] } });
    const options = { signal, onProgress };
    const delivery = await (taskId
      ? model.resume(taskId, options)
      : model.generate(job.request, options));
    return this.#fetchAll(job, model, delivery, [], signal);
  }

  /** Fetches and saves, several at a time; one that fails does not stop the others. */
  async #fetchAll(
    job: GenerationJob,
    model: ImageModel,
    delivery: ImageDelivery,
    saved: readonly SavedImage[],
    signal: AbortSignal,
  ): Promise<JobState> {
    const images = [...saved];
    const total = delivery.images.length;
    const report = (): void =>
      this.#put({
        ...job,
        state: {
          status: 'running',
          progress: { phase: 'downloading', done: images.length, total },
          images: [...images],
          delivery,
        },
      });
    report();
    const fetchOne = async (position: number, delivered: DeliveredImage): Promise<void> => {
      const image = await model.download(delivered, { signal });
      const target = { folder: job.folder, prompt: job.request.prompt };
      const file = await this.#options.sink.save(image, target);
      const { mediaType, size } = image;
      images.push({ ...file, id: `${job.id}-${position}`, position, mediaType, size });
      report();
    };
    const isMissing = (position: number): boolean =>
      !saved.some((image) => image.position === position);
    const results = await Promise.allSettled(
      delivery.images.map((delivered, position) =>
        isMissing(position) ? fetchOne(position, delivered) : undefined,
      ),
    );
    images.sort((a, b) => a.position - b.position);
    const problem = results.find((result) => result.status === 'rejected');
    if (!problem) return { status: 'saved', images, failures: delivery.failures, delivery };
    return { status: 'failed', error: this.#asError(problem.reason, 'yes'), images, delivery };
  }

  #stateAfter(error: unknown): JobState {
    if (error instanceof GenerationCancelled) return { status: 'cancelled', billed: error.billed };
    return { status: 'failed', error: this.#asError(error, 'maybe'), images: [] };
  }

  /** Whatever is not an error for people is a bug: logged with its stack, and shown as such. */
  #asError(error: unknown, billed: Billed): ImageGenerationError {
    if (error instanceof ImageGenerationError) return error;
    if (isAbortError(error)) {
      return new ImageGenerationError('download', 'The download was stopped.', {
        code: 'DownloadStopped',
        retryable: true,
        billed,
      });
    }
    this.#logBug(error);
    return new ImageGenerationError('badResponse', 'Easel ran into a bug.', {
      code: 'Bug',
      billed,
      cause: error,
    });
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
    for (const [id, { state }] of this.#jobs) {
      if (this.#jobs.size <= maxFinishedJobs) return;
      if (state.status === 'running') continue;
      this.#jobs.delete(id);
      this.#finished.delete(id);
    }
  }
}
