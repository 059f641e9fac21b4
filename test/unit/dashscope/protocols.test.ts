import { deepStrictEqual } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { findModel, modelCatalog } from '../../../src/dashscope/modelCatalog';
import type { ModelRow, ProtocolName } from '../../../src/dashscope/modelRow';
import type { ImageDelivery, ImageRequest } from '../../../src/imageModel/imageModel';
import {
  apiKey,
  FakeEnvironment,
  FakeService,
  generateWith,
  modelIn,
  providerOptions,
} from './fakeService';

const paths: Readonly<Record<ProtocolName, string>> = {
  multimodalGeneration: '/api/v1/services/aigc/multimodal-generation/generation',
  imageGeneration: '/api/v1/services/aigc/image-generation/generation',
  textToImage: '/api/v1/services/aigc/text2image/image-synthesis',
  imageToImage: '/api/v1/services/aigc/image2image/image-synthesis',
  compatibleImages: '/compatible-mode/v1/images/generations',
};
const taskPath = '/api/v1/tasks/task-1';
const url = 'https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/a.png?Expires=1';
const url2 = 'https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/b.png?Expires=1';

const choice = (...urls: string[]) => ({
  finish_reason: 'stop',
  message: { role: 'assistant', content: urls.map((image) => ({ image })) },
});
const submitted = {
  output: { task_status: 'PENDING', task_id: 'task-1' },
  request_id: 'submit-1',
};
const succeeded = (output: object) => ({
  request_id: 'poll-1',
  output: { task_id: 'task-1', task_status: 'SUCCEEDED', ...output },
});

const picture = 'https://pictures.example/a.png';

/** What is sent for the size that a form starts with. */
function wireSize({ id, defaultSize }: ModelRow): string | undefined {
  if (typeof defaultSize !== 'string') return `${defaultSize.width}*${defaultSize.height}`;
  if (defaultSize === 'auto') return undefined;
  if (id.startsWith('wan2.5')) return '1280*1280';
  // The shape of a picture in the web is not known.
  return /^wan2\.[67]/.test(id) ? defaultSize : '1024*1024';
}

/** Where the names of parameters stand, not parameters themselves. */
const structure = new Set([
  ...['model', 'input', 'parameters', 'messages', 'role', 'content', 'text', 'image', 'prompt'],
  ...['images', 'base_image_url', 'sketch_image_url', 'size', 'n'],
]);

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

/** Of a model, or else of its family, in a request that sets everything but images that are not needed. */
const parametersOf: Readonly<Record<string, readonly string[]>> = {
  'Qwen-Image': ['seed', 'negative_prompt', 'prompt_extend', 'watermark'],
  'Qwen-Image Edit': ['seed', 'negative_prompt', 'prompt_extend', 'watermark'],
  'qwen-image-edit': ['seed', 'negative_prompt', 'watermark'],
  'qwen-image-2.1-pro': ['seed', 'prompt_extend', 'watermark'],
  ...Object.fromEntries(
    ['qwen-image-3.0-pro', 'qwen-image-3.0', 'qwen-image-2.1-turbo'].map((id) => [
      id,
      ['seed', 'negative_prompt', 'prompt_extend', 'watermark', 'enable_thinking'],
    ]),
  ),
  'Z-Image': ['seed', 'prompt_extend'],
  Wan: ['seed', 'negative_prompt', 'prompt_extend', 'watermark'],
  'Wan Edit': ['seed', 'negative_prompt', 'prompt_extend', 'watermark'],
  // In a set there is no thinking; without images there are no boxes.
  'wan2.7-image': ['seed', 'enable_sequential', 'watermark'],
  'wan2.7-image-pro': ['seed', 'enable_sequential', 'watermark'],
  'wan2.6-image': ['seed', 'negative_prompt', 'prompt_extend', 'watermark', 'enable_interleave'],
  'wanx-v1': ['seed', 'negative_prompt', 'style'],
  'wanx2.1-imageedit': ['seed', 'function', 'is_sketch', 'watermark'],
  'wanx-sketch-to-image-lite': ['style', 'sketch_weight', 'sketch_extraction'],
};

function rowOf(id: string): ModelRow {
  const row = findModel(id);
  if (!row) throw new Error(id);
  return row;
}

