import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, eventAnswer, jsonAnswer } from './answer';
import { Durations } from './durations';
import type { Fault } from './faults';
import { type Fields, isFields } from './fields';
import { ImageMaker, type MakerParts } from './imageMaker';
import { type ImageOrder, orderedCount, readImageOrder } from './imageOrder';
import type { Caller } from './keyRing';
import { models } from './models';
import { type ModelRow, type SubmitRoute, submitRoutes } from './models/modelRow';
import { toNativeBody } from './openAiBody';
import { concurrencyExceeded, limitsOf, RateGate, rateExceeded } from './rateLimits';
import type { LedgerEntry } from './records';
import { invalidField, invalidParameter, Refusal, wrongMode } from './refusal';
import {
  listEntry,
  openAiReply,
  streamReplies,
  syncReply,
  taskReply,
  unknownTaskReply,
} from './replies';
import { type ImageOutcome, type Task, TaskBoard } from './taskBoard';
import type { UploadStore } from './uploads';

/** What the service stands on. */
export interface ServiceParts extends MakerParts {
  readonly uploads: UploadStore;
  readonly stopped: AbortSignal;
}

/** One call for images, with the fault that it meets. */
export interface ImageCall {
  readonly caller: Caller;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when it was no JSON. */
  readonly body: unknown;
  readonly fault: Fault | undefined;
  readonly warn: (warning: string) => void;
}

/** One call to a submit path. */
export interface SubmitCall extends ImageCall {
  readonly route: SubmitRoute;
}

/** DashScope itself: calls, tasks, images and the bill. Its methods throw Refusals. */
export class Service {
  readonly #board: TaskBoard;
  readonly #maker: ImageMaker;
  readonly #durations: Durations;
  readonly #gate: RateGate;

  constructor(private readonly parts: ServiceParts) {
    this.#durations = new Durations(parts.settings);
    this.#gate = new RateGate(parts.now);
    this.#board = new TaskBoard(parts.settings, parts.now, this.#durations);
    this.#maker = new ImageMaker(parts);
  }

  /** The images made so far, also by tasks that nobody asked about. */
  ledger(): LedgerEntry[] {
    this.#board.advance();
    return this.#maker.ledger();
  }

  clear(): void {
    this.#board.clear();
    this.#maker.clear();
    this.#durations.clear();
    this.#gate.clear();
  }

  /** Models that the caller's region has. */
  modelsOf({ region }: Caller): ModelRow[] {
    return models.filter(({ regions }) => region === undefined || regions.includes(region));
  }

  async submit(call: SubmitCall): Promise<Answer> {
    const { caller, route, headers } = call;
    const body = readJsonBody(call);
    const row = this.modelsOf(caller).find(({ id }) => id === body.model);
    if (!row) throw invalidParameter('Model not exist.');
    if (!row.routes.includes(route)) throw invalidParameter(urlError);
    const isAsync = headers['x-dashscope-async'] === 'enable';
    this.#checkMode(row, route, isAsync, caller);
    this.#checkLimits(row, isAsync, caller);
    const read = (): ImageOrder => this.#read(call, row, route, body);
    if (isAsync) return this.#beginTask(call, row, body, read);
    const order = read();
    if (order.isInterleaved) {
      const isStream = isFields(body.parameters) && body.parameters.stream === true;
      if (!isStream || headers['x-dashscope-sse'] !== 'enable') {
        throw invalidParameter('currently stream=False is not supported');
      }
      return await this.#stream(call, row, order);
    }
    const requestId = randomUUID();
    const images = await this.#makeNow(call, order, requestId);
    return reply(syncReply(row.reply, order, images), requestId);
  }

  /** A call on the OpenAI-compatible path. */
  async submitOpenAi(call: ImageCall): Promise<Answer> {
    const body = readJsonBody(call);
    const row = this.modelsOf(call.caller).find(({ id }) => id === body.model);
    if (!row) {
      const message = `The model ${body.model} does not exist or you do not have access to it.`;
      throw new Refusal(404, 'model_not_found', message);
    }
    if (!row.hasOpenAiPath) {
      const message = `Unsupported model ${body.model} for OpenAI compatibility mode.`;
      throw new Refusal(404, 'model not supported', message);
    }
    if (call.headers['x-dashscope-async'] !== undefined) throw wrongMode('asynchronous');
    this.#checkLimits(row, false, call.caller);
    const native = toNativeBody(row, body, call.warn);
    const order = this.#read(call, row, 'multimodal-generation/generation', native);
    const requestId = randomUUID();
    const images = await this.#makeNow(call, order, requestId);
    return jsonAnswer(200, openAiReply(order, images, this.parts.now()), requestId);
  }

