import { deepStrictEqual, ok, rejects, strictEqual, throws } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { modelCatalog } from '../../../src/dashscope/modelCatalog';
import type {
  GenerationProgress,
  ImageRequest,
  SubmitMode,
} from '../../../src/imageModel/imageModel';
import {
  apiKey,
  FakeEnvironment,
  FakeService,
  generateWith,
  modelIn,
  origin,
  providerOptions,
} from './fakeService';
import { png } from './pictures';

const syncPath = '/api/v1/services/aigc/multimodal-generation/generation';
const asyncPath = '/api/v1/services/aigc/image-generation/generation';
const url = 'https://store.example/a.png?Signature=secret';
const choices = [{ message: { content: [{ image: url }] } }];

function request(modelId: string): ImageRequest {
  return { modelId, prompt: 'a red fox', size: { width: 1280, height: 1280 }, count: 1 };
}

describe('the provider', () => {
  let service: FakeService;
  let environment: FakeEnvironment;
  let controller: AbortController;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
    controller = new AbortController();
  });
  afterEach(() => service.close());

  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('offers the models of the catalogue', () => {
    deepStrictEqual(new DashScopeProvider(providerOptions(environment)).models(), modelCatalog);
  });

  it('refuses an unknown model in words', () => {
    const provider = new DashScopeProvider(providerOptions(environment));
    throws(() => modelIn(provider, 'flux-9'), {
      name: 'ImageGenerationError',
      kind: 'modelUnavailable',
      code: 'UnknownModel',
      message: 'There is no model "flux-9"; choose one of the list.',
    });
  });

  it('takes host and key of the region', async () => {
    const asked: string[] = [];
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      baseUrlFor: (regionId) => {
        asked.push(`host of ${regionId}`);
        return origin;
      },
      getApiKey: async (regionId) => {
        asked.push(`key of ${regionId}`);
        return apiKey;
      },
    });
    service.answer('POST', syncPath, 200, { request_id: 'r', output: { choices } });
    await generateWith(
      modelIn(provider, 'qwen-image-2.0', 'ap-southeast-1'),
      request('qwen-image-2.0'),
    );
    deepStrictEqual(asked, ['host of ap-southeast-1', 'key of ap-southeast-1']);
  });

  it('names the place of a region, and says when there can be none', () => {
    const placeAt = (baseUrl: string) =>
      new DashScopeProvider({
        ...providerOptions(environment),
        baseUrlFor: (regionId) => baseUrl.replace('*', regionId),
        workspaceIdFor: (regionId) => `ws-${regionId}`,
      }).place('us-east-1');
    deepStrictEqual(placeAt('https://*.Example.com:443/'), {
      regionId: 'us-east-1',
      baseUrl: 'https://us-east-1.example.com',
      workspaceId: 'ws-us-east-1',
    });
    throws(() => placeAt('dashscope'), { kind: 'invalidRequest', code: 'EndpointInvalid' });
    const provider = new DashScopeProvider(providerOptions(environment));
    strictEqual(provider.place('us-east-1').workspaceId, undefined);
  });

  it('asks after a task where it was made, whatever the settings say by now', async () => {
    const keys: string[] = [];
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      baseUrlFor: () => 'https://elsewhere.example',
      workspaceIdFor: () => 'ws-new',
      getApiKey: async (regionId, baseUrl) => {
        keys.push(`${regionId} ${baseUrl}`);
        return apiKey;
      },
    });
    service.answer('GET', '/api/v1/tasks/t', 200, {
      output: { task_status: 'SUCCEEDED', choices },
    });
    const place = { regionId: 'cn-beijing', baseUrl: origin, workspaceId: 'ws-old' };
    const model = provider.createModel('wan2.6-t2i', place);
    const task = { taskId: 't', requestId: 'r', submittedAt: environment.now() - 3_600_000 };
    await model.wait(task, request('wan2.6-t2i'), { signal: controller.signal });
    deepStrictEqual(keys, [`cn-beijing ${origin}`]);
    strictEqual(service.requests[0]?.headers['x-dashscope-workspace'], 'ws-old');
  });

  it('needs a key before it sends anything', async () => {
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      getApiKey: async () => undefined,
    });
    for (const { id } of modelCatalog) {
      await rejects(generateWith(modelIn(provider, id), request(id)), {
        kind: 'auth',
        code: 'NoApiKey',
        billed: 'no',
      });
    }
    deepStrictEqual(service.requests, []);
  });

  it('goes the whole way of a task, from prompt to picture', async () => {
    const picture = png(16, 16);
    environment = new FakeEnvironment((target, init) =>
      target === url
        ? Promise.resolve(new Response(new Uint8Array(picture)))
        : service.fetch(target, init),
    );
    const observed: unknown[] = [];
    const pollPlanner = {
      schedule: (kind: string) => {
        observed.push(kind);
        return () => 4_000;
      },
      observe: (kind: string, ms: number) => observed.push(kind, ms),
    };
    const model = modelIn(
      new DashScopeProvider({ ...providerOptions(environment), pollPlanner }),
      'wan2.6-t2i',
    );
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('GET', '/api/v1/tasks/t', 200, { output: { task_status: 'RUNNING' } });
    service.answer('GET', '/api/v1/tasks/t', 200, {
      output: { task_status: 'SUCCEEDED', choices },
    });
    const progress: GenerationProgress[] = [];
    const options = {
      signal: controller.signal,
      onProgress: (step: GenerationProgress) => progress.push(step),
    };
    const asked: SubmitMode[] = [];
    const startedAt = environment.now();
    const submitted = await model.submit(request('wan2.6-t2i'), {
      ...options,
      beforeSend: async (mode) => void asked.push(mode),
    });
    deepStrictEqual(asked, ['task']);
    const task = { taskId: 't', requestId: 'r', submittedAt: startedAt };
    deepStrictEqual(submitted, { task });
    const delivery = await model.wait(task, request('wan2.6-t2i'), options);
    const kind = 'wan2.6-t2i cn-beijing 1280*1280';
    deepStrictEqual(observed, [kind, kind, 6_000]);
    deepStrictEqual(delivery, { requestId: 'r', taskId: 't', images: [{ url }], failures: [] });
    deepStrictEqual(progress, [
      { phase: 'submitting' },
      { phase: 'queued', taskId: 't' },
      { phase: 'running', taskId: 't' },
    ]);
    const [delivered = { url: '' }] = delivery.images;
    const file = join(folder, 'whole.part');
    deepStrictEqual(await model.download(delivered, file, options), {
      file,
      byteLength: picture.length,
      mediaType: 'image/png',
      size: { width: 16, height: 16 },
    });
    deepStrictEqual(await readFile(file), picture);
  });

  it('hands over what a call is answered with at once', async () => {
    service.answer('POST', syncPath, 200, { request_id: 'r', output: { choices } });
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), 'qwen-image-2.0');
    const asked: SubmitMode[] = [];
    const submitted = await model.submit(request('qwen-image-2.0'), {
      signal: controller.signal,
      beforeSend: async (mode) => void asked.push(mode),
    });
    deepStrictEqual(submitted, {
      delivery: { requestId: 'r', images: [{ url }], failures: [] },
    });
    deepStrictEqual(asked, ['call']);
  });

  it('asks for leave once more where it goes another way', async () => {
    service.answer('POST', asyncPath, 403, { code: 'AccessDenied', message: 'm' });
    service.answer('POST', syncPath, 200, { request_id: 'r', output: { choices } });
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), 'wan2.6-t2i');
    const asked: SubmitMode[] = [];
    await model.submit(request('wan2.6-t2i'), {
      signal: controller.signal,
      beforeSend: async (mode) => void asked.push(mode),
    });
    deepStrictEqual(asked, ['task', 'call']);
  });

  it('writes the prompt at debug only, and neither key nor signed link at all', async () => {
    service.answer('POST', syncPath, 200, { request_id: 'r', output: { choices } });
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), 'qwen-image-2.0');
    await generateWith(model, request('qwen-image-2.0'));
    const lines = environment.logger.lines.filter((line) => line.includes('a red fox'));
    ok(lines.length > 0 && lines.every((line) => line.startsWith('debug:')));
    ok(!/secret/.test(environment.logger.lines.join()));
  });

  it('cuts signed addresses in the log, however they are written', async () => {
    service.answer('POST', syncPath, 200, { request_id: 'r', output: { choices } });
    const images = [
      'HTTPS://b.example/a.png?Signature=secret',
      'https://b.example/a b.png?Signature=secret',
    ].map((uri) => ({ uri }));
    const prompt = 'see https://b.example/a.png?Signature=secret, a red fox';
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), 'qwen-image-2.0');
    await generateWith(model, { ...request('qwen-image-2.0'), images, prompt });
    const log = environment.logger.lines.join();
    ok(!/secret/.test(log) && log.includes('HTTPS://b.example/a.png?…'), log);
  });

  it('cancels a task that is still queued, and says whether it did', async () => {
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), 'wan2.6-t2i');
    service.answer('POST', '/api/v1/tasks/t/cancel', 200, { request_id: 'c' });
    strictEqual(await model.cancel('t'), true);
    service.answer('POST', '/api/v1/tasks/t/cancel', 400, { code: 'UnsupportedOperation' });
    strictEqual(await model.cancel('t'), false);
  });

  it('needs neither a schedule nor time limits to be given', async () => {
    const { timeoutSignal: _, ...options } = providerOptions(environment);
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('GET', '/api/v1/tasks/t', 200, {
      output: { task_status: 'SUCCEEDED', choices },
    });
    const model = modelIn(new DashScopeProvider(options), 'wan2.6-t2i');
    await generateWith(model, request('wan2.6-t2i'));
    deepStrictEqual(environment.pauses, [2_000]);
    deepStrictEqual(environment.timeouts, []);
  });

  it('uploads where the region has a place for that, and at endpoints of the person', async () => {
    const large = new Uint8Array(8 * 1024 * 1024);
    large.set(png(16, 16));
    const images = [{ uri: 'file:///large.png' }];
    const stop = { code: 'InvalidApiKey', message: 'm' };
    const generateAt = (regionId: string, baseUrl: string) => {
      const asked = new FakeEnvironment(async (target) => {
        strictEqual(new URL(target).pathname, '/api/v1/uploads');
        return Response.json(stop, { status: 401 });
      });
      const options = { ...providerOptions(asked), readImage: async () => large };
      const provider = new DashScopeProvider({ ...options, baseUrlFor: () => baseUrl });
      const whole = { ...request('qwen-image-3.0'), images };
      return generateWith(modelIn(provider, 'qwen-image-3.0', regionId), whole);
    };
    const virginia = 'https://dashscope-us.aliyuncs.com';
    await rejects(generateAt('us-east-1', virginia), { code: 'InputTooLarge', billed: 'no' });
    await rejects(generateAt('us-east-1', origin), { code: 'InvalidApiKey' });
    const beijing = 'https://dashscope.aliyuncs.com';
    await rejects(generateAt('cn-beijing', beijing), { code: 'InvalidApiKey' });
  });

  it('fetches from loopback only for a service on loopback', async () => {
    const picture = png(16, 16);
    const local = new FakeEnvironment(async () => new Response(new Uint8Array(picture)));
    const link = { url: 'http://127.0.0.1:9/a.png' };
    const options = { signal: controller.signal };
    const fetchAt = (baseUrl: string) => {
      const provider = new DashScopeProvider({
        ...providerOptions(local),
        baseUrlFor: () => baseUrl,
      });
      return modelIn(provider, 'wanx-v1').download(
        link,
        join(folder, new URL(baseUrl).hostname),
        options,
      );
    };
    strictEqual((await fetchAt('http://localhost:8080')).size.width, 16);
    await rejects(fetchAt(origin), { kind: 'download', code: 'LinkRefused' });
  });
});
