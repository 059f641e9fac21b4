import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { findModel } from '../../../src/dashscope/modelCatalog';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import { usableProtocols } from '../../../src/dashscope/protocolChoice';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import {
  apiKey,
  FakeEnvironment,
  FakeService,
  generateWith,
  modelIn,
  origin,
  providerOptions,
} from './fakeService';

const syncPath = '/api/v1/services/aigc/multimodal-generation/generation';
const asyncPath = '/api/v1/services/aigc/image-generation/generation';
const compatiblePath = '/compatible-mode/v1/images/generations';
const url = 'https://store.example/a.png';
const pictures = {
  request_id: 'r',
  output: { choices: [{ message: { content: [{ image: url }] } }] },
};
const noMode = { code: 'AccessDenied', message: 'current user api does not …', request_id: 'n' };
const throttled = { code: 'Throttling.RateQuota', message: 'Slow down.', request_id: 't' };

function rowOf(id: string): ModelRow {
  const row = findModel(id);
  ok(row);
  return row;
}

function request(row: ModelRow, more: Partial<ImageRequest> = {}): ImageRequest {
  return { modelId: row.id, prompt: 'a fox', size: row.defaultSize, count: 1, ...more };
}

describe('the protocols that can serve a request', () => {
  const classic = 'https://dashscope.aliyuncs.com';
  const cases: readonly [string, string, string, string, Partial<ImageRequest>, string][] = [
    [
      'on the shared host',
      'qwen-image-3.0',
      'cn-beijing',
      classic,
      {},
      'imageGeneration multimodalGeneration',
    ],
    [
      'on a workspace host',
      'qwen-image-3.0',
      'cn-beijing',
      'https://llm-1.cn-beijing.maas.aliyuncs.com',
      {},
      'imageGeneration multimodalGeneration compatibleImages',
    ],
    [
      'at an endpoint of the person',
      'qwen-image-3.0',
      'cn-beijing',
      'http://127.0.0.1:8080',
      {},
      'imageGeneration multimodalGeneration compatibleImages',
    ],
    [
      'for text and images in one answer',
      'wan2.6-image',
      'cn-beijing',
      classic,
      { interleave: true },
      'multimodalGeneration imageGeneration',
    ],
    [
      'where only tasks serve',
      'wan2.6-image',
      'eu-central-1',
      'https://llm-1.eu-central-1.maas.aliyuncs.com',
      {},
      'imageGeneration',
    ],
    [
      'where only tasks serve, also for text and images',
      'wan2.6-image',
      'eu-central-1',
      'https://llm-1.eu-central-1.maas.aliyuncs.com',
      { interleave: true },
      'imageGeneration',
    ],
    [
      'for a model that knows no interleaving',
      'wan2.6-t2i',
      'cn-beijing',
      classic,
      { interleave: true },
      'imageGeneration multimodalGeneration',
    ],
  ];
  for (const [name, id, regionId, baseUrl, more, expected] of cases) {
    it(`are known ${name}`, () => {
      const row = rowOf(id);
      const names = usableProtocols(row, request(row, more), { regionId, baseUrl });
      strictEqual(names.join(' '), expected);
    });
  }

  it('are all of them rather than none', () => {
    const row: ModelRow = { ...rowOf('qwen-image-2.0'), asyncOnlyIn: ['cn-beijing'] };
    const destination = { regionId: 'cn-beijing', baseUrl: classic };
    deepStrictEqual(usableProtocols(row, request(row), destination), ['multimodalGeneration']);
  });
});