  /** What a client needs to upload an input image. */
  uploadPolicy({ key, region }: Caller, query: URLSearchParams): Answer {
    if (region !== undefined && !uploadRegions.includes(region)) {
      throw new Refusal(404, 'NotFound', 'Not found!');
    }
    if (query.get('action') !== 'getPolicy') throw invalidField('action');
    const model = query.get('model') ?? '';
    if (model === '') throw invalidField('model');
    const { uploads, resultUrl } = this.parts;
    return reply({ data: uploads.grantPolicy({ key, model }, resultUrl()) });
  }

  /** The state of a task; a task that the caller may not see is UNKNOWN. */
  poll(caller: Caller, id: string, headers: IncomingHttpHeaders, fault: Fault | undefined): Answer {
    if (headers['x-dashscope-async'] !== undefined) {
      throw wrongMode('asynchronous');
    }
    this.#checkQuestion(caller);
    const task = fault?.kind === 'unknownTask' ? undefined : this.#board.find(id, caller.key);
    return reply(task ? taskReply(task) : unknownTaskReply(id));
  }

  cancel(caller: Caller, id: string): Answer {
    this.#checkQuestion(caller);
    const task = this.#board.find(id, caller.key);
    if (!task || !this.#board.cancel(task)) {
      throw new Refusal(
        400,
        'UnsupportedOperation',
        'Failed to cancel the task, please confirm if the task is in PENDING status.',
      );
    }
    return reply({});
  }

