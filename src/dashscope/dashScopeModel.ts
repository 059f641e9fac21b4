import { ImageGenerationError } from '../imageModel/errors';
import type {
  DeliveredImage,
  GeneratedImage,
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageRequest,
} from '../imageModel/imageModel';
import { cutQueries } from './apiErrors';
import { type CarriedImages, type CarrierContext, carryImages } from './carryImages';
import { downloadImage } from './download';
import { isLoopbackUrl } from './hostScope';
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
import { submitTask, type Task, type TaskContext, waitForTask } from './tasks';
import type { ClientEnvironment, Submission } from './transport';
import type { FinishedReply, ServiceReply } from './wireSchemas';

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
      const isAnswered = error instanceof ImageGenerationError && error.httpStatus !== undefined;
      if (isAnswered) carried.forgetUploads();
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
    const { row, destination, environment, taskDoubts } = this.#context;
    const names = usableProtocols(row, request, destination);
    const place = `${row.id} ${destination.regionId} ${destination.baseUrl}`;
    let first: ImageGenerationError | undefined;
    let hasWaited = false;
    for (const [index, name] of names.entries()) {
      const next = names[index + 1];
      const submission = this.#submission(name, request, carried);
      const isDoubted = submission.isAsync && next !== undefined && taskDoubts.has(place);
      // A service that stayed busy over every attempt of one protocol is not waited for as long once more.
      const limit = hasWaited || isDoubted ? { maxAttempts: 1 } : {};
      try {
        const answer = await this.#send({ ...submission, ...limit }, options);
        if (first?.httpStatus === 429) taskDoubts.add(place);
        else if (submission.isAsync) taskDoubts.delete(place);
        return answer;
      } catch (error) {
        if (!next || !isUnserved(error, protocols[name])) {
          throw tellingRefusal(first, error, protocols[name]);
        }
        first ??= error;
        hasWaited ||= error.httpStatus === 429 && !isDoubted;
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
    const reply = await waitForTask(task, this.#context.tasks, options);
    return this.#deliver(reply, task);
  }

  #deliver(
    reply: FinishedReply,
    source: Pick<ImageDelivery, 'requestId' | 'taskId'>,
  ): ImageDelivery {
    const writesText = this.#context.row.parameters.interleave !== undefined;
    return readDelivery(reply, { ...source, writesText });
  }
}

/** Neither the bytes of images nor what may be a signature in their addresses. */
function forLog(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^data:/i.test(value)) return `data:… (${value.length} characters)`;
  // An address may have spaces in it, a prompt may have addresses in it.
  return /^https?:/i.test(value) ? value.replace(/[?#].*$/s, '?…') : cutQueries(value);
}
