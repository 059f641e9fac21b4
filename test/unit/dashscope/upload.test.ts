import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import { type StoredUpload, uploadFile } from '../../../src/dashscope/upload';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { apiKey, FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';
import { png } from './pictures';

const origin = 'https://dashscope.example';
const hour = 60 * 60 * 1_000;
const policy = {
  ...{ policy: 'cG9saWN5', signature: 'c2lnbmF0dXJl', upload_dir: 'instant/1' },
  ...{ upload_host: 'https://store.example', oss_access_key_id: 'id', expire_in_seconds: 300 },
  ...{ x_oss_object_acl: 'private', x_oss_forbid_overwrite: 'true', max_file_size_mb: 1 },
};
const bytes = png(16, 16);
const digest = createHash('sha256').update(bytes).digest('hex');

type Step = () => Response | Promise<Response>;
const answered =
  (data: object = policy): Step =>
  () =>
    Response.json({ request_id: 'r', data });
const stored: Step = () => new Response('');
const storeError =
  (status: number, code: string): Step =>
  () =>
    new Response(
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Why.</Message></Error>`,
      {
        status,
      },
    );
const lost =
  (code: string): Step =>
  () =>
    Promise.reject(
      new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
    );

describe('the temporary upload', () => {
  let seen: { url: string; init: RequestInit }[];
  let steps: Step[];
  let environment: FakeEnvironment;
  let cache: Map<string, StoredUpload>;

  beforeEach(() => {
    seen = [];
    cache = new Map();
    environment = new FakeEnvironment(async (url, init) => {
      seen.push({ url, init });
      const step = steps.shift();
      ok(step, `no answer for ${url}`);
      return step();
    });
  });
  afterEach(() => deepStrictEqual(steps, []));

  function upload(
    file = bytes,
    {
      baseUrl = origin,
      signal = new AbortController().signal,
      key = apiKey,
      workspaceId = undefined as string | undefined,
    } = {},
  ) {
    const getApiKey = async () => key;
    const transport = new DashScopeTransport(environment, { baseUrl, getApiKey, workspaceId });
    const context = { transport, environment, baseUrl, cache };
    return uploadFile({ modelId: 'wanx-v1', bytes: file, format: 'png' }, context, signal);
  }

  it('asks for a policy with the key, and posts the file without it', async () => {
    steps = [answered(), stored];
    const { ossUrl } = await upload();
    const name = `${digest.slice(0, 16)}.png`;
    strictEqual(ossUrl, `oss://instant/1/${name}`);
    const [asked, posted] = seen;
    strictEqual(asked?.url, `${origin}/api/v1/uploads?action=getPolicy&model=wanx-v1`);
    strictEqual(new Headers(asked?.init.headers).get('authorization'), `Bearer ${apiKey}`);
    strictEqual(posted?.url, 'https://store.example/');
    const { headers, body, method, redirect } = posted?.init ?? {};
    deepStrictEqual([method, redirect], ['POST', 'manual']);
    deepStrictEqual([...new Headers(headers).keys()], ['content-type']);
    ok(body instanceof ArrayBuffer && !Buffer.from(body).includes(apiKey));
    const form = await new Response(body, { headers: headers ?? {} }).formData();
    const file = form.get('file');
    ok(typeof file === 'object' && file);
    deepStrictEqual([file.name, file.type], [name, 'image/png']);
    deepStrictEqual(Buffer.from(await file.arrayBuffer()), bytes);
    strictEqual([...form.keys()].at(-1), 'file');
    form.delete('file');
    deepStrictEqual(Object.fromEntries(form), {
      OSSAccessKeyId: 'id',
      Signature: 'c2lnbmF0dXJl',
      policy: 'cG9saWN5',
      'x-oss-object-acl': 'private',
      'x-oss-forbid-overwrite': 'true',
      key: `instant/1/${name}`,
      success_action_status: '200',
    });
  });

  it('is remembered for its life, by model, origin and content', async () => {
    steps = [answered(), stored];
    const { ossUrl } = await upload();
    const [cacheKey = ''] = cache.keys();
    ok(cacheKey.startsWith(`wanx-v1 ${origin} `) && cacheKey.endsWith(` ${digest}`), cacheKey);
    environment.time += 45 * hour;
    strictEqual((await upload()).ossUrl, ossUrl);
    environment.time += 1 * hour;
    steps = [answered({ ...policy, upload_dir: 'instant/2' }), stored];
    ok((await upload()).ossUrl.startsWith('oss://instant/2/'));
    steps = [answered(), stored];
    await upload(png(8, 8));
    steps = [answered(), stored];
    await upload(bytes, { baseUrl: 'https://dashscope-2.example' });
    strictEqual(cache.size, 3);
  });

  it('is remembered for the key and the workspace that made it', async () => {
    const others = [
      {},
      { key: 'sk-other-0123456789' },
      { workspaceId: 'llm-1' },
      { workspaceId: 'llm-2' },
    ];
    for (const other of others) {
      steps = [answered(), stored];
      await upload(bytes, other);
      await upload(bytes, other);
    }
    strictEqual(cache.size, others.length);
    ok(!JSON.stringify([...cache]).includes('sk-'));
  });

  it('succeeds also when it cannot be remembered', async () => {
    const failing: (() => unknown)[] = [
      () => Promise.reject(new Error('disk full')),
      () => {
        throw new Error('disk full');
      },
    ];
    for (const set of failing) {
      cache.set = set as typeof cache.set; // what a Map returns is not used
      steps = [answered(), stored];
      ok((await upload()).ossUrl.startsWith('oss://'));
    }
    await Promise.resolve();
    const warnings = environment.logger.lines.filter((line) => line.includes('disk full'));
    strictEqual(warnings.length, 2);
  });

  it('leaves nothing secret in memory or log', async () => {
    steps = [answered(), stored];
    await upload();
    const text = JSON.stringify([...cache]) + environment.logger.lines.join();
    for (const secret of [apiKey, policy.signature, policy.policy]) ok(!text.includes(secret));
  });

  const mayPass: readonly (readonly [string, readonly Step[]])[] = [
    ['a busy service', [() => Response.json({ code: 'Throttling.RateQuota' }, { status: 429 })]],
    ['a policy that was lost', [lost('ECONNRESET')]],
    ['a policy that a gateway ended', [() => new Response('<html>', { status: 502 })]],
    ['a store that cannot', [answered(), storeError(503, 'ServiceUnavailable')]],
    ['a file that was lost', [answered(), lost('ECONNRESET')]],
    ['a store that is out of reach', [answered(), lost('ECONNREFUSED')]],
  ];
  for (const [name, first] of mayPass) {
    it(`is begun anew after ${name}`, async () => {
      steps = [...first, answered({ ...policy, upload_dir: 'instant/2' }), stored];
      ok((await upload()).ossUrl.startsWith('oss://instant/2/'));
      deepStrictEqual(environment.pauses, [1_000]);
    });
  }

  it('is given up after three tries, and free', async () => {
    steps = [1, 2, 3].flatMap(() => [answered(), lost('ECONNRESET')]);
    await rejects(upload(), {
      kind: 'network',
      code: 'UploadFailed',
      retryable: true,
      billed: 'no',
    });
    steps = [1, 2, 3].flatMap(() => [answered(), storeError(500, 'InternalError')]);
    await rejects(upload(), { code: 'UploadFailed', httpStatus: 500, billed: 'no' });
    steps = [lost('ECONNRESET'), lost('ECONNRESET'), lost('UND_ERR_HEADERS_TIMEOUT')];
    await rejects(upload(), { kind: 'network', code: 'UploadFailed', billed: 'no' });
    steps = [1, 2, 3].flatMap(() => [answered(), lost('ENOTFOUND')]);
    await rejects(upload(), { kind: 'network', code: 'ENOTFOUND', billed: 'no' });
    deepStrictEqual([...cache], []);
  });

  const refused: readonly (readonly [string, readonly Step[], object])[] = [
    [
      'the store refuses it',
      [answered(), storeError(403, 'AccessDenied')],
      {
        kind: 'server',
        code: 'UploadRefused',
        httpStatus: 403,
        serviceMessage: 'AccessDenied: Why.',
      },
    ],
    [
      'the store refuses it, with a signed address in its words',
      [
        answered(),
        () =>
          new Response('<Message>No https://b.example/a?Signature=b</Message>', { status: 403 }),
      ],
      { code: 'UploadRefused', serviceMessage: 'No https://b.example/a?…' },
    ],
    [
      'the store redirects',
      [
        answered(),
        () => new Response('', { status: 307, headers: { location: 'https://x.example' } }),
      ],
      { kind: 'server', code: 'UploadRefused', httpStatus: 307 },
    ],
    [
      'the key is refused',
      [() => Response.json({ code: 'InvalidApiKey', request_id: 'k' }, { status: 401 })],
      { kind: 'auth', code: 'InvalidApiKey', requestId: 'k' },
    ],
    [
      'the service has no uploads',
      [() => Response.json({ code: 'NotFound' }, { status: 404 })],
      { kind: 'invalidRequest', code: 'UploadUnavailable' },
    ],
    [
      'the policy cannot be read',
      [answered({ policy: 'p' })],
      { kind: 'badResponse', code: 'UploadUnreadable', requestId: 'r' },
    ],
    [
      'the certificate is not trusted',
      [answered(), lost('CERT_HAS_EXPIRED')],
      { kind: 'network', code: 'CERT_HAS_EXPIRED' },
    ],
  ];
  for (const [name, answers, expected] of refused) {
    it(`is not tried again when ${name}`, async () => {
      steps = [...answers];
      await rejects(upload(), { name: 'ImageGenerationError', billed: 'no', ...expected });
      deepStrictEqual(environment.pauses, []);
    });
  }

  it('is refused before it is sent when the store takes only smaller files', async () => {
    steps = [answered()];
    const large = new Uint8Array(1024 * 1024 + 1);
    await rejects(upload(Buffer.from(large)), { kind: 'invalidRequest', code: 'InputTooLarge' });
  });

  for (const host of [
    'http://store.example',
    'https://10.0.0.1',
    'https://169.254.169.254',
    'https://[fd00::1]',
    'https://127.0.0.1',
    'http://localhost:80',
    'https://user:word@store.example',
    'ftp://store.example',
    'store.example',
    '',
  ]) {
    it(`sends nothing to ${host || 'nowhere'}`, async () => {
      steps = [answered({ ...policy, upload_host: host })];
      await rejects(upload(), { kind: 'badResponse', code: 'UploadUnsafe', billed: 'no' });
    });
  }

  it('goes to loopback for a service on loopback only', async () => {
    const local = { ...policy, upload_host: 'http://127.0.0.1:9' };
    steps = [answered(local), stored];
    await upload(bytes, { baseUrl: 'http://localhost:8080' });
    strictEqual(seen[1]?.url, 'http://127.0.0.1:9/');
    steps = [answered({ ...policy, upload_host: 'https://10.0.0.1' })];
    await rejects(upload(png(8, 8), { baseUrl: 'http://localhost:8080' }), {
      code: 'UploadUnsafe',
    });
  });

  it('ends when it is cancelled, at whatever step', async () => {
    for (const before of [[], [answered()], [answered(), lost('ECONNRESET')]] as Step[][]) {
      const controller = new AbortController();
      const { signal } = controller;
      const cancel: Step = () => {
        controller.abort();
        return Promise.reject(signal.reason);
      };
      if (before.length === 2) environment.onPause = () => controller.abort();
      steps = before.length === 2 ? before : [...before, cancel];
      await rejects(upload(bytes, { signal }), (error) => error === signal.reason);
    }
  });

  it('has a time limit', async () => {
    const hang: Step = () => {
      environment.timeouts.at(-1)?.controller.abort(new DOMException('late', 'TimeoutError'));
      return Promise.reject(new DOMException('late', 'TimeoutError'));
    };
    steps = [1, 2, 3].flatMap(() => [answered(), hang]);
    await rejects(upload(), { code: 'UploadFailed', billed: 'no' });
    strictEqual(environment.timeouts[1]?.ms, 300_000);
  });
});