describe('the wire protocols', () => {
  let service: FakeService;
  let environment: FakeEnvironment;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
  });
  afterEach(() => service.close());

  /** By the row's first protocol, or the one that is named. */
  function generate(
    row: ModelRow,
    request: Partial<ImageRequest> = {},
    protocol = row.protocols[0] ?? 'multimodalGeneration',
  ): Promise<ImageDelivery> {
    const catalog = [{ ...row, protocols: [protocol] }];
    const provider = new DashScopeProvider({ ...providerOptions(environment), catalog });
    const images = Array.from({ length: row.images?.min ?? 0 }, () => ({ uri: picture }));
    return generateWith(modelIn(provider, row.id), {
      modelId: row.id,
      prompt: '一只猫',
      size: row.defaultSize,
      count: 1,
      images,
      ...request,
    });
  }

  function answerWell(protocol: ProtocolName): void {
    const isSync = protocol === 'multimodalGeneration' || protocol === 'compatibleImages';
    const reply = { request_id: 'r', output: { choices: [choice(url)] } };
    service.answer('POST', paths[protocol], 200, isSync ? reply : submitted);
    if (!isSync) service.answer('GET', taskPath, 200, succeeded({ results: [{ url }] }));
  }

  for (const row of modelCatalog) {
    const [protocol = 'multimodalGeneration'] = row.protocols;
    const size = wireSize(row);
    const isSync = protocol === 'multimodalGeneration';
    const takesMessages = isSync || protocol === 'imageGeneration';
    const submit = {
      method: 'POST',
      path: paths[protocol],
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        ...(isSync ? {} : { 'x-dashscope-async': 'enable' }),
      },
    };
    const poll = {
      method: 'GET',
      path: taskPath,
      headers: { authorization: `Bearer ${apiKey}` },
      body: undefined,
    };
    const needsImage = (row.images?.min ?? 0) > 0;

    it(`asks ${row.id} with no more than size and n when nothing else is set`, async () => {
      answerWell(protocol);
      await generate(row, { negativePrompt: '' });
      const content = [...(needsImage ? [{ image: picture }] : []), { text: '一只猫' }];
      const field = row.imageField ?? '';
      const own = { [field]: field === 'images' ? [picture] : picture };
      const input = takesMessages
        ? { messages: [{ role: 'user', content }] }
        : { prompt: '一只猫', ...(needsImage ? own : {}) };
      const parameters = { ...(size === undefined ? {} : { size }), n: 1 };
      const body = { model: row.id, input, parameters };
      deepStrictEqual(service.requests, [{ ...submit, body }, ...(isSync ? [] : [poll])]);
    });

    it(`asks ${row.id} for nothing that it does not have`, async () => {
      answerWell(protocol);
      const everything: Partial<ImageRequest> = {
        ...{ promptExtend: true, watermark: true, style: '<sketch>', thinking: true },
        ...{ sequential: true, interleave: false, maxImages: 2, referenceStrength: 0.5 },
        ...{ referenceMode: 'refonly', editFunction: 'doodle', strength: 0.5, topScale: 1.5 },
        ...{ upscaleFactor: 2, isSketch: true, sketchWeight: 3, sketchExtraction: true },
        ...{ sketchColors: ['#010203'], boxes: [[[0, 0, 9, 9]]], seed: 0, negativePrompt: 'x' },
      };
      await generate(row, everything);
      const { body } = service.requests[0] ?? {};
      const names = namesIn(body).filter((name) => !structure.has(name));
      deepStrictEqual(
        names.sort(),
        (parametersOf[row.id] ?? parametersOf[row.family] ?? []).toSorted(),
      );
    });
  }

  it('asks with images, mask and function in the input', async () => {
    answerWell('imageToImage');
    const more = {
      ...{ editFunction: 'description_edit_with_mask', strength: 0.5, seed: 0, count: 2 },
      mask: { uri: 'https://pictures.example/mask.png' },
    };
    await generate(rowOf('wanx2.1-imageedit'), more);
    deepStrictEqual(service.requests[0]?.body, {
      model: 'wanx2.1-imageedit',
      input: {
        function: 'description_edit_with_mask',
        prompt: '一只猫',
        base_image_url: picture,
        mask_image_url: 'https://pictures.example/mask.png',
      },
      parameters: { n: 2, seed: 0 },
    });
  });

  it('asks in the form of OpenAI with a flat body, and reads its answer', async () => {
    const reply = { created: 1, data: [{ url }, {}, { url: url2 }], usage: {} };
    const headers = { 'x-request-id': 'from-header' };
    for (const images of [[], [{ uri: picture }]]) {
      service.answer('POST', paths.compatibleImages, 200, reply, headers);
      const size = { width: 2048, height: 1024 };
      const more = { images, size, seed: 7, promptExtend: false, negativePrompt: 'blur' };
      const delivery = await generate(rowOf('qwen-image-3.0'), more, 'compatibleImages');
      deepStrictEqual(delivery, {
        requestId: 'from-header',
        images: [{ url }, { url: url2 }],
        failures: [],
      });
    }
    const flat = {
      ...{ model: 'qwen-image-3.0', prompt: '一只猫', size: '2048x1024', n: 1, seed: 7 },
      ...{ prompt_extend: false, negative_prompt: 'blur' },
    };
    deepStrictEqual(
      service.requests.map(({ body }) => body),
      [flat, { ...flat, image: [picture] }],
    );
  });

  it('asks with the values as they were given, the negative prompt in its place', async () => {
    const parameters = { size: '1024*1024', n: 2, seed: 0, prompt_extend: false, watermark: false };
    const more = {
      ...{ prompt: 'a "fox"\nin snow', size: { width: 1024, height: 1024 }, count: 2, seed: 0 },
      ...{ negativePrompt: 'blur', promptExtend: false, watermark: false },
    };
    answerWell('multimodalGeneration');
    await generate(rowOf('qwen-image-2.0'), more);
    answerWell('textToImage');
    await generate(rowOf('wan2.2-t2i-flash'), more);
    const [messages, prompt] = service.requests.map(({ body }) => body);
    deepStrictEqual(messages, {
      model: 'qwen-image-2.0',
      input: { messages: [{ role: 'user', content: [{ text: more.prompt }] }] },
      parameters: { ...parameters, negative_prompt: 'blur' },
    });
    deepStrictEqual(prompt, {
      model: 'wan2.2-t2i-flash',
      input: { prompt: more.prompt, negative_prompt: 'blur' },
      parameters,
    });
  });
});
