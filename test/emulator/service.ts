import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, jsonAnswer } from './answer';
import type { Fault } from './faults';
import { type ImageOrder, isFields, orderedCount, readImageOrder } from './imageOrder';
import type { Caller } from './keyRing';
import { type ModelRow, models, type Strictness, type SubmitRoute, submitRoutes } from './models';
import type { LedgerEntry } from './records';
import { invalidParameter, Refusal } from './refusal';
import { listEntry, syncReply, taskReply, unknownTaskReply } from './replies';
import type { ResultShelf } from './resultServer';
import type { Settings } from './settings';
import { type ImageOutcome, type Task, TaskBoard } from './taskBoard';

/** What the service stands on. */
export interface ServiceParts {
  readonly settings: Readonly<Settings>;
  readonly strictness: Strictness;
  readonly shelf: ResultShelf;
  /** Known once the result origin listens. */
  readonly resultUrl: () => string;
  readonly now: () => number;
  readonly stopped: AbortSignal;
}

/** One call to a submit path, with the fault that it meets. */
export interface SubmitCall {
  readonly caller: Caller;
  readonly route: SubmitRoute;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when it was no JSON. */
  readonly body: unknown;
  readonly fault: Fault | undefined;
  readonly warn: (warning: string) => void;
}

/** DashScope itself: calls, tasks, images and the bill. Its methods throw Refusals. */
export class Service {
  readonly #board: TaskBoard;
  #ledger: LedgerEntry[] = [];

  constructor(private readonly parts: ServiceParts) {
    this.#board = new TaskBoard(parts.settings, parts.now);
  }

  /** The images made so far, also by tasks that nobody asked about. */
  ledger(): LedgerEntry[] {
    this.#board.advance();
    return [...this.#ledger];
  }

  clear(): void {
    this.#board.clear();
    this.#ledger = [];
  }

  /** Models that the caller's region has. */
  modelsOf({ region }: Caller): ModelRow[] {
    return models.filter(({ regions }) => region === undefined || regions.includes(region));
  }

  async submit(call: SubmitCall): Promise<Answer> {
    const { body, route, headers } = call;
    if (!isFields(body) || !/^application\/json\b/.test(headers['content-type'] ?? '')) {
      throw invalidParameter('Required body invalid, please check the request body format.');
    }
    const row = this.modelsOf(call.caller).find(({ id }) => id === body.model);
    if (!row) throw invalidParameter('Model not exist.');
    if (!row.routes.includes(route)) throw invalidParameter(urlError);
    const isAsync = headers['x-dashscope-async'] === 'enable';
    if (isAsync !== submitRoutes[route].isAsync) {
      const mode = isAsync ? 'asynchronous' : 'synchronous';
      throw new Refusal(403, 'AccessDenied', `current user api does not support ${mode} calls.`);
    }
    const read = (): ImageOrder =>
      readImageOrder(row, route, body, this.parts.strictness, call.warn);
    if (isAsync) return this.#beginTask(call, row, orderedCount(row, body), read);
    return await this.#answerNow(call, row, read());
  }

  /** The state of a task; a task that the caller may not see is UNKNOWN. */
  poll(caller: Caller, id: string, headers: IncomingHttpHeaders, fault: Fault | undefined): Answer {
    if (headers['x-dashscope-async'] !== undefined) {
      throw new Refusal(
        403,
        'AccessDenied',
        'current user api does not support asynchronous calls.',
      );
    }
    const task = fault?.kind === 'unknownTask' ? undefined : this.#board.find(id, caller.key);
    return reply(task ? taskReply(task) : unknownTaskReply(id));
  }

  cancel(caller: Caller, id: string): Answer {
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
    const start = readListTime(query, 'start_time') ?? Number.NEGATIVE_INFINITY;
    const end = readListTime(query, 'end_time') ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(end - start) && end - start > 24 * 60 * 60 * 1000) {
      throw invalidParameter('The time range must not be longer than 24 hours.');
    }
    const is = (name: string, value: string): boolean => (query.get(name) || value) === value;
    const tasks = this.#board
      .list(caller.key)
      .filter(({ submittedAt }) => submittedAt >= start && submittedAt <= end)
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

  #beginTask(
    { caller, fault }: SubmitCall,
    row: ModelRow,
    count: number,
    read: () => ImageOrder,
  ): Answer {
    const requestId = randomUUID();
    const base = { requestId, key: caller.key, region: caller.region ?? 'cn-beijing', row };
    const begin = (
      order: ImageOrder | undefined,
      failure?: { code: string; message: string },
    ): Task =>
      this.#board.submit({
        ...base,
        count: order?.count ?? count,
        ...(order ? { order } : {}),
        ...(failure ? { failure } : {}),
        makeImages: (taskId) => (order ? this.#makeImages(order, requestId, taskId, fault) : []),
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

  async #answerNow({ fault }: SubmitCall, row: ModelRow, order: ImageOrder): Promise<Answer> {
    await pause(this.parts.settings.runMs, undefined, { signal: this.parts.stopped });
    if (fault?.kind === 'failTask') {
      const status = fault.code.startsWith('Internal') ? 500 : 400;
      throw new Refusal(status, fault.code, fault.message);
    }
    const requestId = randomUUID();
    const images = this.#makeImages(order, requestId, undefined, fault);
    const failure = images.find((image) => 'code' in image);
    if (failure && images.every((image) => 'code' in image)) {
      throw new Refusal(500, failure.code, failure.message);
    }
    return reply(syncReply(row.reply, order, images), requestId);
  }

  /** Puts the images on the shelf and on the bill. */
  #makeImages(
    order: ImageOrder,
    requestId: string,
    taskId: string | undefined,
    fault: Fault | undefined,
  ): ImageOutcome[] {
    const { shelf, settings, now, resultUrl } = this.parts;
    const { model, prompt, size, count, watermark } = order;
    const failed = fault?.kind === 'partial' ? fault.failed : 0;
    return Array.from({ length: count }, (_, index): ImageOutcome => {
      if (fault?.kind === 'partial' && index >= count - failed) {
        return {
          code: fault.code ?? 'DataInspectionFailed',
          message: fault.message ?? 'Output data may contain inappropriate content.',
        };
      }
      const seed = order.seed + index;
      const description = { prompt, model, ...size, seed, ...(watermark ? { watermark } : {}) };
      const url = resultUrl() + shelf.add(requestId, index, description, settings.resultLifetimeMs);
      this.#ledger.push({
        time: new Date(now()).toISOString(),
        model,
        size: `${size.width}*${size.height}`,
        n: count,
        index,
        requestId,
        ...(taskId ? { taskId } : {}),
        prompt,
        seed,
        url,
      });
      return { url };
    });
  }
}

const urlError =
  'url error, please check url！ For details, see: https://help.aliyun.com/zh/model-studio/error-code#error-url';

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
