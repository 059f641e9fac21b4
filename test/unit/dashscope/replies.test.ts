import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { findModel } from '../../../src/dashscope/modelCatalog';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import type { ImageDelivery, ImageRequest } from '../../../src/imageModel/imageModel';
import {
  FakeEnvironment,
  FakeService,
  generateWith,
  modelIn,
  providerOptions,
} from './fakeService';

const paths = {
  multimodalGeneration: '/api/v1/services/aigc/multimodal-generation/generation',
  imageGeneration: '/api/v1/services/aigc/image-generation/generation',
  textToImage: '/api/v1/services/aigc/text2image/image-synthesis',
} as const;
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

function rowOf(id: string): ModelRow {
  const row = findModel(id);
  if (!row) throw new Error(id);
  return row;
}

function pathOf({ protocols }: ModelRow): string {
  return protocols[0] === 'textToImage' ? paths.textToImage : paths.imageGeneration;
}

describe('what comes back', () => {
  let service: FakeService;
  let environment: FakeEnvironment;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
  });
  afterEach(() => service.close());

  function generate(row: ModelRow, request: Partial<ImageRequest> = {}): Promise<ImageDelivery> {
    const provider = new DashScopeProvider(providerOptions(environment));
    const whole = {
      modelId: row.id,
      prompt: '一只猫',
      size: row.defaultSize,
      count: 1,
      ...request,
    };
    return generateWith(modelIn(provider, row.id), whole);
  }

  const qwen = rowOf('qwen-image-2.0');
  const wan = rowOf('wan2.6-t2i');
  const wanx = rowOf('wanx-v1');

  const syncReplies: readonly [string, unknown, readonly object[]][] = [
    [
      'one choice (Qwen-Image 2.0)',
      {
        output: { choices: [choice(url)] },
        request_id: 'r',
      },
      [{ url }],
    ],
    [
      'one choice with a task_metric (Qwen-Image Max)',
      {
        output: { choices: [choice(url)], task_metric: { TOTAL: 1, FAILED: 0, SUCCEEDED: 1 } },
        request_id: 'r',
      },
      [{ url }],
    ],
    [
      'one choice with several pictures (Qwen-Image, n > 1)',
      { output: { choices: [choice(url, url2)] }, request_id: 'r' },
      [{ url }, { url: url2 }],
    ],
    [
      'a picture beside the rewritten prompt (Z-Image)',
      {
        output: { choices: [{ message: { content: [{ image: url }, { text: 'rewritten' }] } }] },
        request_id: 'r',
      },
      [{ url, actualPrompt: 'rewritten' }],
    ],
    [
      'fields set to null, as in replies that went through an SDK',
      {
        code: '',
        message: '',
        output: { text: null, finish_reason: null, results: null, choices: [choice(url)] },
        request_id: 'r',
      },
      [{ url }],
    ],
    [
      'an unreadable item beside a picture',
      {
        output: { choices: ['?', { message: { content: [3, { image: url }] } }] },
        request_id: 'r',
      },
      [{ url }],
    ],
  ];
  for (const [name, reply, images] of syncReplies) {
    it(`reads a synchronous reply of ${name}`, async () => {
      service.answer('POST', paths.multimodalGeneration, 200, reply);
      deepStrictEqual(await generate(qwen), { requestId: 'r', images, failures: [] });
    });
  }

  it('takes the request id from the header when the body has none', async () => {
    const reply = { output: { choices: [choice(url)] } };
    service.answer('POST', paths.multimodalGeneration, 200, reply, { 'x-request-id': 'header-id' });
    strictEqual((await generate(qwen)).requestId, 'header-id');
  });

  const taskReplies: readonly [string, ModelRow, object, readonly object[], readonly object[]][] = [
    [
      'a choice for each picture (Wan 2.6)',
      wan,
      { choices: [choice(url), choice(url2)], finished: true },
      [{ url }, { url: url2 }],
      [],
    ],
    [
      'results with task_metrics (Wanx V1)',
      wanx,
      { results: [{ url }, { url: url2 }], task_metrics: { TOTAL: 2, SUCCEEDED: 2, FAILED: 0 } },
      [{ url }, { url: url2 }],
      [],
    ],
    [
      'results with the rewritten prompt and without metrics (Qwen-Image Plus)',
      rowOf('qwen-image-plus'),
      { results: [{ orig_prompt: 'cat', actual_prompt: 'a tabby cat', url }] },
      [{ url, actualPrompt: 'a tabby cat' }],
      [],
    ],
    [
      'a set in which one picture failed',
      wanx,
      {
        results: [
          { url },
          { code: 'InternalError.Timeout', message: 'An internal timeout error has occured.' },
          { code: 'DataInspectionFailed', message: 'Output data may contain …' },
          {},
        ],
        task_metrics: { TOTAL: 4, SUCCEEDED: 1, FAILED: 3 },
      },
      [{ url }],
      [
        {
          kind: 'timeout',
          code: 'InternalError.Timeout',
          message:
            'The service needed too long and gave up; try again, with fewer images or a smaller size.',
        },
        {
          kind: 'contentFilter',
          code: 'DataInspectionFailed',
          message:
            'The content check of the service stopped this image; change the prompt and generate again.',
        },
        {
          kind: 'server',
          code: 'NoImage',
          message: 'The service failed to answer; try again later.',
        },
      ],
    ],
  ];
  for (const [name, row, output, images, failures] of taskReplies) {
    it(`reads a task's reply of ${name}`, async () => {
      service.answer('POST', pathOf(row), 200, submitted);
      service.answer('GET', taskPath, 200, succeeded(output));
      deepStrictEqual(await generate(row), {
        requestId: 'submit-1',
        taskId: 'task-1',
        images,
        failures,
      });
    });
  }

  it('reports a task of which every picture failed by the first reason, as free', async () => {
    service.answer('POST', paths.textToImage, 200, submitted);
    const results = [{ code: 'DataInspectionFailed', message: 'Output data …' }, {}];
    service.answer('GET', taskPath, 200, succeeded({ results }));
    await rejects(generate(wanx), {
      name: 'ImageGenerationError',
      kind: 'contentFilter',
      code: 'DataInspectionFailed',
      taskId: 'task-1',
      requestId: 'submit-1',
      billed: 'no',
    });
  });

  for (const output of [undefined, {}, { choices: [] }, { choices: [choice()] }]) {
    it(`does not take ${JSON.stringify(output)} for a picture, nor for free`, async () => {
      service.answer('POST', paths.multimodalGeneration, 200, { request_id: 'r', output });
      await rejects(generate(qwen), {
        kind: 'badResponse',
        code: 'NoImage',
        requestId: 'r',
        billed: 'maybe',
      });
    });
  }

  it('does not take an accepted submit without a task id for free', async () => {
    service.answer('POST', paths.imageGeneration, 200, { request_id: 'r', output: {} });
    await rejects(generate(wan), {
      kind: 'badResponse',
      code: 'NoTaskId',
      requestId: 'r',
      billed: 'maybe',
    });
  });

  it('keeps text and images in their order, where the model writes both', async () => {
    const text = (part: string) => ({ type: 'text', text: part });
    const content = [text('One '), text('fox.'), { image: url }, { image: url2 }, text('The end.')];
    service.answer('GET', taskPath, 200, succeeded({ choices: [{ message: { content } }] }));
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), 'wan2.6-image');
    const { signal } = new AbortController();
    const task = { taskId: 'task-1', requestId: 'r', submittedAt: environment.now() };
    const request = { modelId: 'wan2.6-image', prompt: 'a fox', size: '1K', count: 1 } as const;
    deepStrictEqual(await model.wait(task, request, { signal }), {
      requestId: 'r',
      taskId: 'task-1',
      images: [{ url }, { url: url2 }],
      failures: [],
      parts: ['One fox.', 0, 1, 'The end.'],
    });
  });
});
