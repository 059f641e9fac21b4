import { deepStrictEqual } from 'node:assert/strict';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import type { ImageDelivery, ImageRequest } from '../../../src/imageModel/imageModel';
import { FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';

const url = 'https://store.example/a.png';
const output = { choices: [{ message: { content: [{ image: url }] } }] };

describe('the usage that the service names', () => {
  async function deliver(
    modelId: string,
    answers: readonly Response[],
    more: Partial<ImageRequest> = {},
  ): Promise<ImageDelivery['usage']> {
    const rest = [...answers];
    const environment = new FakeEnvironment(async () => rest.shift() ?? Response.error());
    const model = modelIn(new DashScopeProvider(providerOptions(environment)), modelId);
    const request = { modelId, prompt: 'a fox', size: '1K', count: 1, ...more } as const;
    const { usage, images } = await generateWith(model, request);
    deepStrictEqual(images, [{ url }]);
    return usage;
  }

  const answer = (usage?: unknown) => [Response.json({ request_id: 'r', output, usage })];

  const known: readonly (readonly [string, object, object])[] = [
    [
      'of Qwen-Image 2.0',
      { width: 2048, height: 1024, image_count: 1 },
      { images: 1, size: { width: 2048, height: 1024 } },
    ],
    [
      'of Wan 2.7, whose tokens are not billed',
      { image_count: 2, size: '2985*1405', input_tokens: 18_790, total_tokens: 18_792 },
      { images: 2, size: { width: 2985, height: 1405 } },
    ],
    [
      'of Qwen-Image 3.0, large',
      {
        ...{ output_width: 2048, output_height: 2048, input_image_count: 1 },
        ...{ input_image_type: 'qima_input_1k', output_image_count: 1 },
        ...{ output_image_type: 'qima_output_2k' },
      },
      { images: 1, size: { width: 2048, height: 2048 }, isLarge: true, inputImages: 1 },
    ],
    [
      'of Qwen-Image 3.0, small and without inputs',
      { input_image_count: 0, output_image_count: 2, output_image_type: 'qima_output_1k' },
      { images: 2, isLarge: false, inputImages: 0 },
    ],
  ];
  for (const [name, usage, expected] of known) {
    it(`is read in the form ${name}`, async () => {
      deepStrictEqual(await deliver('qwen-image-2.0', answer(usage)), expected);
    });
  }

  const odd: readonly unknown[] = [
    ...[undefined, null, 7, 'usage', [], {}, { total_tokens: 3 }],
    { image_count: '1', size: '2K', output_image_type: 'qima' },
    { image_count: -1, width: 0, height: 1024, output_image_type: 7 },
    { image_count: 1.5, size: 1024, input_image_count: {} },
    { image_count: null, width: 1024, height: '1024', output_image_type: 'qima_output_xk' },
  ];
  for (const usage of odd) {
    it(`is not known from ${JSON.stringify(usage)}`, async () => {
      deepStrictEqual(await deliver('qwen-image-2.0', answer(usage)), undefined);
    });
  }

  it('keeps what can be read beside what cannot', async () => {
    const usage = { image_count: 1, width: 'wide', height: 9, size: '1024*768' };
    deepStrictEqual(await deliver('qwen-image-2.0', answer(usage)), {
      images: 1,
      size: { width: 1024, height: 768 },
    });
  });

  it('comes with the end of a task', async () => {
    const done = { ...output, task_status: 'SUCCEEDED' };
    const answers = [
      Response.json({ request_id: 'r', output: { task_id: 't' } }),
      Response.json({ output: { task_status: 'RUNNING' }, usage: { image_count: 9 } }),
      Response.json({ output: done, usage: { image_count: 1 } }),
    ];
    deepStrictEqual(await deliver('wan2.6-t2i', answers), { images: 1 });
  });

  it('is the last one of a stream', async () => {
    const frame = (part: object, usage?: object) =>
      `event:result\ndata:${JSON.stringify({ output: part, usage })}\n\n`;
    const stop = { choices: [{ message: { content: [] }, finish_reason: 'stop' }] };
    const body =
      frame(output, { image_count: 1, size: '1280*1280' }) +
      frame({ choices: [] }, { image_count: 2, size: '1280*1280' }) +
      frame(stop);
    const answers = [new Response(body, { headers: { 'content-type': 'text/event-stream' } })];
    deepStrictEqual(await deliver('wan2.6-image', answers, { interleave: true }), {
      images: 2,
      size: { width: 1280, height: 1280 },
    });
  });
});
