import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  at,
  editBody,
  imageUrls,
  messagesBody,
  paths,
  pictureUrl,
  pollTask,
  send,
  submitTask,
} from './emulatorClient';

describe('emulator: the answers of the families', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const make = async (body: object): Promise<Record<string, unknown>> => {
    const reply = await send(emulator, paths.multimodal, { body });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body;
  };

  const finish = async (path: string, body: object): Promise<Record<string, unknown>> =>
    await pollTask(emulator, await submitTask(emulator, path, body));

  const choice = (content: unknown): object => ({
    finish_reason: 'stop',
    message: { role: 'assistant', content },
  });

  it('of Qwen-Image 3.0 count inputs and outputs, and say whether the prompt was rewritten', async () => {
    const parameters = { n: 2, size: '2048*2048', prompt_extend: false };
    const body = await make(editBody('qwen-image-3.0-pro', [pictureUrl], parameters));
    const content = imageUrls(body).map((image) => ({ image, type: 'image' }));
    assert.equal(content.length, 2);
    assert.deepEqual(body.output, { choices: [choice(content)], rewrite_status: 'not_use' });
    assert.deepEqual(body.usage, {
      output_width: 2048,
      output_height: 2048,
      input_image_count: 1,
      input_image_type: 'qima_input_2k',
      output_image_count: 2,
      output_image_type: 'qima_output_2k',
    });
    const small = await make(messagesBody('qwen-image-3.0', { size: '1500*1500' }));
    assert.equal(at(small, 'usage', 'output_image_type'), 'qima_output_1k');
    assert.equal(at(small, 'usage', 'input_image_count'), 0);
    assert.equal(at(small, 'output', 'rewrite_status'), 'success');
  });

  it('of Qwen-Image 3.0 are the same from a task', async () => {
    const task = await finish(paths.imageGeneration, messagesBody('qwen-image-3.0', { n: 1 }));
    assert.deepEqual(Object.keys(task.output ?? {}), [
      'task_id',
      'task_status',
      'submit_time',
      'scheduled_time',
      'end_time',
      'choices',
      'rewrite_status',
    ]);
    assert.equal(at(task, 'usage', 'output_width'), 2048);
  });

  it('of Qwen-Image edit have no task_metric', async () => {
    const body = await make(editBody('qwen-image-edit', [pictureUrl]));
    assert.deepEqual(Object.keys(body.output ?? {}), ['choices']);
    assert.deepEqual(body.usage, { width: 1024, height: 1024, image_count: 1 });
  });

  it('of Z-Image tell the prompt beside the image', async () => {
    for (const [extend, text] of [
      [true, 'a red fox, soft light, rich detail, balanced composition'],
      [false, 'a red fox'],
      [undefined, 'a red fox'],
    ] as const) {
      const body = await make(messagesBody('z-image-turbo', { prompt_extend: extend }));
      const [image] = imageUrls(body);
      const message = at(body, 'output', 'choices', 0, 'message');
      assert.deepEqual(at(message, 'content'), [{ image }, { text }]);
      assert.equal(typeof at(message, 'reasoning_content'), 'string');
      assert.equal(typeof at(body, 'usage', 'total_tokens'), 'number');
    }
    assert.equal(emulator.ledger()[0]?.size, '1024*1536');
  });

  it('of Wan 2.7 count tokens that nobody pays', async () => {
    const body = await make(messagesBody('wan2.7-image', { n: 2, size: '2985*1405' }));
    const choices = imageUrls(body).map((image) => choice([{ image, type: 'image' }]));
    assert.deepEqual(body.output, { choices, finished: true });
    assert.deepEqual(body.usage, {
      image_count: 2,
      size: '2985*1405',
      input_tokens: 18_790,
      output_tokens: 2,
      total_tokens: 18_792,
    });
  });

  it('of edits with Wan 2.5 have results with prompts, those of the older models only addresses', async () => {
    const parameters = { n: 1 };
    for (const [model, input, names] of [
      ['wan2.5-i2i-preview', { images: [pictureUrl] }, ['orig_prompt', 'actual_prompt', 'url']],
      ['wanx2.1-imageedit', { function: 'doodle', base_image_url: pictureUrl }, ['url']],
      ['wanx-sketch-to-image-lite', { sketch_image_url: pictureUrl }, ['url']],
    ] as const) {
      const body = { model, input: { prompt: 'a fox', ...input }, parameters };
      const task = await finish(paths.imageEdit, body);
      assert.deepEqual(Object.keys(at(task, 'output', 'results', 0) ?? {}), names);
      const metrics = { TOTAL: 1, SUCCEEDED: 1, FAILED: 0 };
      assert.deepEqual(at(task, 'output', 'task_metrics'), metrics);
    }
    const { body } = await send(emulator, '/api/v1/tasks/');
    assert.equal(
      at(body, 'data', 0, 'user_api_unique_key'),
      'apikey:v1:aigc:image2image:image-synthesis:wanx-sketch-to-image-lite',
    );
  });
});
