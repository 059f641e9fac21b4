import { ImageGenerationError } from '../imageModel/errors';
import type {
  AcceptedTask,
  DeliveredImage,
  DownloadedImage,
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageRequest,
  LostSubmit,
  LostTaskSearch,
  SubmitLimits,
  SubmitOptions,
  Submitted,
} from '../imageModel/imageModel';
import { cutQueries } from './apiErrors';
import { type CarriedImages, type CarrierContext, carryImages } from './carryImages';
import { downloadImage } from './download';
import { isLoopbackUrl } from './hostScope';
import { findLostTask } from './lostTask';
import type { ModelRow, ProtocolName } from './modelRow';
import { isInterleaved } from './protocol';
import {
  type Destination,
  isUnserved,
  protocols,
  tellingRefusal,
  usableProtocols,
} from './protocolChoice';
import { readDelivery } from './readDelivery';
import { submitLimits } from './submitLimits';
import { cancelTask, submitTask, type TaskContext, waitForTask } from './tasks';
import type { ClientEnvironment, Submission } from './transport';
import type { FinishedReply } from './wireSchemas';

/** What a model is given by its provider. */
export interface ModelContext {
  readonly row: ModelRow;
  readonly destination: Destination;
  readonly environment: ClientEnvironment;
  readonly tasks: TaskContext;
  readonly carriers: CarrierContext;
  /** Where throttling has turned out to mean that there are no tasks; shared by the models of a provider. */
  readonly taskDoubts: Set<string>;
}

/** How often a protocol is tried that answers as if it were busy, while another one may serve. */
const maxBusyAttempts = 5;

/** One of DashScope's models at a place. */
export class DashScopeModel implements ImageModel {
  readonly limits: SubmitLimits;
  readonly #context: ModelContext;
  /** By task: what was uploaded for it may be why it fails. */
  readonly #forgetUploads = new Map<string, () => void>();

  constructor(context: ModelContext) {
    this.#context = context;
    this.limits = submitLimits(context.row, context.destination);
  }

  async submit(request: ImageRequest, options: SubmitOptions): Promise<Submitted> {
    const { row, carriers } = this.#context;
    const carried = await carryImages(row, request, carriers, options.signal);
    try {
      const submitted = await this.#submit(request, carried, options);
      if ('task' in submitted) {
        this.#forgetUploads.set(submitted.task.taskId, carried.forgetUploads);
      }
      return submitted;
    } catch (error) {
      if (isAnswer(error)) carried.forgetUploads();
      throw error;
    }
  }

  async wait(
    task: AcceptedTask,
    request: ImageRequest,
    options: GenerateOptions,
  ): Promise<ImageDelivery> {
    const { taskId, requestId } = task;
    const { tasks } = this.#context;
    try {
      const reply = await waitForTask(task, this.#pollKind(request), tasks, options);
      return this.#deliver(reply, { taskId, requestId });
    } catch (error) {
      if (isAnswer(error)) this.#forgetUploads.get(taskId)?.();
      throw error;
    } finally {
      this.#forgetUploads.delete(taskId);
    }
  }

  cancel(taskId: string): Promise<boolean> {
    return cancelTask(taskId, this.#context.tasks);
  }

  findLostTask(lost: LostSubmit, { signal }: GenerateOptions): Promise<LostTaskSearch> {
    const { row, tasks } = this.#context;
    return findLostTask(lost, row, tasks, signal);
  }

  download(
    { url }: DeliveredImage,
    file: string,
    { signal }: GenerateOptions,
  ): Promise<DownloadedImage> {
    const { environment, destination } = this.#context;
    const allowLoopback = isLoopbackUrl(destination.baseUrl);
    return downloadImage(url, file, { environment, allowLoopback, signal });
  }

  /** By the first protocol that serves the model. */
  async #submit(
    request: ImageRequest,
    carried: CarriedImages,
    options: SubmitOptions,
  ): Promise<Submitted> {
    const { row, destination, environment, taskDoubts } = this.#context;
    const names = usableProtocols(row, request, destination);
    const place = `${row.id} ${destination.regionId} ${destination.baseUrl}`;
    let first: ImageGenerationError | undefined;
    for (const [index, name] of names.entries()) {
      const protocol = protocols[name];
      const next = names[index + 1];
      const maxAttempts = taskDoubts.has(place) ? 1 : maxBusyAttempts;
      const submission: Submission = {
        ...this.#submission(name, request, carried),
        // With no other way to go, a busy service is waited for.
        givesUp: (error, attempts) =>
          next !== undefined && attempts >= maxAttempts && isUnserved(error, protocol),
      };
      try {
        const submitted = await this.#send(submission, options);
        if (first?.httpStatus === 429) taskDoubts.add(place);
        else if (submission.isAsync) taskDoubts.delete(place);
        return submitted;
      } catch (error) {
        if (!next || !isUnserved(error, protocol)) throw tellingRefusal(first, error, protocol);
        first ??= error;
        options.onRefused?.();
        environment.logger.info(`${row.id}: not by ${name} (${error.code}), trying ${next}`);
      }
    }
    throw new Error(`${row.id} has no protocol`);
  }

  async #send(submission: Submission, options: SubmitOptions): Promise<Submitted> {
    const { tasks } = this.#context;
    if (submission.isAsync) return { task: await submitTask(tasks, submission, options) };
    const { reply } = await tasks.transport.submit(submission, options);
    return { delivery: this.#deliver(reply, { requestId: reply.request_id ?? '' }) };
  }

  #submission(name: ProtocolName, request: ImageRequest, carried: CarriedImages): Submission {
    const { row, environment } = this.#context;
    const protocol = protocols[name];
    const { path, isAsync, timeoutMs } = protocol;
    const body = protocol.buildBody(row, request, carried.wireImages);
    environment.logger.debug(`generate: ${JSON.stringify(body, forLog)}`);
    const isStream = protocol.streamsInterleaved && isInterleaved(row, request);
    return {
      ...{ path, body, isAsync },
      ...(timeoutMs !== undefined && { timeoutMs }),
      headers: {
        ...carried.headers,
        ...(isStream && { Accept: 'text/event-stream', 'X-DashScope-SSE': 'enable' }),
      },
    };
  }

  /** What takes about as long each time. */
  #pollKind({ size }: ImageRequest): string {
    const { row, destination } = this.#context;
    const text = typeof size === 'string' ? size : `${size.width}*${size.height}`;
    return `${row.id} ${destination.regionId} ${text}`;
  }

  #deliver(
    reply: FinishedReply,
    source: Pick<ImageDelivery, 'requestId' | 'taskId'>,
  ): ImageDelivery {
    const writesText = this.#context.row.parameters.interleave !== undefined;
    return readDelivery(reply, { ...source, writesText });
  }
}

/** Whether the service itself has refused something, as it may do for the sake of an upload. */
function isAnswer(error: unknown): boolean {
  return error instanceof ImageGenerationError && error.httpStatus !== undefined;
}

/** Neither the bytes of images nor what may be a signature in their addresses. */
function forLog(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^data:/i.test(value)) return `data:… (${value.length} characters)`;
  // An address may have spaces in it, a prompt may have addresses in it.
  return /^https?:/i.test(value) ? value.replace(/[?#].*$/s, '?…') : cutQueries(value);
}
