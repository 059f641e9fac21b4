import { randomUUID } from 'node:crypto';
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, htmlAnswer, jsonAnswer, sendAnswer, xmlAnswer } from './answer';
import type { Fault, FaultQueue, Phase } from './faults';
import { isFields } from './imageOrder';
import { type Caller, identifyCaller, type Keys } from './keyRing';
import { type SubmitRoute, submitRoutes } from './models';
import { type RequestEntry, recordRequest } from './records';
import { invalidParameter, Refusal } from './refusal';
import type { ResultShelf } from './resultServer';
import type { Service } from './service';

/** What both origins need to answer. */
export interface ServerParts {
  readonly service: Service;
  readonly shelf: ResultShelf;
  readonly faults: FaultQueue;
  readonly keys: Keys;
  readonly region: string | undefined;
  readonly record: (entry: RequestEntry) => void;
  readonly now: () => number;
  readonly stopped: AbortSignal;
}

interface Call {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly fault: Fault | undefined;
  readonly entry: RequestEntry;
  readonly identify: () => Caller;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly phase?: Phase;
  /** `name` is what the path's group caught. */
  readonly handle: (service: Service, call: Call, name: string) => Answer | Promise<Answer>;
}

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: new RegExp(`^/api/v1/services/aigc/(${Object.keys(submitRoutes).join('|')})/?$`),
    phase: 'submit',
    handle: (service, call, name) =>
      service.submit({
        ...call,
        caller: call.identify(),
        route: name as SubmitRoute, // the path is built from these names
        warn: (warning) => call.entry.warnings.push(warning),
      }),
  },
  {
    method: 'GET',
    path: /^\/api\/v1\/tasks\/?$/,
    phase: 'list',
    handle: (service, { identify, url }) => service.list(identify(), url.searchParams),
  },
  {
    method: 'GET',
    path: /^\/api\/v1\/tasks\/([^/]+)\/?$/,
    phase: 'poll',
    handle: (service, { identify, headers, fault }, id) =>
      service.poll(identify(), id, headers, fault),
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/tasks\/([^/]+)\/cancel\/?$/,
    phase: 'cancel',
    handle: (service, { identify }, id) => service.cancel(identify(), id),
  },
  {
    method: 'GET',
    path: /^\/compatible-mode\/v1\/models\/?$/,
    handle: (service, { identify }) => listModels(service, identify),
  },
];

/** Answers the API origin, but for the control paths. */
export function answerApi(parts: ServerParts): RequestListener {
  return guard(parts, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const entry = recordRequest('api', request, url, parts.now());
    parts.record(entry);
    const onPath = routes.filter(({ path }) => path.test(url.pathname));
    const route = onPath.find(({ method }) => method === request.method);
    if (route?.phase && parts.faults.takeBlindReset(route.phase)) {
      entry.fault = 'reset';
      request.socket.resetAndDestroy();
      return;
    }
    const text = await readBody(request);
    entry.body = parseBody(text);
    const identify = (): Caller => identifyCaller(request.headers, parts.keys, parts.region);
    const name = route?.path.exec(url.pathname)?.[1] ?? '';
    const model = modelOf(parts.service, route, entry.body, name, identify);
    const fault = route?.phase ? parts.faults.take(route.phase, model) : undefined;
    const answer = await settle(parts, request, entry, fault, jsonError, () => {
      if (text === undefined) return htmlAnswer(413, '413 Request Entity Too Large');
      if (!route && onPath.length === 0) throw new Refusal(404, 'NotFound', 'Not found!');
      if (!route) throw invalidParameter(`Request method '${request.method}' is not supported.`);
      const body = isFields(entry.body) ? entry.body : undefined;
      const call = { url, headers: request.headers, body, fault, entry, identify };
      return route.handle(parts.service, call, name);
    });
    if (answer) await sendAnswer(response, answer, fault, parts.stopped);
  });
}

/** Answers the origin that the images lie on. */
export function answerResults(parts: ServerParts): RequestListener {
  return guard(parts, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const entry = recordRequest('result', request, url, parts.now());
    parts.record(entry);
    const fault = parts.faults.take('download', parts.shelf.modelOf(url.pathname));
    const answer = await settle(parts, request, entry, fault, xmlError, () => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        throw new Refusal(405, 'MethodNotAllowed', 'The specified method is not allowed.');
      }
      return parts.shelf.answer(url, request.headers, fault);
    });
    if (answer) await sendAnswer(response, answer, fault, parts.stopped);
  });
}

/** Lets the request meet its fault, or be handled; undefined when the connection is gone. */
async function settle(
  parts: ServerParts,
  request: IncomingMessage,
  entry: RequestEntry,
  fault: Fault | undefined,
  toAnswer: (refusal: Refusal) => Answer,
  handle: () => Answer | Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault) entry.fault = fault.kind;
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy();
    return undefined;
  }
  if (fault?.kind === 'delay') await pause(fault.ms, undefined, { signal: parts.stopped });
  let answer: Answer;
  try {
    if (fault?.kind === 'refuse') throw new Refusal(fault.status, fault.code, fault.message);
    answer = fault?.kind === 'html' ? gatewayPage(fault.status) : await handle();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = toAnswer(error);
  }
  if (fault?.kind !== 'loseAnswer') entry.status = answer.status;
  return answer;
}

function gatewayPage(status = 502): Answer {
  return htmlAnswer(status, status === 502 ? '502 Bad Gateway' : 'Please log in to the network');
}

function jsonError({ status, code, message }: Refusal): Answer {
  return jsonAnswer(status, { code, message, request_id: randomUUID() });
}

function xmlError({ status, code, message }: Refusal): Answer {
  return xmlAnswer(status, code, message);
}

/** Clients may go away at any time; anything else is a bug of the emulator and must not look like a fault. */
function guard(
  { stopped }: ServerParts,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): RequestListener {
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const isClientGone = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
      if (stopped.aborted || isClientGone) return;
      console.error('the emulator failed:', error);
      response.destroy();
    });
  };
}

/** Bodies without Base64 may have 16 MiB. */
const greatestBody = 16 * 1024 * 1024;

/** Undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length <= greatestBody) pieces.push(piece);
  }
  return length > greatestBody ? undefined : Buffer.concat(pieces).toString();
}

function parseBody(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return text;
  }
}

function modelOf(
  service: Service,
  route: Route | undefined,
  body: unknown,
  id: string,
  identify: () => Caller,
): string | undefined {
  if (route?.phase === 'submit') return isFields(body) ? String(body.model) : undefined;
  if (route?.phase !== 'poll' && route?.phase !== 'cancel') return undefined;
  try {
    return service.modelOfTask(id, identify());
  } catch {
    return undefined; // the handler will refuse the key
  }
}

/** The OpenAI-compatible list words its errors in OpenAI's way. */
function listModels(service: Service, identify: () => Caller): Answer {
  try {
    const data = service
      .modelsOf(identify())
      .map(({ id }) => ({ id, object: 'model', created: 0, owned_by: 'system' }));
    return jsonAnswer(200, { object: 'list', data });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = 'Incorrect API key provided.';
    const details = {
      message,
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    };
    return jsonAnswer(error.status, { error: details, request_id: randomUUID() });
  }
}
