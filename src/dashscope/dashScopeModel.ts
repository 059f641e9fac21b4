import { ImageGenerationError } from '../imageModel/errors';
import type {
  DeliveredImage,
  GeneratedImage,
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageRequest,
} from '../imageModel/imageModel';
import { type CarriedImages, type CarrierContext, carryImages } from './carryImages';
import { downloadImage } from './download';
import { isLoopbackUrl } from './hostScope';
import type { ModelRow, ProtocolName } from './modelRow';
import { isInterleaved } from './protocol';
import { type Destination, isUnserved, protocols, usableProtocols } from './protocolChoice';
import { readDelivery } from './readDelivery';
import { submitTask, type Task, type TaskContext, waitForTask } from './tasks';
import type { ClientEnvironment, Submission } from './transport';
import type { ServiceReply } from './wireSchemas';

/** What a model is given by its provider. */
export interface ModelContext {
  readonly row: ModelRow;
  readonly destination: Destination;
  readonly environment: ClientEnvironment;
  readonly tasks: TaskContext;
  readonly carriers: CarrierContext;
}

/** What a submit was answered with. */
type Answer = { readonly reply: ServiceReply } | { readonly task: Task };

/** One of DashScope's models in a region. */
export class DashScopeModel implements ImageModel {
  readonly #context: ModelContext;

  constructor(context: ModelContext) {
    this.#context = context;
  }

  async generate(request: ImageRequest, options: GenerateOptions): Promise<ImageDelivery> {
    const { row, carriers } = this.#context;
    const carried = await carryImages(row, request, carriers, options.signal);
    try {
      const answer = await this.#submit(request, carried, options);
      if ('task' in answer) return await this.#finish(answer.task, options);
      return this.#deliver(answer.reply, { requestId: answer.reply.request_id ?? '' });
    } catch (error) {
      const isRefused = error instanceof ImageGenerationError && error.kind === 'invalidRequest';
      if (isRefused) carried.forgetUploads();
      throw error;
    }
  }

  resume(taskId: string, options: GenerateOptions): Promise<ImageDelivery> {
    return this.#finish({ taskId, requestId: '' }, options);
  }

  download({ url }: DeliveredImage, { signal }: GenerateOptions): Promise<GeneratedImage> {
    const { environment, destination } = this.#context;
    const allowLoopback = isLoopbackUrl(destination.baseUrl);
    return downloadImage(url, { environment, allowLoopback, signal });
  }

  /** By the first protocol that serves the model. */
  async #submit(
    request: ImageRequest,
    carried: CarriedImages,
    options: GenerateOptions,
  ): Promise<Answer> {
    const { row, destination, environment } = this.#context;
    const names = usableProtocols(row, request, destination);
    let wasThrottled = false;
    for (const [index, name] of names.entries()) {
      const submission = this.#submission(name, request, carried);
      try {
        // When the service was merely busy it still is, and has been given time enough.
        return await this.#send(
          { ...submission, ...(wasThrottled && { maxAttempts: 1 }) },
          options,
        );
      } catch (error) {
        const next = names[index + 1];
        if (!next || !isUnserved(error, protocols[name])) throw error;
        wasThrottled ||= error.httpStatus === 429;
        environment.logger.info(`${row.id}: not by ${name} (${error.code}), trying ${next}`);
      }
    }
    throw new Error(`${row.id} has no protocol`);
  }

  async #send(submission: Submission, options: GenerateOptions): Promise<Answer> {
    const { tasks } = this.#context;
    return submission.isAsync
      ? { task: await submitTask(tasks, submission, options) }
      : { reply: await tasks.transport.submit(submission, options) };
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

  async #finish(task: Task, options: GenerateOptions): Promise<ImageDelivery> {
    const output = await waitForTask(task, this.#context.tasks, options);
    return this.#deliver({ output }, task);
  }

  #deliver(
    reply: Pick<ServiceReply, 'output' | 'data'>,
    source: Pick<ImageDelivery, 'requestId' | 'taskId'>,
  ): ImageDelivery {
    const writesText = this.#context.row.parameters.interleave !== undefined;
    return readDelivery(reply, { ...source, writesText });
  }
}

/** Neither the bytes of images nor what may be a signature in their addresses. */
function forLog(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.startsWith('data:')) return `data:… (${value.length} characters)`;
  return /^https?:\/\/\S+$/.test(value) ? value.replace(/[?#].*$/, '?…') : value;
}