  list(caller: Caller, query: URLSearchParams): Answer {
    this.#checkQuestion(caller);
    const newest = this.parts.now() - this.parts.settings.listLagMs;
    const start = readListTime(query, 'start_time') ?? Number.NEGATIVE_INFINITY;
    const end = readListTime(query, 'end_time') ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(end - start) && end - start > 24 * 60 * 60 * 1000) {
      throw invalidParameter('The time range must not be longer than 24 hours.');
    }
    const is = (name: string, value: string): boolean => (query.get(name) || value) === value;
    const tasks = this.#board
      .list(caller.key)
      .filter(({ submittedAt }) => submittedAt >= start && submittedAt <= Math.min(end, newest))
      .filter(
        ({ id, row, state }) =>
          is('task_id', id) && is('model_name', row.id) && is('status', state),
      );
    const page = Math.max(1, Number(query.get('page_no') ?? 1));
    const pageSize = Math.max(1, Number(query.get('page_size') ?? 10));
    return reply({
      total: tasks.length,
      total_page: Math.ceil(tasks.length / pageSize),
      page_no: page,
      page_size: pageSize,
      data: tasks.slice((page - 1) * pageSize, page * pageSize).map(listEntry),
    });
  }

  /** The model of a task, whoever's it is: faults can wait for it. */
  modelOfTask(id: string, caller: Caller): string | undefined {
    return this.#board.find(id, caller.key)?.row.id;
  }

  #checkMode(row: ModelRow, route: SubmitRoute, isAsync: boolean, { region }: Caller): void {
    const isWanted = submitRoutes[route].isAsync;
    const isOnlyAsync = region !== undefined && row.asyncOnlyIn?.includes(region);
    if (isAsync === isWanted && (isAsync || !isOnlyAsync)) return;
    const hasTasks = row.routes.some((name) => submitRoutes[name].isAsync);
    if (isAsync && !hasTasks && this.parts.settings.throttlesAsync) {
      throw rateExceeded();
    }
    throw wrongMode(isAsync ? 'asynchronous' : 'synchronous');
  }

  #checkLimits(row: ModelRow, isAsync: boolean, { key, region }: Caller): void {
    const { limitsRates, refusesConcurrent } = this.parts.settings;
    if (!limitsRates) return;
    const limits = limitsOf(row.id, region);
    const { concurrentTasks = Number.POSITIVE_INFINITY } = limits;
    if (isAsync && refusesConcurrent && this.#board.countOpen(key, row.id) >= concurrentTasks) {
      throw concurrencyExceeded();
    }
    this.#gate.admitSubmit(key, row.id, limits);
  }

  #checkQuestion({ key }: Caller): void {
    if (this.parts.settings.limitsRates) this.#gate.admitQuestion(key);
  }

  #read(call: ImageCall, row: ModelRow, route: SubmitRoute, body: Fields): ImageOrder {
    const { settings, uploads } = this.parts;
    const owner = { key: call.caller.key, model: row.id };
    return readImageOrder(row, route, body, {
      strictness: settings.strictness,
      warn: call.warn,
      findUpload: (address) => uploads.find(address, owner),
      resolvesUploads: call.headers['x-dashscope-ossresourceresolve'] === 'enable',
    });
  }

  #beginTask(
    { caller, fault, route }: SubmitCall,
    row: ModelRow,
    body: Fields,
    read: () => ImageOrder,
  ): Answer {
    const requestId = randomUUID();
    const region = caller.region ?? 'cn-beijing';
    const { concurrentTasks } = limitsOf(row.id, caller.region);
    const base = {
      ...{ requestId, key: caller.key, region, row, route },
      ...(concurrentTasks === undefined ? {} : { concurrentTasks }),
    };
    const begin = (
      order: ImageOrder | undefined,
      failure?: { code: string; message: string },
    ): Task =>
      this.#board.submit({
        ...base,
        count: order?.count ?? orderedCount(row, body, this.parts.settings.strictness),
        ...(order ? { order } : {}),
        ...(failure ? { failure } : {}),
        makeImages: (taskId) => (order ? this.#maker.make(order, requestId, taskId, fault) : []),
      });
    let task: Task;
    try {
      task = begin(read(), fault?.kind === 'failTask' ? fault : undefined);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!error.failsTask && !this.parts.settings.deferChecks) throw error;
      task = begin(undefined, error);
    }
    return reply({ output: { task_status: 'PENDING', task_id: task.id } }, requestId);
  }

  /** Takes its time, and throws what a fault has for the call, or the reason why not one image was made. */
  async #makeNow(
    { fault }: ImageCall,
    order: ImageOrder,
    requestId: string,
  ): Promise<ImageOutcome[]> {
    await pause(this.#durations.milliseconds(this.#durations.draw()), undefined, {
      signal: this.parts.stopped,
    });
    if (fault?.kind === 'failTask') {
      throw new Refusal(statusOf(fault.code), fault.code, fault.message);
    }
    const images = this.#maker.make(order, requestId, undefined, fault);
    const failure = images.find((image) => 'code' in image);
    if (failure && images.every((image) => 'code' in image)) {
      throw new Refusal(500, failure.code, failure.message);
    }
    return images;
  }

  /** What goes wrong once the stream has begun is told in it. */
  async #stream(call: ImageCall, row: ModelRow, order: ImageOrder): Promise<Answer> {
    const requestId = randomUUID();
    const event = (status: number, value: object): { status: number; value: object } => ({
      status,
      value: { ...value, request_id: requestId },
    });
    try {
      const images = await this.#makeNow(call, order, requestId);
      const replies = streamReplies(row.reply, order, images);
      return eventAnswer(replies.map((value) => event(200, value)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      const begun = streamReplies(row.reply, order, []).slice(0, 2);
      const last = event(status, { code, message });
      return eventAnswer([...begun.map((value) => event(200, value)), last]);
    }
  }
}

/** The regions whose clients can upload input images. */
const uploadRegions: readonly string[] = ['cn-beijing', 'ap-southeast-1'];

const urlError =
  'url error, please check url！ For details, see: https://help.aliyun.com/zh/model-studio/error-code#error-url';

function readJsonBody({ body, headers }: ImageCall): Fields {
  if (isFields(body) && /^application\/json\b/.test(headers['content-type'] ?? '')) return body;
  throw invalidParameter('Required body invalid, please check the request body format.');
}

/** The status of an answer at once that would be a failed task. */
function statusOf(code: string): number {
  return code.startsWith('Internal') ? 500 : 400;
}

function reply(value: object, requestId: string = randomUUID()): Answer {
  return jsonAnswer(200, { ...value, request_id: requestId });
}

/** `YYYYMMDDhhmmss` in Beijing's time. */
function readListTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!match) throw invalidParameter(`${name} must be of the form YYYYMMDDhhmmss`);
  const [year, month, day, hour, minute, second] = match.slice(1);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
}
