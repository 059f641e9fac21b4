import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { findModel } from '../../../src/dashscope/modelCatalog';
import type { ProtocolName } from '../../../src/dashscope/modelRow';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';
import { png } from './pictures';

/** One of the requests that the official SDKs were recorded to send; `test/fixtures/README.md` tells how. */
interface SdkRequest {
  readonly name: string;
  readonly intent: ImageRequest | null;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly form?: readonly { readonly name: string; readonly value?: string }[];
  readonly sdkFaults: readonly { readonly field: string; readonly ours?: unknown }[];
}

/** What left of ours. */
interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

const recorded = JSON.parse(readFileSync('test/fixtures/sdkRequests.json', 'utf8')) as SdkRequest[];
const generations = recorded.flatMap((entry) =>
  entry.intent ? [{ ...entry, intent: entry.intent }] : [],
);

const protocolOfPath: Readonly<Record<string, ProtocolName>> = {
  '/api/v1/services/aigc/multimodal-generation/generation': 'multimodalGeneration',
  '/api/v1/services/aigc/image-generation/generation': 'imageGeneration',
  '/api/v1/services/aigc/text2image/image-synthesis': 'textToImage',
  '/api/v1/services/aigc/image2image/image-synthesis': 'imageToImage',
};

const origin = 'https://dashscope.aliyuncs.com';
const uploadHost = 'https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com';
const policyReply = {
  request_id: 'p',
  data: {
    policy: 'cG9saWN5',
    signature: 'c2lnbmF0dXJl',
    upload_dir: 'dashscope-instant/5f2e/2026-11-01/0b7a',
    upload_host: uploadHost,
    expire_in_seconds: 300,
    max_file_size_mb: 100,
    oss_access_key_id: 'access-key-id',
    x_oss_object_acl: 'private',
    x_oss_forbid_overwrite: 'true',
  },
};
const result = 'https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png?Expires=1';
const choices = [
  {
    finish_reason: 'stop',
    message: { role: 'assistant', content: [{ type: 'image', image: result }] },
  },
];

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
}

/** Answers as the service does, in whatever way it is asked. */
function answer({ method, url, headers }: SentRequest): Response {
  if (url.origin === uploadHost) return new Response('');
  if (url.pathname === '/api/v1/uploads') return json(policyReply);
  if (method === 'GET') {
    return json({ output: { task_id: 't', task_status: 'SUCCEEDED', results: [{ url: result }] } });
  }
  if (headers.get('x-dashscope-async')) {
    return json({ request_id: 'r', output: { task_id: 't', task_status: 'PENDING' } });
  }
  if (!headers.get('x-dashscope-sse')) return json({ request_id: 'r', output: { choices } });
  const data = JSON.stringify({ request_id: 'r', output: { choices, finished: true } });
  return new Response(`id:1\nevent:result\n:HTTP_STATUS/200\ndata:${data}\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

/** Asks with one protocol, and tells what left. */
async function send(
  request: ImageRequest,
  protocol: ProtocolName,
  workspaceId?: string,
): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  const environment = new FakeEnvironment(async (address, { method = 'GET', headers, body }) => {
    const one = {
      method,
      url: new URL(address),
      headers: new Headers(headers),
      body: typeof body === 'string' ? JSON.parse(body) : body,
    };
    sent.push(one);
    return answer(one);
  });
  const row = findModel(request.modelId);
  ok(row, request.modelId);
  const provider = new DashScopeProvider({
    ...providerOptions(environment),
    baseUrlFor: () => origin,
    workspaceIdFor: () => workspaceId,
    // The SDKs upload every file, Easel only what does not fit into the request.
    catalog: [{ ...row, protocols: [protocol], ...(row.carriers && { carriers: ['upload'] }) }],
    readImage: async () => png(1024, 1024),
  });
  await generateWith(modelIn(provider, row.id), request);
  return sent;
}

/** The headers that mean something to the service; the SDKs add a charset, and forms a boundary. */
function meaningful(headers: Iterable<[string, string]>): Record<string, string> {
  const entries = [...headers]
    .filter(([name]) => name === 'content-type' || name.startsWith('x-dashscope-'))
    .map(([name, value]) => [name, value.split(';')[0] ?? ''] as const);
  return Object.fromEntries(entries);
}

/** A copy without one field, named by its path. */
function without(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || !(name in value)) return value;
  const { [name]: inner, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [name]: without(inner, rest) };
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined,
    value,
  );
}

/** A file's name at the store is Easel's own. */
function withoutUploadNames(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/"oss:\/\/[^"]*"/g, '"oss://"'));
}

describe('what leaves, against what the official SDKs send for the same intent', () => {
  it('was recorded from both SDKs, for every family', () => {
    const models = new Set(generations.map(({ intent }) => intent.modelId));
    ok(generations.length >= 150 && models.size >= 15, `${generations.length}, ${models.size}`);
  });

  for (const { name, intent, ...recording } of generations) {
    it(name, async () => {
      const faults = recording.sdkFaults.map((fault) => ({
        ...fault,
        path: fault.field.split('.'),
      }));
      const ours = (field: string): unknown => faults.find((fault) => fault.field === field)?.ours;
      const path = String(ours('path') ?? recording.path);
      const protocol = protocolOfPath[path];
      ok(protocol, path);
      const sent = await send(intent, protocol, recording.headers['x-dashscope-workspace']);
      const submit = sent.find(({ method, url }) => method === 'POST' && url.origin === origin);
      ok(submit);
      strictEqual(submit.url.pathname, path);

      const whole = (body: unknown, headers: unknown) => ({ ...(body as object), headers });
      let expected: unknown = whole(recording.body, meaningful(Object.entries(recording.headers)));
      let actual: unknown = whole(submit.body, meaningful(submit.headers));
      for (const fault of faults) {
        if (fault.field === 'path') continue;
        deepStrictEqual(at(actual, fault.path), fault.ours, `${fault.field} of ours`);
        expected = without(expected, fault.path);
        actual = without(actual, fault.path);
      }
      deepStrictEqual(withoutUploadNames(actual), withoutUploadNames(expected));
    });
  }

  it('uploads a file with the fields of the SDKs, the file last, and without the key', async () => {
    const upload = recorded.find(({ form }) => form !== undefined);
    const edit = generations.find(({ intent }) => intent.images?.[0]?.uri.startsWith('file:'));
    ok(upload && edit);
    const sent = await send(edit.intent, 'multimodalGeneration');
    const policy = sent.find(({ url }) => url.pathname === '/api/v1/uploads');
    const asked = recorded.find(({ path }) => path === '/api/v1/uploads');
    deepStrictEqual(Object.fromEntries(policy?.url.searchParams ?? []), asked?.query);
    const stored = sent.find(({ url }) => url.origin === uploadHost);
    ok(stored?.body instanceof ArrayBuffer);
    strictEqual(stored.headers.get('authorization'), null);
    const text = Buffer.from(stored.body).toString('latin1');
    const names = [...text.matchAll(/form-data; name="([^"]+)"/g)].map(([, field]) => field);
    // The Python SDK repeats the file's type, which the part has anyway.
    const theirs = upload.form
      ?.map((field) => field.name)
      .filter((n) => n !== 'x-oss-content-type');
    deepStrictEqual([...names].sort(), theirs?.sort());
    strictEqual(names.at(-1), 'file');
  });
});
