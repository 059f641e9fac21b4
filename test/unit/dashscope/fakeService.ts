import { MockAgent, fetch as undiciFetch } from 'undici';
import type { DashScopeProviderOptions } from '../../../src/dashscope/dashScopeProvider';
import type { ClientEnvironment, FetchFunction } from '../../../src/dashscope/transport';
import type {
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageProvider,
  ImageRequest,
} from '../../../src/imageModel/imageModel';
import { RecordingLogger } from '../../fakes/recordingLogger';

export const origin = 'https://dashscope.example';
export const apiKey = 'sk-secret-0123456789';

/** What a request said; headers that every fetch adds are left out. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const fetchHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-length',
  'sec-fetch-mode',
  'user-agent',
]);

/** A service that answers each request with the next reply given for its path, and remembers what was asked. */
export class FakeService {
  readonly requests: SeenRequest[] = [];
  readonly #agent = new MockAgent();

  constructor() {
    this.#agent.disableNetConnect();
  }

  readonly fetch: FetchFunction = async (url, init) => {
    // undici's own types and the global ones name the same things.
    const options = { ...init, dispatcher: this.#agent } as Parameters<typeof undiciFetch>[1];
    return (await undiciFetch(url, options)) as unknown as Response;
  };

  /** One reply; a string is sent as it is, anything else as JSON. */
  answer(
    method: 'GET' | 'POST',
    path: string,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    this.#agent
      .get(origin)
      .intercept({ method, path })
      .reply((request) => {
        this.requests.push({
          method,
          path,
          headers: ownHeaders(request.headers),
          body: typeof request.body === 'string' ? JSON.parse(request.body) : undefined,
        });
        return {
          statusCode: status,
          data: typeof body === 'string' ? body : JSON.stringify(body),
          responseOptions: { headers },
        };
      });
  }

  /** One attempt that fails in the network. */
  fail(method: 'GET' | 'POST', path: string, code: string, syscall?: string): void {
    const error = Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) });
    this.#agent.get(origin).intercept({ method, path }).replyWithError(error);
  }

  /** Fails when a reply was not asked for. */
  async close(): Promise<void> {
    this.#agent.assertNoPendingInterceptors();
    await this.#agent.close();
  }
}

function ownHeaders(headers: unknown): Record<string, string> {
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers ?? {});
  return Object.fromEntries(
    pairs
      .map(([name, value]): [string, string] => [name.toLowerCase(), String(value)])
      .filter(([name]) => !fetchHeaders.has(name)),
  );
}

/** Time that passes only in pauses, which end at once, chance that is always 0, and time limits set off by hand. */
export class FakeEnvironment implements ClientEnvironment {
  readonly logger = new RecordingLogger();
  readonly pauses: number[] = [];
  readonly timeouts: { readonly ms: number; readonly controller: AbortController }[] = [];
  /** Called inside each pause, before it ends. */
  onPause: (ms: number) => void = () => {};
  time = Date.UTC(2026, 0, 1);

  constructor(readonly fetch: FetchFunction) {}

  readonly pause = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.pauses.push(ms);
    this.onPause(ms);
    signal?.throwIfAborted();
    this.time += ms;
  };

  readonly random = (): number => 0;
  readonly now = (): number => this.time;

  readonly timeoutSignal = (ms: number): AbortSignal => {
    const controller = new AbortController();
    this.timeouts.push({ ms, controller });
    return controller.signal;
  };
}

/** A provider's options on top of an environment. */
export function providerOptions(environment: ClientEnvironment): DashScopeProviderOptions {
  return {
    ...environment,
    baseUrlFor: () => origin,
    getApiKey: async () => apiKey,
  };
}

/** A provider's model in a region, where the provider's options say that it is. */
export function modelIn(
  provider: ImageProvider,
  modelId: string,
  regionId = 'cn-beijing',
): ImageModel {
  return provider.createModel(modelId, provider.place(regionId));
}

/** Submits and, where that makes a task, waits for it. */
export async function generateWith(
  model: ImageModel,
  request: ImageRequest,
  options: GenerateOptions = { signal: new AbortController().signal },
): Promise<ImageDelivery> {
  const submitted = await model.submit(request, options);
  return 'task' in submitted ? model.wait(submitted.task, request, options) : submitted.delivery;
}

/** A fetch that never answers; it ends only by its signal. `started` resolves when it was called. */
export class HangingFetch {
  calls = 0;
  #start: () => void = () => {};
  readonly started = new Promise<void>((resolve) => {
    this.#start = resolve;
  });

  readonly fetch: FetchFunction = (_url, { signal }) => {
    this.calls += 1;
    this.#start();
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  };
}

/** A row of the service's list of tasks; the time in milliseconds since the epoch. */
export interface ListedRow {
  readonly task_id: string;
  readonly gmt_create: number;
}

/** The page of the list of tasks that a URL asks for. */
export function pageOfTasks(tasks: readonly ListedRow[], { searchParams }: URL): object {
  const [page, size] = [Number(searchParams.get('page_no')), Number(searchParams.get('page_size'))];
  const time = (name: string): number => {
    const digits = searchParams.get(name) ?? '';
    const text = digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+08:00');
    return Date.parse(text);
  };
  const rows = tasks.filter(
    ({ gmt_create }) => gmt_create >= time('start_time') && gmt_create <= time('end_time'),
  );
  const total_page = Math.ceil(rows.length / size);
  return { total_page, data: rows.slice((page - 1) * size, page * size) };
}
