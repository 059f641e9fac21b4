import { deepStrictEqual, ok, rejects, strictEqual, throws } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { modelCatalog } from '../../../src/dashscope/modelCatalog';
import { GenerationCancelled } from '../../../src/imageModel/errors';
import type { GenerationProgress, ImageRequest } from '../../../src/imageModel/imageModel';
import { apiKey, FakeEnvironment, FakeService, origin, providerOptions } from './fakeService';
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

  it('offers the models of the catalogue', () => {
    deepStrictEqual(new DashScopeProvider(providerOptions(environment)).models(), modelCatalog);
  });

  it('refuses an unknown model in words', () => {
    const provider = new DashScopeProvider(providerOptions(environment));
    throws(() => provider.createModel('flux-9', 'cn-beijing'), {
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
    const model = provider.createModel('qwen-image-2.0', 'ap-southeast-1');
    await model.generate(request('qwen-image-2.0'), { signal: controller.signal });
    deepStrictEqual(asked, ['host of ap-southeast-1', 'key of ap-southeast-1']);
  });

  it('needs a key before it sends anything', async () => {
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      getApiKey: async () => undefined,
    });
    for (const { id } of modelCatalog) {
      const model = provider.createModel(id, 'cn-beijing');
      await rejects(model.generate(request(id), { signal: controller.signal }), {
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
    const model = new DashScopeProvider(providerOptions(environment)).createModel(
      'wan2.6-t2i',
      'cn-beijing',
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
    const delivery = await model.generate(request('wan2.6-t2i'), options);
    deepStrictEqual(delivery, { requestId: 'r', taskId: 't', images: [{ url }], failures: [] });
    deepStrictEqual(progress, [
      { phase: 'submitting' },
      { phase: 'queued', taskId: 't' },
      { phase: 'running', taskId: 't' },
    ]);
    const [delivered = { url: '' }] = delivery.images;
    deepStrictEqual(await model.download(delivered, options), {
      bytes: new Uint8Array(picture),
      mediaType: 'image/png',
      size: { width: 16, height: 16 },
    });
  });

  it('writes the prompt at debug only, and neither key nor signed link at all', async () => {
    service.answer('POST', syncPath, 200, { request_id: 'r', output: { choices } });
    const model = new DashScopeProvider(providerOptions(environment)).createModel(
      'qwen-image-2.0',
      'cn-beijing',
    );
    await model.generate(request('qwen-image-2.0'), { signal: controller.signal });
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
    const model = new DashScopeProvider(providerOptions(environment)).createModel(
      'qwen-image-2.0',
      'cn-beijing',
    );
    const signed = { ...request('qwen-image-2.0'), images, prompt };
    await model.generate(signed, { signal: controller.signal });
    const log = environment.logger.lines.join();
    ok(!/secret/.test(log) && log.includes('HTTPS://b.example/a.png?…'), log);
  });

  it('cancels the task of a submit that was cancelled under way', async () => {
    let isFirst = true;
    environment = new FakeEnvironment(async (target, init) => {
      if (isFirst) controller.abort();
      isFirst = false;
      return service.fetch(target, init);
    });
    // The few seconds that a cancelled submit has left never pass here.
    const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
      ms === 5_000 ? new Promise(() => {}) : environment.pause(ms, signal);
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('POST', '/api/v1/tasks/t/cancel', 200, { request_id: 'c' });
    const provider = new DashScopeProvider({ ...providerOptions(environment), pause });
    const model = provider.createModel('wan2.6-t2i', 'cn-beijing');
    await rejects(
      model.generate(request('wan2.6-t2i'), { signal: controller.signal }),
      (error) => error instanceof GenerationCancelled && error.billed === 'no',
    );
    strictEqual(service.requests.length, 2);
  });

  it('needs neither a schedule nor time limits to be given', async () => {
    const { pollSchedule: _, timeoutSignal: __, ...options } = providerOptions(environment);
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('GET', '/api/v1/tasks/t', 200, {
      output: { task_status: 'SUCCEEDED', choices },
    });
    const model = new DashScopeProvider(options).createModel('wan2.6-t2i', 'cn-beijing');
    await model.generate(request('wan2.6-t2i'), { signal: controller.signal });
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
      const model = provider.createModel('qwen-image-3.0', regionId);
      const whole = { ...request('qwen-image-3.0'), images };
      return model.generate(whole, { signal: controller.signal });
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
    const at = (baseUrl: string) =>
      new DashScopeProvider({ ...providerOptions(local), baseUrlFor: () => baseUrl }).createModel(
        'wanx-v1',
        'cn-beijing',
      );
    strictEqual((await at('http://localhost:8080').download(link, options)).size.width, 16);
    await rejects(at(origin).download(link, options), { kind: 'download', code: 'LinkRefused' });
  });
});
