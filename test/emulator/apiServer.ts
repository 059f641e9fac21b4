import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { type Answer, htmlAnswer, jsonAnswer } from './answer';
import type { Fault, Phase } from './faults';
import { isFields } from './fields';
import { guard, jsonError, openAiError, respond, type ServerParts } from './handling';
import { type Caller, identifyCaller } from './keyRing';
import { type SubmitRoute, submitRoutes } from './models/modelRow';
import { recordRequest } from './records';
import { invalidParameter, Refusal } from './refusal';
import { parseBody, readCallBody } from './requestBody';
import type { Service } from './service';

interface Call {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly fault: Fault | undefined;
  readonly warn: (warning: string) => void;
  readonly identify: () => Caller;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly phase?: Phase;
  /** Its errors are worded in the way of OpenAI. */
  readonly isOpenAi?: true;
  readonly isOnlyOnWorkspaceHosts?: true;
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
    path: /^\/api\/v1\/uploads\/?$/,
    phase: 'uploadPolicy',
    handle: (service, { identify, url }) => service.uploadPolicy(identify(), url.searchParams),
  },
  {
    method: 'GET',
    path: /^\/compatible-mode\/v1\/models\/?$/,
    isOpenAi: true,
    handle: (service, { identify }) => {
      const data = service
        .modelsOf(identify())
        .map(({ id }) => ({ id, object: 'model', created: 0, owned_by: 'system' }));
      return jsonAnswer(200, { object: 'list', data });
    },
  },
  {
    method: 'POST',
    path: /^\/compatible-mode\/v1\/images\/generations\/?$/,
    phase: 'submit',
    isOpenAi: true,
    isOnlyOnWorkspaceHosts: true,
    handle: (service, call) => service.submitOpenAi({ ...call, caller: call.identify() }),
  },
];

/** Answers the API origin, but for the control paths. */
export function answerApi(parts: ServerParts): RequestListener {
  const known = routes.filter(
    ({ isOnlyOnWorkspaceHosts }) => !isOnlyOnWorkspaceHosts || parts.hostKind !== 'classic',
  );
  return guard(parts, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const entry = recordRequest('api', request, url, parts.now());
    parts.record(entry);
    const onPath = known.filter(({ path }) => path.test(url.pathname));
    const route = onPath.find(({ method }) => method === request.method);
    if (route?.phase) entry.phase = route.phase;
    if (route?.phase && parts.faults.takeBlindReset(route.phase)) {
      entry.fault = 'reset';
      request.socket.resetAndDestroy();
      return;
    }
    const text = await readCallBody(request);
    entry.body = parseBody(text);
    const call = {
      url,
      headers: request.headers,
      body: entry.body,
      warn: (warning: string) => entry.warnings.push(warning),
      identify: () => identifyCaller(request.headers, parts.accounts),
    };
    const name = route?.path.exec(url.pathname)?.[1] ?? '';
    const fault = route?.phase
      ? parts.faults.take(route.phase, modelOf(parts.service, route.phase, call, name))
      : undefined;
    const toAnswer = route?.isOpenAi ? openAiError : jsonError;
    await respond(parts, { request, response, entry, fault, toAnswer }, () => {
      if (text === undefined) return htmlAnswer(413, '413 Request Entity Too Large');
      if (!route && onPath.length === 0) throw new Refusal(404, 'NotFound', 'Not found!');
      if (!route) throw invalidParameter(`Request method '${request.method}' is not supported.`);
      return route.handle(parts.service, { ...call, fault }, name);
    });
  });
}

/** The model that a request is about, if any: faults can wait for it. */
function modelOf(
  service: Service,
  phase: Phase,
  { body, url, identify }: Omit<Call, 'fault'>,
  id: string,
): string | undefined {
  if (phase === 'submit') return isFields(body) ? String(body.model) : undefined;
  if (phase === 'uploadPolicy') return url.searchParams.get('model') ?? undefined;
  if (phase !== 'poll' && phase !== 'cancel') return undefined;
  try {
    return service.modelOfTask(id, identify());
  } catch {
    return undefined; // the handler will refuse the key
  }
}
