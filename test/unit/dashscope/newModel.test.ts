import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { findModel, modelCatalog } from '../../../src/dashscope/modelCatalog';
import type { ModelRow, ProtocolName } from '../../../src/dashscope/modelRow';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { checkRequest } from '../../../src/imageModel/requestRules';
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

/** All that it takes to add a model: this one does not exist. */
const newModel: ModelRow = {
  id: 'qwen-image-2099',
  label: 'Qwen-Image 2099',
  family: 'Qwen-Image',
  facts: 'documented',
  regions: ['cn-beijing'],
  protocols: ['multimodalGeneration'],
  carriers: ['dataUrl'],
  imageField: 'base_image_url',
  sizeRule: {
    kind: 'free',
    presets: [{ width: 1000, height: 1000 }],
    minSide: 100,
    maxSide: 5000,
    named: [{ name: '2K', area: 2000 * 2000, isOnWire: false }],
  },
  defaultSize: { width: 1000, height: 1000 },
  maxImagesPerCall: 2,
  images: {
    ...{ min: 0, max: 1, maxBytes: 1_000_000, minSide: 10, maxSide: 5000 },
    ...{ formats: ['png'], alpha: true },
  },
  promptLimit: { max: 10, unit: 'characters' },
  negativePromptLimit: { max: 10, unit: 'characters' },
  seed: { min: 0, max: 9 },
  parameters: {
    watermark: { kind: 'flag', default: false },
    style: { kind: 'choice', values: ['<oil>', '<ink>'], default: '<oil>' },
    strength: { kind: 'number', min: 0, max: 1, when: [{ images: 'some' }] },
  },
  wireNames: { strength: 'force' },
};

const url = 'https://store.example/a.png';
const choices = [{ message: { content: [{ image: url }] } }];
const picture = png(16, 16);
const dataUrl = `data:image/png;base64,${picture.toString('base64')}`;

const request: ImageRequest = {
  modelId: newModel.id,
  prompt: 'a fox',
  size: '2K',
  count: 2,
  seed: 3,
  negativePrompt: 'blur',
  watermark: true,
  style: '<ink>',
  strength: 0.25,
  thinking: true,
  images: [
    {
      uri: 'file:///a.png',
      format: 'png',
      byteLength: picture.length,
      size: { width: 40, height: 10 },
    },
  ],
};
const parameters = {
  // In the shape of the image, and in whole steps.
  size: '4000*992',
  n: 2,
  seed: 3,
  style: '<ink>',
  force: 0.25,
  watermark: true,
};
const messages = {
  model: newModel.id,
  input: { messages: [{ role: 'user', content: [{ image: dataUrl }, { text: 'a fox' }] }] },
  parameters: { ...parameters, negative_prompt: 'blur' },
};

describe('a model that is added by one row', () => {
  let service: FakeService;
  let environment: FakeEnvironment;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
  });
  afterEach(() => service.close());

  function provider(row: ModelRow = newModel): DashScopeProvider {
    return new DashScopeProvider({
      ...providerOptions(environment),
      catalog: [row, ...modelCatalog],
      readImage: async () => picture,
    });
  }

  it('is offered, described and without a price', () => {
    strictEqual(findModel(newModel.id)?.facts, 'guessed');
    strictEqual(provider().models()[0], newModel);
    strictEqual(provider().models().length, modelCatalog.length + 1);
    strictEqual(provider().describe(newModel.id), newModel);
    strictEqual(provider().price(newModel.id, 'cn-beijing'), undefined);
  });

  it('keeps the limits that are guessed, unless its row has some of its own', () => {
    const limitsOf = (row: ModelRow) => modelIn(provider(row), newModel.id).limits;
    const key = `${newModel.id} cn-beijing ${origin}`;
    deepStrictEqual(limitsOf(newModel), { key, perMinute: 120, concurrentTasks: 5 });
    const rate = { perMinute: 7, inRegions: { 'us-east-1': { perMinute: 9 } } };
    deepStrictEqual(limitsOf({ ...newModel, rate }), { key, perMinute: 7 });
  });

  it('lends its rules to its own snapshots', () => {
    const snapshot = provider().describe('qwen-image-2099-01-01');
    deepStrictEqual([snapshot?.facts, snapshot?.maxImagesPerCall], ['guessed', 2]);
  });

  it('has its requests checked', () => {
    const { thinking: _, ...good } = request;
    deepStrictEqual(checkRequest(newModel, good, 'cn-beijing'), []);
    const bad = { ...request, count: 3, size: { width: 99, height: 100 }, prompt: 'a fox in snow' };
    deepStrictEqual(
      checkRequest(newModel, bad, 'us-east-1').map(({ field, severity }) => [field, severity]),
      [
        ['model', 'error'],
        ['size', 'error'],
        ['count', 'error'],
        ['prompt', 'warning'],
        ['thinking', 'warning'],
      ],
    );
  });

  const prompt = {
    model: newModel.id,
    input: { prompt: 'a fox', negative_prompt: 'blur', base_image_url: dataUrl },
    parameters,
  };
  const asked: readonly (readonly [ProtocolName, string, object])[] = [
    ['multimodalGeneration', '/api/v1/services/aigc/multimodal-generation/generation', messages],
    ['imageGeneration', '/api/v1/services/aigc/image-generation/generation', messages],
    ['textToImage', '/api/v1/services/aigc/text2image/image-synthesis', prompt],
    ['imageToImage', '/api/v1/services/aigc/image2image/image-synthesis', prompt],
    [
      'compatibleImages',
      '/compatible-mode/v1/images/generations',
      {
        ...{ model: newModel.id, prompt: 'a fox', image: [dataUrl], negative_prompt: 'blur' },
        ...{ ...parameters, size: '4000x992' },
      },
    ],
  ];
  for (const [protocol, path, body] of asked) {
    const isAsync = protocol !== 'multimodalGeneration' && protocol !== 'compatibleImages';

    it(`can be asked by ${protocol}`, async () => {
      const output = isAsync ? { task_id: 't' } : { choices };
      service.answer('POST', path, 200, { request_id: 'r', output });
      if (isAsync) {
        const done = { task_status: 'SUCCEEDED', results: [{ url }] };
        service.answer('GET', '/api/v1/tasks/t', 200, { output: done });
      }
      const model = modelIn(provider({ ...newModel, protocols: [protocol] }), newModel.id);
      const { images } = await generateWith(model, request);
      deepStrictEqual(images, [{ url }]);
      deepStrictEqual(service.requests[0], {
        method: 'POST',
        path,
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          ...(isAsync && { 'x-dashscope-async': 'enable' }),
        },
        body,
      });
      const lines = environment.logger.lines.join();
      ok(!lines.includes(dataUrl) && !lines.includes(apiKey));
    });
  }

  it('is refused by the service in the words of every model', async () => {
    const [, path] = asked[0] ?? ['', ''];
    service.answer('POST', path, 400, { code: 'InvalidParameter', message: 'Model not exist.' });
    const model = modelIn(provider(), newModel.id);
    await rejects(generateWith(model, request), {
      kind: 'invalidRequest',
      serviceMessage: 'Model not exist.',
    });
  });
});
