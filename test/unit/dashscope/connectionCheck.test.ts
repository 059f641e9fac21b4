import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { diagnoseConnection } from '../../../src/dashscope/connectionCheck';
import { modelCatalog } from '../../../src/dashscope/modelCatalog';
import type { FetchFunction } from '../../../src/dashscope/transport';
import type {
  ConnectionFault,
  ConnectionPlace,
  ConnectionReport,
} from '../../../src/imageModel/connection';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { makeCertificate } from '../../fakes/certificate';
import { FakeEnvironment, HangingFetch } from './fakeService';

const signal = new AbortController().signal;
const beijingHost = 'https://dashscope.aliyuncs.com';
const singaporeHost = 'https://dashscope-intl.aliyuncs.com';
const virginiaHost = 'https://dashscope-us.aliyuncs.com';
const modelsPath = '/compatible-mode/v1/models';
const tasksPath = '/api/v1/tasks/?page_size=1';

/** The internet, with servers of this machine behind the service's names; remembers what was asked of whom. */
class FakeInternet {
  readonly requests: string[] = [];
  readonly environment = new FakeEnvironment((url, init) => this.#fetch(url, init));
  readonly #servers: Readonly<Record<string, string>>;
  readonly #dispatcher: Dispatcher | undefined;

  constructor(servers: Readonly<Record<string, string>>, dispatcher?: Dispatcher) {
    this.#servers = servers;
    this.#dispatcher = dispatcher;
  }

  readonly #fetch: FetchFunction = async (url, init) => {
    const { origin, pathname, search } = new URL(url);
    const { authorization } = Object.fromEntries(new Headers(init.headers));
    this.requests.push(`${init.method} ${origin}${pathname}${search} ${authorization}`);
    const target = (this.#servers[origin] ?? origin) + pathname + search;
    // undici's own types and the global ones name the same things.
    const options = { ...init, dispatcher: this.#dispatcher } as Parameters<typeof undiciFetch>[1];
    return (await undiciFetch(target, options)) as unknown as Response;
  };
}

function place(baseUrl: string, key: string | undefined, regionId = 'cn-beijing'): ConnectionPlace {
  return { regionId, baseUrl, getApiKey: async () => key };
}

async function checkOne(
  internet: FakeInternet,
  current: ConnectionPlace,
): Promise<ConnectionReport> {
  const plan = { current, others: [], elsewhere: [] };
  return (await diagnoseConnection(internet.environment, plan, { signal })).current;
}

function summary({ regionId, key, failure, models }: ConnectionReport): unknown[] {
  return [regionId, key, failure?.fault ?? 'works', models?.listed.length];
}

async function listen(server: Server, scheme = 'http'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  // A server that listens on a port has one.
  return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
}

async function withServer<T>(
  server: Server,
  use: (url: string) => Promise<T>,
  scheme?: string,
): Promise<T> {
  try {
    return await use(await listen(server, scheme));
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const modelsIn = (region: string) =>
  modelCatalog.filter(({ regions }) => regions.some((id) => id === region)).length;

describe('a diagnosis of the connection', () => {
  let beijing: Emulator;
  let singapore: Emulator;
  let internet: FakeInternet;

  before(async () => {
    const keys = { 'sk-beijing': 'cn-beijing', 'sk-singapore': 'ap-southeast-1' };
    beijing = await startEmulator({ region: 'cn-beijing', keys });
    singapore = await startEmulator({ region: 'ap-southeast-1', keys });
  });
  after(() => Promise.all([beijing.stop(), singapore.stop()]));

  beforeEach(() => {
    internet = new FakeInternet({
      [beijingHost]: beijing.url,
      [singaporeHost]: singapore.url,
      // Its keys are not known in this world.
      [virginiaHost]: singapore.url,
    });
  });
  afterEach(() => {
    ok(internet.requests.every((request) => request.startsWith('GET ')));
    ok(!internet.environment.logger.lines.some((line) => line.includes('sk-')));
  });

  const elsewhere = [
    { regionId: 'ap-southeast-1', baseUrl: singaporeHost },
    { regionId: 'eu-central-1', baseUrl: 'http://plain.example' },
  ];

  function diagnose(key: string | undefined, others: readonly ConnectionPlace[] = []) {
    const tried: string[] = [];
    const plan = { current: place(beijingHost, key), others, elsewhere };
    const onTryElsewhere = (regionIds: readonly string[]) => tried.push(...regionIds);
    return diagnoseConnection(internet.environment, plan, { signal, onTryElsewhere }).then(
      (diagnosis) => ({ ...diagnosis, tried }),
    );
  }

  it('names the image models that a good key may use, with one request', async () => {
    const { current, tried } = await diagnose('sk-beijing');
    deepStrictEqual(summary(current), [
      ...['cn-beijing', 'accepted', 'works'],
      modelsIn('cn-beijing'),
    ]);
    deepStrictEqual(current.models?.unlisted, []);
    deepStrictEqual(internet.requests, [`GET ${beijingHost}${modelsPath} Bearer sk-beijing`]);
    deepStrictEqual(tried, []);
    const [first = ''] = internet.environment.logger.lines;
    match(first, /^info: cn-beijing at dashscope\.aliyuncs\.com: GET \S+: 200 .* after \d+ ms$/);
  });

  it('finds the region of a refused key, but sends the key nowhere without encryption', async () => {
    const { current, elsewhere: found, tried } = await diagnose('sk-singapore');
    deepStrictEqual(summary(current), ['cn-beijing', 'refused', 'keyRefused', undefined]);
    deepStrictEqual(found.map(summary), [
      ['ap-southeast-1', 'accepted', 'works', modelsIn('ap-southeast-1')],
    ]);
    deepStrictEqual(tried, ['ap-southeast-1']);
    deepStrictEqual(internet.requests, [
      `GET ${beijingHost}${modelsPath} Bearer sk-singapore`,
      `GET ${beijingHost}${tasksPath} Bearer sk-singapore`,
      `GET ${singaporeHost}${modelsPath} Bearer sk-singapore`,
    ]);
  });

  it('says of a key that is wrong everywhere that each region refuses it', async () => {
    const { current, elsewhere: found } = await diagnose('sk-mistyped');
    deepStrictEqual(
      [current, ...found].map(({ key }) => key),
      ['refused', 'refused'],
    );
  });

  for (const [what, key, fault] of [
    ['there is no key', undefined, 'noKey'],
    ['the key cannot be one', 'sk-两', 'other'],
    ['the key is that of a plan', 'sk-sp-0123', 'planKey'],
  ] as const) {
    it(`tries no other region when ${what}`, async () => {
      const { current, elsewhere: found, tried } = await diagnose(key);
      deepStrictEqual([current.failure?.fault, found, tried], [fault, [], []]);
      ok(!internet.requests.some((request) => request.includes('intl')));
    });
  }

  it('checks the keys of other regions there and nowhere else', async () => {
    const { current, others } = await diagnose('sk-beijing', [
      place(singaporeHost, 'sk-singapore', 'ap-southeast-1'),
      place(virginiaHost, 'sk-virginia', 'us-east-1'),
    ]);
    deepStrictEqual(
      [current, ...others].map(({ key }) => key),
      ['accepted', 'accepted', 'refused'],
    );
    const sent = (host: string) => internet.requests.filter((each) => each.includes(host));
    deepStrictEqual(sent(singaporeHost).length, 1);
    ok(sent(virginiaHost).every((request) => request.endsWith('Bearer sk-virginia')));
  });

  it('is cancelled like everything else', async () => {
    const controller = new AbortController();
    const hanging = new HangingFetch();
    const environment = new FakeEnvironment(hanging.fetch);
    const plan = { current: place(beijingHost, 'sk-beijing'), others: [], elsewhere: [] };
    const diagnosis = diagnoseConnection(environment, plan, { signal: controller.signal });
    await hanging.started;
    controller.abort();
    await rejects(diagnosis, { name: 'AbortError' });
  });
});

/** Checks what an address with this server behind it looks like. */
async function checkServer(answer: RequestListener): Promise<ConnectionReport> {
  return withServer(createServer(answer), (url) =>
    checkOne(new FakeInternet({ [beijingHost]: url }), place(beijingHost, 'sk-any')),
  );
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('the check of a place', () => {
  it('is content with a service that has no list of models, as long as it knows the key', async () => {
    const report = await checkServer((request, response) => {
      if (request.url === tasksPath) json(200, { data: [], total: 0 })(request, response);
      else json(404, { code: 'NotFound', message: 'Not found!' })(request, response);
    });
    deepStrictEqual(summary(report), ['cn-beijing', 'accepted', 'works', undefined]);
  });

  it('does not take every JSON for the list of models', async () => {
    const report = await checkServer((request, response) => {
      if (request.url === tasksPath) json(404, { oops: true })(request, response);
      else json(200, { hello: 'world' })(request, response);
    });
    deepStrictEqual(summary(report), ['cn-beijing', 'unknown', 'other', undefined]);
  });

  it('counts the models that are not in the list apart', async () => {
    const [first] = modelCatalog;
    const data = [{ id: first?.id }, { id: 'qwen-max' }];
    const { models } = await checkServer(json(200, { object: 'list', data }));
    deepStrictEqual(
      [models?.listed.map(({ id }) => id), models?.unlisted.length],
      [[first?.id], modelsIn('cn-beijing') - 1],
    );
  });

  const refusals: readonly (readonly [number, string, ConnectionFault, ConnectionReport['key']])[] =
    [
      [401, 'InvalidApiKey', 'keyRefused', 'refused'],
      [401, 'NOT AUTHORIZED', 'workspaceRefused', 'unknown'],
      [403, 'Workspace.AccessDenied', 'workspaceRefused', 'accepted'],
      [403, 'AccessDenied.Unpurchased', 'other', 'accepted'],
      [400, 'Arrearage', 'other', 'accepted'],
      [429, 'Throttling', 'other', 'unknown'],
      [500, 'InternalError', 'other', 'unknown'],
    ];
  for (const [status, code, fault, key] of refusals) {
    it(`sorts ${status} ${code} as ${fault}, the key being ${key}`, async () => {
      const report = await checkServer(json(status, { code, message: 'm', request_id: 'r' }));
      deepStrictEqual([report.failure?.fault, report.key], [fault, key]);
      strictEqual(report.failure?.error.code, code);
    });
  }

  it('asks the API that makes the images before it believes a refusal', async () => {
    const report = await checkServer((request, response) => {
      if (request.url === tasksPath) {
        json(403, { code: 'Workspace.AccessDenied', message: 'm' })(request, response);
      } else json(401, { error: { code: 'invalid_api_key', message: 'm' } })(request, response);
    });
    deepStrictEqual([report.failure?.fault, report.key], ['workspaceRefused', 'accepted']);
  });

  it('names the workspace, and tells when it is wrong or missing', async () => {
    const emulator = await startEmulator({
      ...{ keys: { 'sk-sub': 'any' }, subAccountKeys: ['sk-sub'], workspaces: ['ws-1'] },
    });
    const faults: unknown[] = [];
    for (const workspaceId of ['ws-1', 'ws-2', undefined]) {
      const current = { ...place(emulator.url, 'sk-sub'), workspaceId };
      faults.push((await checkOne(new FakeInternet({}), current)).failure?.fault);
    }
    await emulator.stop();
    deepStrictEqual(faults, [undefined, 'workspaceRefused', 'workspaceRefused']);
  });

  const page =
    (status: number, headers = {}): RequestListener =>
    (_, response) =>
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Hi</h1>');

  for (const status of [200, 401, 403, 404, 511]) {
    it(`sees a stranger behind a web page with status ${status}`, async () => {
      const report = await checkServer(page(status));
      deepStrictEqual([report.failure?.fault, report.key], ['stranger', 'unknown']);
    });
  }

  it('takes the page of a gateway with status 502 for trouble of the service', async () => {
    strictEqual((await checkServer(page(502))).failure?.fault, 'other');
  });

  it('names the host that a login page redirects to, and does not go there', async () => {
    const location = 'http://login.hotel.example/welcome?from=x';
    const { failure } = await checkServer(page(302, { location }));
    deepStrictEqual([failure?.fault, failure?.redirectHost], ['redirected', 'login.hotel.example']);
  });

  it('sees a connection that is cut', async () => {
    const report = await checkServer((request) => request.socket.destroy());
    deepStrictEqual([report.failure?.fault, report.failure?.error.code], ['cut', 'UND_ERR_SOCKET']);
  });

  it('sees a port where nobody listens', async () => {
    const url = await withServer(createServer(), async (address) => address);
    const { failure } = await checkOne(new FakeInternet({}), place(url, 'sk-any'));
    deepStrictEqual([failure?.fault, failure?.error.code], ['unreachable', 'ECONNREFUSED']);
  });

  it('sees a name that does not exist', async () => {
    const internet = new FakeInternet({});
    const { failure } = await checkOne(internet, place('https://easel.invalid', 'sk-any'));
    strictEqual(failure?.fault, 'nameNotFound');
    match(internet.environment.logger.lines.join('\n'), /nameNotFound: E\w+: .*easel\.invalid/);
  }).timeout(30_000); // a resolver may be slow to say so

  it('sees that no answer comes in time', async () => {
    const hanging = new HangingFetch();
    const environment = new FakeEnvironment(hanging.fetch);
    const plan = { current: place(beijingHost, 'sk-any'), others: [], elsewhere: [] };
    const diagnosis = diagnoseConnection(environment, plan, { signal });
    await hanging.started;
    environment.timeouts[0]?.controller.abort();
    strictEqual((await diagnosis).current.failure?.fault, 'timeout');
  });
});

describe('the check of a secure connection', () => {
  const future = new Date(Date.UTC(2049, 0, 1));
  const past = new Date(Date.UTC(2021, 0, 1));
  const cases = [
    ['of an issuer that nobody trusts', 'localhost', future, false, 'certificateUntrusted'],
    ['that is out of date', 'localhost', past, true, 'certificateDate'],
    ['of another host', 'other.example', future, true, 'certificateHost'],
  ] as const;
  for (const [what, name, validUntil, isTrusted, fault] of cases) {
    it(`sees a certificate ${what}`, async () => {
      const { cert, key } = makeCertificate(name, validUntil);
      const agent = new Agent({ connect: isTrusted ? { ca: cert } : {} });
      const check = (url: string) => checkOne(new FakeInternet({}, agent), place(url, 'sk-any'));
      const server = createSecureServer({ cert, key });
      const { failure } = await withServer(server, check, 'https');
      await agent.close();
      deepStrictEqual([failure?.fault, failure?.error.billed], [fault, 'no']);
    });
  }

  it('sees that the other side does not speak TLS', async () => {
    const server = createServer(json(200, {}));
    const check = (url: string) => checkOne(new FakeInternet({}), place(url, 'sk-any'));
    strictEqual((await withServer(server, check, 'https')).failure?.fault, 'noEncryption');
  });
});

describe('the check through a proxy', () => {
  async function checkThrough(proxy: string): Promise<unknown[]> {
    const agent = new ProxyAgent(proxy);
    const internet = new FakeInternet({}, agent);
    const { failure } = await checkOne(internet, place(beijingHost, 'sk-any'));
    await agent.close();
    return [failure?.fault, failure?.proxyStatus];
  }

  for (const [status, fault] of [
    [407, 'proxyLogin'],
    [403, 'proxyRefused'],
    [502, 'proxyRefused'],
  ] as const) {
    it(`sees a proxy that answers ${status}`, async () => {
      const server = createServer().on('connect', (_, socket) => {
        socket.on('error', () => {}).end(`HTTP/1.1 ${status} No\r\n\r\n`);
      });
      deepStrictEqual(await withServer(server, checkThrough), [fault, status]);
    });
  }

  it('sees a proxy that does not run', async () => {
    const url = await withServer(createServer(), async (address) => address);
    deepStrictEqual(await checkThrough(url), ['proxyUnreachable', undefined]);
  });

  it('sees a proxy whose name does not exist', async () => {
    const [fault] = await checkThrough('http://proxy.invalid:3128');
    strictEqual(fault, 'proxyUnreachable');
  }).timeout(30_000); // a resolver may be slow to say so
});
