import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { models } from '../../emulator/models';
import {
  assertRefused,
  at,
  editBody,
  messagesBody,
  paths,
  pictureUrl,
  promptBody,
  send,
  submitTo,
} from './emulatorClient';

describe('emulator: the rows of the models', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  it('have ids of their own, a route and a region each', () => {
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
    for (const { id, routes, regions } of models) assert.ok(routes.length && regions.length, id);
  });

  for (const { id, inputImages, functions } of models) {
    it(`make an image with ${id} without any parameters`, async () => {
      const { routes } = models.find((row) => row.id === id) ?? { routes: [] };
      const images = Array.from({ length: inputImages?.min ?? 0 }, () => pictureUrl);
      const field = inputImages?.field ?? 'unused';
      for (const route of routes) {
        const body = route.endsWith('generation')
          ? editBody(id, images)
          : {
              model: id,
              input: {
                prompt: 'a red fox',
                ...(images.length > 0 ? { [field]: field === 'images' ? images : pictureUrl } : {}),
                ...(functions ? { function: functions[0] } : {}),
              },
            };
        const reply = await send(emulator, `/api/v1/services/aigc/${route}`, { body });
        assert.equal(reply.status, 200, JSON.stringify(reply.body));
        assert.deepEqual(emulator.requests().at(-1)?.warnings, []);
      }
      assert.ok(emulator.ledger().length > 0);
    });
  }

  const counts: readonly (readonly [string, object, number, string])[] = [
    ['qwen-image-3.0', { n: 7 }, 0, 'Range of n should be [1, 6]'],
    ['qwen-image-edit', { n: 2 }, 1, 'num_images_per_prompt must be 1'],
    ['z-image-turbo', { n: 2 }, 0, 'num_images_per_prompt must be 1'],
    ['wan2.7-image', { n: 5 }, 0, 'Range of n should be [1, 4]'],
    ['wan2.7-image', { n: 13, enable_sequential: true }, 0, 'Range of n should be [1, 12]'],
    ['wan2.6-image', { n: 5 }, 1, 'Range of n should be [1, 4]'],
    ['wan2.6-image', { n: 2, enable_interleave: true }, 1, 'num_images_per_prompt must be 1'],
    ['wan2.5-i2i-preview', { n: 5 }, 1, 'Range of n should be [1, 4]'],
  ];
  for (const [model, parameters, images, message] of counts) {
    it(`${model} refuses ${JSON.stringify(parameters)}`, async () => {
      const reply = await submitTo(emulator, 'doc', model, parameters, images);
      assertRefused(reply, 400, 'InvalidParameter', message);
    });
  }

  it('make up to 12 images in a set, and that many if nothing is said', async () => {
    for (const n of [{ n: 3 }, {}])
      await submitTo(emulator, 'doc', 'wan2.7-image', { enable_sequential: true, ...n });
    assert.deepEqual(
      emulator.ledger().map((entry) => entry.n),
      [...Array(3).fill(3), ...Array(12).fill(12)],
    );
  });

  it('differ in how many images Wan 2.7 makes when nothing is said', async () => {
    await submitTo(emulator, 'doc', 'wan2.7-image', {});
    assert.equal(emulator.ledger().length, 1);
    await submitTo(emulator, 'live', 'wan2.7-image', {});
    assert.equal(emulator.ledger().length, 5);
  });

  it('look at the size first with Wan 2.7, and at n first with Qwen-Image 3.0', async () => {
    const both = { size: '1*1', n: 99 };
    const wan = await submitTo(emulator, 'doc', 'wan2.7-image', both);
    assert.match(String(wan.body.message), /^Total pixels/);
    const qwen = await submitTo(emulator, 'doc', 'qwen-image-3.0', both);
    assert.match(String(qwen.body.message), /^Range of n/);
  });

  it('count input images as each model has it', async () => {
    const cases: readonly (readonly [string, number, object, string])[] = [
      [
        'qwen-image-edit',
        0,
        {},
        'For image editing, the message must contain 1~3 image content items.',
      ],
      [
        'qwen-image-edit-max',
        4,
        {},
        'For image editing, the message must contain 1~3 image content items.',
      ],
      [
        'qwen-image-3.0',
        4,
        {},
        "Model 'qwen-image-3.0-distill' supports 0~3 image content items. Got 4 image items. (0 images = T2I mode, 1~3 images = I2I mode)",
      ],
      [
        'wan2.6-image',
        0,
        {},
        "When 'enable_interleave' is False, the last message must contain 1 to 4 images. Got 0 images.",
      ],
      [
        'wan2.6-image',
        2,
        { enable_interleave: true },
        "When 'enable_interleave' is True, the last message must contain 0 to 1 images. Got 2 images.",
      ],
      ['wan2.7-image', 10, {}, 'The message must contain 0 to 9 images. Got 10 images.'],
      ['z-image-turbo', 1, {}, 'content length only support 2'],
    ];
    for (const [model, images, parameters, message] of cases) {
      assertRefused(
        await submitTo(emulator, 'doc', model, parameters, images),
        400,
        'InvalidParameter',
        message,
      );
    }
    assert.equal((await submitTo(emulator, 'doc', 'qwen-image-2.1-pro', {}, 10)).status, 200);
    for (const images of [[], Array(4).fill(pictureUrl), 'a', undefined]) {
      const body = { model: 'wan2.5-i2i-preview', input: { prompt: 'a', images } };
      const reply = await send(emulator, paths.imageEdit, { body });
      const message =
        'Required parameter(images) missing or invalid, please check the request parameters.';
      assertRefused(reply, 400, 'InvalidParameter', message);
    }
  });

  it('are in the regions that the documents name', async () => {
    const byRegion = (region: string): string[] =>
      models.filter(({ regions }) => regions.includes(region)).map(({ id }) => id);
    assert.deepEqual(byRegion('us-east-1'), [
      'qwen-image-3.0-pro',
      'qwen-image-3.0',
      'wan2.6-t2i',
      'wan2.6-image',
    ]);
    assert.deepEqual(byRegion('eu-central-1'), [
      'qwen-image-3.0-pro',
      'qwen-image-3.0',
      'wan2.6-image',
    ]);
    assert.deepEqual(byRegion('ap-northeast-1'), ['qwen-image-3.0-pro', 'qwen-image-3.0']);
    assert.deepEqual(byRegion('cn-hongkong'), ['qwen-image-3.0-pro', 'qwen-image-3.0']);
    assert.equal(byRegion('cn-beijing').length, 36);
  });

  it('have wan2.6-image in tasks only in Frankfurt', async () => {
    const frankfurt = await startEmulator({ region: 'eu-central-1' });
    const body = editBody('wan2.6-image', [pictureUrl], { n: 1 });
    const message = 'current user api does not support synchronous calls.';
    assertRefused(await send(frankfurt, paths.multimodal, { body }), 403, 'AccessDenied', message);
    const reply = await send(frankfurt, paths.imageGeneration, { body });
    assert.equal(at(reply.body, 'output', 'task_status'), 'PENDING');
    await frankfurt.stop();
  });

  it('have url errors on each other’s paths', async () => {
    for (const [path, body] of [
      [paths.imageEdit, promptBody('wan2.5-t2i-preview')],
      [paths.imageSynthesis, promptBody('wan2.5-i2i-preview')],
      [paths.imageGeneration, messagesBody('qwen-image-2.1-pro')],
    ] as const) {
      const reply = await send(emulator, path, { body });
      assert.match(String(reply.body.message), /^url error, please check url！/);
    }
  });

  it('can be throttled where they have no tasks, instead of refused', async () => {
    const body = messagesBody('qwen-image-2.0');
    const headers = { 'x-dashscope-async': 'enable' };
    emulator.changeSettings({ throttlesAsync: true });
    const throttled = await send(emulator, paths.multimodal, { body, headers });
    assert.equal(throttled.status, 429);
    assert.equal(throttled.body.code, 'Throttling.RateQuota');
    const other = { body: messagesBody('wan2.6-t2i'), headers };
    assert.equal((await send(emulator, paths.multimodal, other)).status, 403);
  });
});
