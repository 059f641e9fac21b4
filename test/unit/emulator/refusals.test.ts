import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  assertRefused,
  at,
  messagesBody,
  paths,
  pollTask,
  promptBody,
  send,
  submitTask,
} from './emulatorClient';

describe('emulator: refusals', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  after(async () => {
    assert.deepEqual(emulator.ledger(), []); // whatever is refused is not billed
    await emulator.stop();
  });

  const refusedSynchronously = async (
    model: string,
    parameters: object,
    message: string,
  ): Promise<void> => {
    const body = messagesBody(model, parameters);
    const reply = await send(emulator, paths.multimodal, { body });
    assertRefused(reply, 400, 'InvalidParameter', message);
  };

  const refusedAtSubmit = async (
    model: string,
    parameters: object,
    message: string,
  ): Promise<void> => {
    const body = promptBody(model, parameters);
    const reply = await send(emulator, paths.imageSynthesis, { body });
    assertRefused(reply, 400, 'InvalidParameter', message);
  };

  const refusedMessages = async (input: unknown, message: string): Promise<void> => {
    const body = { model: 'qwen-image-2.0', input };
    const reply = await send(emulator, paths.multimodal, { body });
    assertRefused(reply, 400, 'InvalidParameter', message);
  };

  describe('keys', () => {
    it('refuses a call without a key', async () => {
      const headers = { authorization: undefined };
      const reply = await send(emulator, paths.multimodal, { body: {}, headers });
      assertRefused(reply, 401, 'InvalidApiKey', 'No API-key provided.');
    });

    it('refuses a wrong key before it looks at the body', async () => {
      const headers = { authorization: 'Bearer sk-wrong' };
      const reply = await send(emulator, paths.multimodal, { body: '{', headers });
      assertRefused(reply, 401, 'InvalidApiKey', 'Invalid API-key provided.');
    });

    it('refuses a key that is a name of every object', async () => {
      const headers = { authorization: 'Bearer constructor' };
      const reply = await send(emulator, '/api/v1/tasks/1', { headers });
      assertRefused(reply, 401, 'InvalidApiKey', 'Invalid API-key provided.');
    });

    it('refuses keys and models of another region', async () => {
      const keys = { 'sk-beijing': 'cn-beijing', 'sk-singapore': 'ap-southeast-1' };
      const singapore = await startEmulator({ keys, region: 'ap-southeast-1' });
      const body = promptBody('wanx-v1');
      const byKey = (key: string): Promise<Parameters<typeof assertRefused>[0]> =>
        send(singapore, paths.imageSynthesis, {
          body,
          headers: { authorization: `Bearer ${key}` },
        });
      assertRefused(await byKey('sk-beijing'), 401, 'InvalidApiKey', 'Invalid API-key provided.');
      assertRefused(await byKey('sk-singapore'), 400, 'InvalidParameter', 'Model not exist.');
      await singapore.stop();
    });

    it('words the model list in the way of OpenAI', async () => {
      const headers = { authorization: 'Bearer sk-wrong' };
      const reply = await send(emulator, '/compatible-mode/v1/models', { headers });
      assert.equal(reply.status, 401);
      assert.equal(at(reply.body, 'error', 'code'), 'invalid_api_key');
    });
  });

  describe('paths, headers and models', () => {
    it('does not know other paths', async () => {
      const reply = await send(emulator, '/api/v1/services/aigc/text2video', { body: {} });
      assertRefused(reply, 404, 'NotFound', 'Not found!');
    });

    it('names a method that a path does not have', async () => {
      const reply = await send(emulator, paths.multimodal);
      assertRefused(reply, 400, 'InvalidParameter', "Request method 'GET' is not supported.");
    });

    it('refuses a body that is no JSON', async () => {
      const reply = await send(emulator, paths.multimodal, { body: '{"model":' });
      const message = 'Required body invalid, please check the request body format.';
      assertRefused(reply, 400, 'InvalidParameter', message);
    });

    it('refuses JSON that does not say so', async () => {
      const options = {
        body: messagesBody('qwen-image'),
        headers: { 'content-type': 'text/plain' },
      };
      const reply = await send(emulator, paths.multimodal, options);
      const message = 'Required body invalid, please check the request body format.';
      assertRefused(reply, 400, 'InvalidParameter', message);
    });

    it('refuses a body of more than 16 MiB as a gateway does', async () => {
      const response = await fetch(emulator.url + paths.multimodal, {
        method: 'POST',
        headers: { authorization: 'Bearer sk-emulator', 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'x'.repeat(16 * 1024 * 1024) }),
      });
      assert.equal(response.status, 413);
      assert.equal(response.headers.get('content-type'), 'text/html');
    });

    it('refuses an unknown model', async () => {
      await refusedSynchronously('qwen-image-9', {}, 'Model not exist.');
    });

    const misplaced: readonly (readonly [string, string, object])[] = [
      ['wanx-v1 on the message path', paths.multimodal, messagesBody('wanx-v1')],
      ['qwen-image-2.0 on the prompt path', paths.imageSynthesis, promptBody('qwen-image-2.0')],
      ['wan2.6-t2i on the prompt path', paths.imageSynthesis, promptBody('wan2.6-t2i')],
      ['qwen-image-max on the prompt path', paths.imageSynthesis, promptBody('qwen-image-max')],
      ['a plus snapshot', paths.imageSynthesis, promptBody('qwen-image-plus-2026-01-09')],
      [
        'qwen-image-plus on image-generation',
        paths.imageGeneration,
        messagesBody('qwen-image-plus'),
      ],
    ];
    for (const [name, path, body] of misplaced) {
      it(`has a url error for ${name}`, async () => {
        const reply = await send(emulator, path, { body });
        const message =
          'url error, please check url！ For details, see: https://help.aliyun.com/zh/model-studio/error-code#error-url';
        assertRefused(reply, 400, 'InvalidParameter', message);
      });
    }

    it('refuses an async path without the async header', async () => {
      for (const [path, body] of [
        [paths.imageSynthesis, promptBody('wanx-v1')],
        [paths.imageGeneration, messagesBody('wan2.6-t2i')],
      ] as const) {
        const reply = await send(emulator, path, {
          body,
          headers: { 'x-dashscope-async': undefined },
        });
        const message = 'current user api does not support synchronous calls.';
        assertRefused(reply, 403, 'AccessDenied', message);
      }
    });

    it('refuses the async header on the synchronous path and on queries', async () => {
      const headers = { 'x-dashscope-async': 'enable' };
      const message = 'current user api does not support asynchronous calls.';
      const body = messagesBody('qwen-image-2.0');
      const submitted = await send(emulator, paths.multimodal, { body, headers });
      assertRefused(submitted, 403, 'AccessDenied', message);
      const polled = await send(emulator, '/api/v1/tasks/1', { headers });
      assertRefused(polled, 403, 'AccessDenied', message);
    });
  });

  describe('input', () => {
    it('wants messages inside of the input', async () => {
      const message = 'Field required: input.messages';
      await refusedMessages(undefined, message);
      await refusedMessages({ prompt: 'a red fox' }, message);
    });

    it('wants exactly one message', async () => {
      const one = { role: 'user', content: [{ text: 'a' }] };
      await refusedMessages({ messages: [] }, 'No messages found in input');
      await refusedMessages({ messages: [one, one] }, 'messages length only support 1');
    });

    it('wants exactly one text', async () => {
      const withContent = (content: object[]): object => ({
        messages: [{ role: 'user', content }],
      });
      await refusedMessages(withContent([]), 'lack of image or text');
      await refusedMessages(withContent([{ text: ' ' }]), 'lack of image or text');
      const two = withContent([{ text: 'a' }, { text: 'b' }]);
      await refusedMessages(two, 'content length only support 2');
    });

    it('wants the message to be of the user', async () => {
      const input = { messages: [{ role: 'system', content: [{ text: 'a' }] }] };
      const body = { model: 'qwen-image', input };
      const reply = await send(emulator, paths.multimodal, { body });
      const message = 'Role must be user or assistant and Content length must be greater than 0';
      assertRefused(reply, 400, 'ServiceUnavailableError', message);
    });

    it('counts the input images', async () => {
      const images = Array.from({ length: 4 }, () => ({ image: 'https://example.com/a.png' }));
      await refusedMessages(
        { messages: [{ role: 'user', content: [...images, { text: 'a' }] }] },
        "Model 'qwen-image-2.0-2in1' supports 0~3 image content items. Got 4 image items. (0 images = T2I mode, 1~3 images = I2I mode)",
      );
    });

    it('wants a prompt on the prompt path', async () => {
      for (const [input, message] of [
        [undefined, 'Field required: input.prompt'],
        [{ messages: [] }, 'Field required: input.prompt'],
        [
          { prompt: '' },
          'Required parameter(prompt) missing or invalid, please check the request parameters.',
        ],
      ] as const) {
        const body = { model: 'wan2.2-t2i-flash', input };
        const reply = await send(emulator, paths.imageSynthesis, { body });
        assertRefused(reply, 400, 'InvalidParameter', message);
      }
    });
  });

  describe('parameters', () => {
    const area = 'Image area must be between 262144 (512x512) and 4194304 (2048x2048) pixels.';
    const five =
      'The size does not match the allowed size 1664*928,1472*1104,1328*1328,1104*1472,928*1664';
    const out = 'is out of range [512*512, 1664*1664]';
    const synchronous: readonly (readonly [string, object, string])[] = [
      ['qwen-image-2.0', { size: '2048*2049' }, area],
      ['qwen-image-2.0-pro', { size: '511*512' }, area],
      ['qwen-image-2.0', { size: '1K' }, "Invalid size '1K'. Expected format: '<width>*<height>'"],
      ['qwen-image-2.0', { n: 7 }, 'Range of n should be [1, 6]'],
      ['qwen-image-2.0', { n: 0, size: '1*1' }, 'Range of n should be [1, 6]'],
      ['qwen-image-2.0', { n: '1' }, 'Range of n should be [1, 6]'],
      ['qwen-image-plus', { n: 2 }, 'num_images_per_prompt must be 1'],
      ['qwen-image', { size: '1024*1024' }, five],
      ['qwen-image-plus-2026-01-09', { size: '1328*1329' }, five],
      ['qwen-image-max', { size: '9999*9999' }, `Size 9999*9999 ${out}`],
      ['qwen-image-max-2025-12-30', { size: '1024*1024' }, five],
      ['wan2.6-t2i', { size: '1024x1024' }, 'Invalid size format'],
      ['wan2.6-t2i', { n: 5 }, 'Range of n should be [1, 4]'],
      ['wan2.6-t2i', { size: '3000*600' }, 'Aspect ratio must be between 1:4 and 4:1'],
      [
        'wan2.6-t2i',
        { size: '1536*1536', n: 9 },
        'Total pixels (2359296) must be between 1638400 and 2073600.',
      ],
      ['qwen-image', { seed: 2 ** 31 }, 'Range of seed should be [0, 2147483647]'],
      ['qwen-image', { seed: -1 }, 'Range of seed should be [0, 2147483647]'],
      [
        'qwen-image',
        { watermark: 'false' },
        'Required parameter(watermark) missing or invalid, please check the request parameters.',
      ],
    ];
    for (const [model, parameters, message] of synchronous) {
      it(`refuses ${JSON.stringify(parameters)} for ${model}`, async () => {
        await refusedSynchronously(model, parameters, message);
      });
    }

    it('refuses the same on the prompt path', async () => {
      const sides = 'Either width or height should be between 512 and 1440. ';
      await refusedAtSubmit('wan2.2-t2i-flash', { size: '1441*512' }, sides);
      await refusedAtSubmit('wanx2.1-t2i-plus', { size: '1024*511' }, sides);
      await refusedAtSubmit('wanx2.0-t2i-turbo', { n: 5 }, 'Range of n should be [1, 4]');
      await refusedAtSubmit('qwen-image-plus', { size: '1024*1024' }, five);
      await refusedAtSubmit('wanx-v1', { style: 'watercolor' }, 'The style is invalid.');
      const pixels = 'Total pixels (1048576) must be between 1638400 and 2073600.';
      await refusedAtSubmit('wan2.5-t2i-preview', { size: '1024*1024' }, pixels);
    });

    it('lets a wanx-v1 task of a wrong size fail', async () => {
      const body = promptBody('wanx-v1', { size: '1024*768', n: 3 });
      const task = await pollTask(emulator, await submitTask(emulator, paths.imageSynthesis, body));
      assert.equal(at(task, 'output', 'task_status'), 'FAILED');
      assert.equal(at(task, 'output', 'code'), 'InvalidParameter');
      assert.equal(
        at(task, 'output', 'message'),
        "The size is not match the allowed size ['1024*1024', '720*1280', '1280*720']",
      );
      assert.deepEqual(at(task, 'output', 'task_metrics'), { TOTAL: 3, SUCCEEDED: 0, FAILED: 3 });
    });

    it('can leave every check of an async call to the task', async () => {
      emulator.changeSettings({ deferChecks: true });
      const body = { model: 'wan2.6-t2i', input: { prompt: 'a red fox' } };
      const task = await pollTask(
        emulator,
        await submitTask(emulator, paths.imageGeneration, body),
      );
      assert.equal(at(task, 'output', 'task_status'), 'FAILED');
      assert.equal(at(task, 'output', 'message'), 'Field required: input.messages');
      emulator.changeSettings({ deferChecks: false });
    });
  });
});