describe('the temporary upload of the emulator', () => {
  let emulator: Emulator;
  const input = {
    uri: 'file:///in.png',
    format: 'png',
    size: { width: 512, height: 512 },
  } as const;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  afterEach(() => emulator.reset());

  function model() {
    const environment = new FakeEnvironment((url, init) => globalThis.fetch(url, init));
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      baseUrlFor: () => emulator.url,
      getApiKey: async () => 'sk-emulator',
      timeoutSignal: AbortSignal.timeout,
      readImage: async () => png(512, 512),
    });
    return modelIn(provider, 'wanx-v1');
  }

  const request = {
    ...{ modelId: 'wanx-v1', prompt: '雪中的狐狸', size: { width: 1024, height: 1024 }, count: 1 },
    images: [input],
  };
  const uploads = () =>
    emulator.requests().filter(({ method, path }) => method === 'POST' && path === '/').length;

  it('goes the whole way, and is used again', async () => {
    const asked = model();
    strictEqual((await generateWith(asked, request)).images.length, 1);
    strictEqual((await generateWith(asked, request)).images.length, 1);
    strictEqual(uploads(), 1);
  });

  it('survives what may happen on the way', async () => {
    for (const kind of ['reset', 'loseAnswer'] as const) {
      emulator.addFault({ phase: 'uploadPolicy', kind });
      strictEqual((await generateWith(model(), request)).images.length, 1);
      emulator.addFault({ phase: 'upload', kind });
      strictEqual((await generateWith(model(), request)).images.length, 1);
    }
    strictEqual(emulator.ledger().length, 4);
  });

  const refusals = [
    [400, 'InvalidParameter.DataInspection'],
    [403, 'Model.AccessDenied'],
    [400, 'DataInspectionFailed'],
    [500, 'InternalError.Algo'],
  ] as const;
  for (const [status, code] of refusals) {
    it(`is made anew after a request that was refused with ${code}`, async () => {
      const asked = model();
      emulator.addFault({ phase: 'submit', kind: 'refuse', status, code, message: 'm' });
      await rejects(generateWith(asked, request), { code, billed: 'no' });
      strictEqual((await generateWith(asked, request)).images.length, 1);
      strictEqual(uploads(), 2);
    });
  }

  it('is made anew after a task that failed, but not after a lost answer', async () => {
    const asked = model();
    emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    await rejects(generateWith(asked, request), { billed: 'maybe' });
    emulator.addFault({
      phase: 'poll',
      kind: 'refuse',
      status: 401,
      code: 'InvalidApiKey',
      message: 'm',
    });
    await rejects(generateWith(asked, request), { code: 'InvalidApiKey' });
    strictEqual(uploads(), 1);
    await generateWith(asked, request);
    strictEqual(uploads(), 2);
  });
});