describe('a submit that the path or the mode does not serve', () => {
  let service: FakeService;
  let environment: FakeEnvironment;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
  });
  afterEach(() => service.close());

  function generate(row: ModelRow) {
    const provider = new DashScopeProvider({ ...providerOptions(environment), catalog: [row] });
    return generateWith(modelIn(provider, row.id), request(row));
  }

  const paths = () => service.requests.map(({ path }) => path);
  const wan = rowOf('wan2.6-t2i');
  const qwen3 = rowOf('qwen-image-3.0');

  const unserved: readonly (readonly [number, object])[] = [
    [403, noMode],
    [403, { error: { code: 'access_denied', message: 'm' } }],
    [404, { code: 'NotFound', message: 'm' }],
    [404, { code: 'model not supported', message: 'm' }],
    [404, {}],
  ];
  for (const [status, body] of unserved) {
    it(`goes another way after ${status} ${JSON.stringify(body)}`, async () => {
      service.answer('POST', asyncPath, status, body);
      service.answer('POST', syncPath, 200, pictures);
      strictEqual((await generate(wan)).images.length, 1);
      deepStrictEqual(paths(), [asyncPath, syncPath]);
      deepStrictEqual(environment.pauses, []);
      strictEqual(service.requests[1]?.headers['x-dashscope-async'], undefined);
    });
  }

  it('goes as far as the path of OpenAI, in its words', async () => {
    service.answer('POST', asyncPath, 403, noMode);
    service.answer('POST', syncPath, 404, { code: 'NotFound', message: 'Not found!' });
    service.answer('POST', compatiblePath, 200, { created: 1, data: [{ url }] });
    strictEqual((await generate(qwen3)).images[0]?.url, url);
    strictEqual(environment.timeouts.at(-1)?.ms, 610_000);
  });

  it('is thrown as it is when there is no other way', async () => {
    service.answer('POST', syncPath, 403, noMode);
    await rejects(generate(rowOf('qwen-image-2.0')), {
      kind: 'auth',
      code: 'AccessDenied',
      requestId: 'n',
      billed: 'no',
    });
  });

  const lessTelling: readonly (readonly [number, object])[] = [
    [404, { code: 'NotFound', message: 'm' }],
    [404, {}],
    [403, { ...noMode, request_id: 'second' }],
    [400, { code: 'InvalidParameter', message: 'url error, please check url' }],
    [400, { error: { code: 'invalid_parameter_error', message: 'url error' } }],
  ];
  for (const [status, body] of lessTelling) {
    it(`is told by the first refusal when the last is ${status} ${JSON.stringify(body)}`, async () => {
      service.answer('POST', asyncPath, 403, noMode);
      service.answer('POST', syncPath, status, body);
      await rejects(generate(wan), { code: 'AccessDenied', requestId: 'n', billed: 'no' });
    });
  }

  it('is told by the first of three refusals', async () => {
    service.answer('POST', asyncPath, 403, noMode);
    service.answer('POST', syncPath, 404, { code: 'NotFound', message: 'm' });
    service.answer('POST', compatiblePath, 404, {});
    await rejects(generate(qwen3), { code: 'AccessDenied', requestId: 'n' });
  });

  const telling: readonly (readonly [number, string])[] = [
    [400, 'DataInspectionFailed'],
    [400, 'InvalidParameter.DataInspection'],
    [400, 'Arrearage'],
    [403, 'Model.AccessDenied'],
    [404, 'ModelNotFound'],
    [500, 'InternalError'],
    [502, ''],
  ];
  for (const [status, code] of telling) {
    it(`is told by a last refusal of ${status} ${code || 'without a code'}`, async () => {
      service.answer('POST', asyncPath, 403, noMode);
      service.answer('POST', syncPath, status, { code, message: 'm' });
      await rejects(generate(wan), { code: code || `Http${status}` });
    });
  }

  it('may look like throttling that does not end, and is tried once the other way', async () => {
    for (let index = 0; index < 5; index += 1) service.answer('POST', asyncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    strictEqual((await generate(wan)).images.length, 1);
    deepStrictEqual(environment.pauses, [1_000, 2_000, 4_000, 8_000]);
  });

  it('is not waited for again once the other way has worked', async () => {
    const provider = new DashScopeProvider({ ...providerOptions(environment), catalog: [wan] });
    const ask = () => generateWith(modelIn(provider, wan.id), request(wan));
    for (let index = 0; index < 5; index += 1) service.answer('POST', asyncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    await ask();
    environment.pauses.length = 0;
    service.answer('POST', asyncPath, 429, throttled);
    service.answer('POST', syncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    strictEqual((await ask()).images.length, 1);
    // The service was busy the second time, and nothing had been waited for yet.
    deepStrictEqual(environment.pauses, [1_000]);
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('GET', '/api/v1/tasks/t', 200, {
      output: { ...pictures.output, task_status: 'SUCCEEDED' },
    });
    strictEqual((await ask()).taskId, 't');
    environment.pauses.length = 0;
    for (let index = 0; index < 5; index += 1) service.answer('POST', asyncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    await ask();
    deepStrictEqual(environment.pauses, [1_000, 2_000, 4_000, 8_000]);
  });

  it('means that nothing was taken, which is told before the other way is tried', async () => {
    const events: string[] = [];
    environment.onPause = () => events.push('pause');
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), wan.id);
    const submit = () =>
      model.submit(request(wan), {
        signal: new AbortController().signal,
        beforeSend: async (mode) => void events.push(mode),
        onRefused: () => events.push('refused'),
      });
    service.answer('POST', asyncPath, 403, noMode);
    service.answer('POST', syncPath, 200, pictures);
    await submit();
    deepStrictEqual(events.splice(0), ['task', 'refused', 'call']);
    for (let index = 0; index < 5; index += 1) service.answer('POST', asyncPath, 429, throttled);
    service.answer('POST', syncPath, 404, { code: 'NotFound', message: 'm' });
    await rejects(submit());
    const refused = ['task', 'refused', 'pause'];
    deepStrictEqual(events, [...Array(4).fill(refused).flat(), 'task', 'refused', 'call']);
  });

  it('is waited for in the last way, where the service is busy in all of them', async () => {
    for (let index = 0; index < 5; index += 1) service.answer('POST', asyncPath, 429, throttled);
    for (let index = 0; index < 8; index += 1) service.answer('POST', syncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    strictEqual((await generate(wan)).images.length, 1);
    deepStrictEqual(
      environment.pauses.slice(4),
      [1_000, 2_000, 4_000, 8_000, 16_000, 24_000, 24_000, 24_000],
    );
  });

  it('is waited for where a model has one protocol', async () => {
    for (let index = 0; index < 8; index += 1) service.answer('POST', syncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    strictEqual((await generate(rowOf('qwen-image-2.0'))).images.length, 1);
  });

  it('is not meant by the throttling of a synchronous request', async () => {
    const row = rowOf('qwen-image-2.1-pro');
    for (let index = 0; index < 8; index += 1) service.answer('POST', syncPath, 429, throttled);
    service.answer('POST', syncPath, 200, pictures);
    strictEqual((await generate(row)).images.length, 1);
    deepStrictEqual(paths(), Array(9).fill(syncPath));
  });

  it('is not meant by a throttling that says what it is about', async () => {
    const busy = { ...throttled, code: 'Throttling.Concurrency' };
    for (let index = 0; index < 8; index += 1) service.answer('POST', asyncPath, 429, busy);
    service.answer('POST', asyncPath, 403, noMode);
    service.answer('POST', syncPath, 200, pictures);
    strictEqual((await generate(wan)).images.length, 1);
    deepStrictEqual(paths(), [...Array(9).fill(asyncPath), syncPath]);
  });

  const served: readonly (readonly [number, object, string])[] = [
    [403, { code: 'Model.AccessDenied' }, 'Model.AccessDenied'],
    [404, { code: 'ModelNotFound' }, 'ModelNotFound'],
    [404, { error: { code: 'model_not_found' } }, 'model_not_found'],
    [404, { code: 'WorkSpaceNotFound' }, 'WorkSpaceNotFound'],
    [403, { code: 'AccessDenied.Unpurchased' }, 'AccessDenied.Unpurchased'],
    [400, { code: 'InvalidParameter' }, 'InvalidParameter'],
    [401, { code: 'InvalidApiKey' }, 'InvalidApiKey'],
    [200, { code: 'AccessDenied' }, 'AccessDenied'],
    [500, { code: 'InternalError' }, 'InternalError'],
    [502, {}, 'Http502'],
    [429, { code: 'Throttling.AllocationQuota' }, 'Throttling.AllocationQuota'],
  ];
  for (const [status, body, code] of served) {
    it(`is not meant by ${status} ${code}`, async () => {
      service.answer('POST', asyncPath, status, body);
      await rejects(generate(wan), { code });
      strictEqual(service.requests.length, 1);
    });
  }

  it('is not meant by what a poll is answered with', async () => {
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('GET', '/api/v1/tasks/t', 404, { code: 'NotFound', message: 'Not found!' });
    await rejects(generate(wan), { code: 'NotFound', taskId: 't', billed: 'maybe' });
    strictEqual(service.requests.length, 2);
  });
});

describe('the workspace', () => {
  it('is named in every request, to the task and its cancelling too', async () => {
    const service = new FakeService();
    const environment = new FakeEnvironment(service.fetch);
    const controller = new AbortController();
    const regions: string[] = [];
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      workspaceIdFor: (regionId) => {
        regions.push(regionId);
        return 'llm-1a';
      },
    });
    service.answer('POST', asyncPath, 200, { request_id: 'r', output: { task_id: 't' } });
    service.answer('GET', '/api/v1/tasks/t', 200, { output: { task_status: 'PENDING' } });
    service.answer('POST', '/api/v1/tasks/t/cancel', 200, {});
    environment.onPause = () => environment.pauses.length === 2 && controller.abort();
    const model = modelIn(provider, 'wan2.6-t2i', 'ap-southeast-1');
    const options = { signal: controller.signal };
    await rejects(generateWith(model, request(rowOf('wan2.6-t2i')), options), {
      name: 'AbortError',
    });
    strictEqual(await model.cancel('t'), true);
    deepStrictEqual(regions, ['ap-southeast-1']);
    deepStrictEqual(
      service.requests.map(({ headers }) => headers['x-dashscope-workspace']),
      ['llm-1a', 'llm-1a', 'llm-1a'],
    );
    await service.close();
  });

  it('is refused in words when no header can carry it', async () => {
    const environment = new FakeEnvironment(async () => Response.json(pictures));
    for (const workspaceId of ['llm 1', 'llm-1\r\nHost: x', '工作']) {
      const provider = new DashScopeProvider({
        ...providerOptions(environment),
        baseUrlFor: () => origin,
        getApiKey: async () => apiKey,
        workspaceIdFor: () => workspaceId,
      });
      const model = modelIn(provider, 'qwen-image-2.0');
      await rejects(generateWith(model, request(rowOf('qwen-image-2.0'))), {
        ...{ kind: 'invalidRequest', code: 'WorkspaceInvalid', billed: 'no' },
      });
    }
  });
});
