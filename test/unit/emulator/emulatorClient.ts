import assert from 'node:assert/strict';
import type { Emulator } from '../../emulator/emulator';
import { models } from '../../emulator/models';
import type { Strictness } from '../../emulator/models/modelRow';

/** An answer, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Tests reach into answers of many shapes; a wrong path fails the assertion that reads it.
  readonly body: { readonly [name: string]: unknown };
}

const multimodal = '/api/v1/services/aigc/multimodal-generation/generation';
const imageGeneration = '/api/v1/services/aigc/image-generation/generation';
const imageSynthesis = '/api/v1/services/aigc/text2image/image-synthesis';
const imageEdit = '/api/v1/services/aigc/image2image/image-synthesis';
const openAi = '/compatible-mode/v1/images/generations';

/** The paths of calls for images. */
export const paths = { multimodal, imageGeneration, imageSynthesis, imageEdit, openAi };

/** A body for the paths that want messages. */
export function messagesBody(model: string, parameters: object = {}, text = 'a red fox'): object {
  return { model, input: { messages: [{ role: 'user', content: [{ text }] }] }, parameters };
}

/** The same with input images before the text. */
export function editBody(
  model: string,
  images: readonly unknown[],
  parameters: object = {},
  text = 'make it blue',
): object {
  const content = [...images.map((image) => ({ image })), { text }];
  return { model, input: { messages: [{ role: 'user', content }] }, parameters };
}

/** A body for the paths that want `input.prompt`. */
export function promptBody(model: string, parameters: object = {}, prompt = 'a red fox'): object {
  return { model, input: { prompt }, parameters };
}

/** Sends what a well-behaved client would; `headers` replace single ones, `undefined` leaves one out. */
export async function send(
  emulator: Emulator,
  path: string,
  options: {
    readonly method?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string | undefined>>;
  } = {},
): Promise<Reply> {
  const isAsync = [imageGeneration, imageSynthesis, imageEdit].some((one) => path.startsWith(one));
  const headers = {
    authorization: 'Bearer sk-emulator',
    ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(isAsync ? { 'x-dashscope-async': 'enable' } : {}),
    ...options.headers,
  };
  const { body } = options;
  const response = await fetch(emulator.url + path, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const reply = await response.json();
  assert.ok(typeof reply === 'object' && reply !== null);
  return { status: response.status, headers: response.headers, body: { ...reply } };
}

/** An address elsewhere, which nobody fetches. */
export const pictureUrl = 'https://example.com/a.png';

/** Submits to the model's first path with so many input images, at a strictness. */
export async function submitTo(
  emulator: Emulator,
  strictness: Strictness,
  model: string,
  parameters: object,
  images = 0,
): Promise<Reply> {
  emulator.changeSettings({ strictness });
  const [route = ''] = models.find(({ id }) => id === model)?.routes ?? [];
  const list = Array.from({ length: images }, () => pictureUrl);
  const body = route.startsWith('multimodal')
    ? editBody(model, list, parameters)
    : { model, input: { prompt: 'a', images: list }, parameters };
  return await send(emulator, `/api/v1/services/aigc/${route}`, { body });
}

/** Submits to an async path and returns the task's id. */
export async function submitTask(emulator: Emulator, path: string, body: object): Promise<string> {
  const reply = await send(emulator, path, { body });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return String(at(reply.body, 'output', 'task_id'));
}

/** What a query of the task answers. */
export async function pollTask(emulator: Emulator, id: string): Promise<Reply['body']> {
  const reply = await send(emulator, `/api/v1/tasks/${id}`);
  assert.equal(reply.status, 200);
  return reply.body;
}

/** The value at a path of names and indices; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.entries(current).find(([key]) => key === String(name))?.[1];
  }
  return current;
}

/** Every URL of an image in an answer, wherever it is. */
export function imageUrls(value: unknown): string[] {
  if (typeof value === 'string') return /^http:.*\.png\?/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(imageUrls);
}

/** Asserts status, code and message of an error, and that it has a request id. */
export function assertRefused(reply: Reply, status: number, code: string, message: string): void {
  const { request_id: requestId, ...rest } = reply.body;
  assert.deepEqual(rest, { code, message });
  assert.equal(reply.status, status);
  assert.match(String(requestId), uuid);
}

/** Any request or task id. */
export const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
