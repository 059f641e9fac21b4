import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  at,
  imageUrls,
  messagesBody,
  paths,
  pollTask,
  promptBody,
  send,
  submitTask,
  uuid,
} from './emulatorClient';

describe('emulator: generation', () => {
  let emulator: Emulator;
  let now = Date.UTC(2026, 2, 1, 9, 38, 24, 817);

  before(async () => {
    emulator = await startEmulator({ now: () => now });
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const generate = async (body: object): Promise<Record<string, unknown>> => {
    const reply = await send(emulator, paths.multimodal, { body });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body;
  };

  describe('at once', () => {
    it('answers qwen-image-2.0 with one choice of n images', async () => {
      const body = await generate(messagesBody('qwen-image-2.0', { size: '1024*768', n: 2 }));
      const [first, second] = imageUrls(body);
      const content = [{ image: first }, { image: second }];
      assert.match(String(body.request_id), uuid);
      assert.deepEqual(body, {
        output: { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content } }] },
        usage: { width: 1024, height: 768, image_count: 2 },
        request_id: body.request_id,
      });
    });

    it('answers qwen-image-max with a task_metric', async () => {
      const body = await generate(messagesBody('qwen-image-max', { size: '928*1664', n: 1 }));
      assert.deepEqual(at(body, 'output', 'task_metric'), { TOTAL: 1, FAILED: 0, SUCCEEDED: 1 });
      assert.deepEqual(body.usage, { width: 928, height: 1664, image_count: 1 });
    });

    it('answers wan2.6-t2i with one choice for each image', async () => {
      const body = await generate(messagesBody('wan2.6-t2i', { size: '1280*1280', n: 2 }));
      const choice = (image: unknown): object => ({
        finish_reason: 'stop',
        message: { role: 'assistant', content: [{ image, type: 'image' }] },
      });
      assert.deepEqual(body, {
        output: { choices: imageUrls(body).map(choice), finished: true },
        usage: {
          image_count: 2,
          size: '1280*1280',
          input_tokens: 0,
          output_tokens: 0,
          total_tokens: 0,
        },
        request_id: body.request_id,
      });
    });

    it('rounds the sides of qwen-image-2.0 to multiples of 16, a half to the even one', async () => {
      const body = await generate(messagesBody('qwen-image-2.0', { size: '1033*1032' }));
      assert.deepEqual(body.usage, { width: 1040, height: 1024, image_count: 1 });
    });

    it('takes free sizes for qwen-image-max and small ones for wan2.6 only when it is lax', async () => {
      const lax = await startEmulator({ strictness: 'live' });
      for (const body of [
        messagesBody('qwen-image-max', { size: '1024*1024' }),
        messagesBody('wan2.6-t2i', { size: '768*768', n: 1 }),
      ]) {
        assert.equal((await send(lax, paths.multimodal, { body })).status, 200);
      }
      await lax.stop();
    });
  });

  describe('in tasks', () => {
    it('goes from PENDING over RUNNING to SUCCEEDED, with times of Beijing', async () => {
      emulator.changeSettings({ queueMs: 1000, runMs: 2000 });
      const body = promptBody('wanx-v1', { n: 2, size: '1024*1024' });
      const submitted = await send(emulator, paths.imageSynthesis, { body });
      const id = String(at(submitted.body, 'output', 'task_id'));
      assert.match(id, uuid);
      assert.deepEqual(submitted.body, {
        output: { task_status: 'PENDING', task_id: id },
        request_id: submitted.body.request_id,
      });
      const waiting = {
        task_id: id,
        task_status: 'PENDING',
        submit_time: '2026-03-01 17:38:24.817',
        task_metrics: { TOTAL: 2, SUCCEEDED: 0, FAILED: 0 },
      };
      assert.deepEqual((await pollTask(emulator, id)).output, waiting);
      now += 1000;
      const running = {
        ...waiting,
        task_status: 'RUNNING',
        scheduled_time: '2026-03-01 17:38:25.817',
      };
      assert.deepEqual((await pollTask(emulator, id)).output, running);
      assert.deepEqual(emulator.ledger(), []);
      now += 2000;
      const done = await pollTask(emulator, id);
      assert.deepEqual(done, {
        output: {
          ...running,
          task_status: 'SUCCEEDED',
          end_time: '2026-03-01 17:38:27.817',
          results: imageUrls(done).map((url) => ({ url })),
          task_metrics: { TOTAL: 2, SUCCEEDED: 2, FAILED: 0 },
        },
        usage: { image_count: 2 },
        request_id: done.request_id,
      });
      assert.equal(emulator.ledger().length, 2);
    });

    it('tells the rewritten prompt of Wan 2.x only with prompt_extend', async () => {
      for (const [extend, names] of [
        [true, ['orig_prompt', 'actual_prompt', 'url']],
        [false, ['orig_prompt', 'url']],
      ] as const) {
        const body = promptBody('wan2.2-t2i-flash', { n: 1, prompt_extend: extend });
        const task = await pollTask(
          emulator,
          await submitTask(emulator, paths.imageSynthesis, body),
        );
        assert.deepEqual(Object.keys(at(task, 'output', 'results', 0) ?? {}), names);
        assert.equal(at(task, 'output', 'results', 0, 'orig_prompt'), 'a red fox');
      }
    });

    it('has no task_metrics for qwen-image-plus', async () => {
      const body = promptBody('qwen-image-plus', { size: '1328*1328', n: 1 });
      const task = await pollTask(emulator, await submitTask(emulator, paths.imageSynthesis, body));
      const names = [
        'task_id',
        'task_status',
        'submit_time',
        'scheduled_time',
        'end_time',
        'results',
      ];
      assert.deepEqual(Object.keys(task.output ?? {}), names);
    });

    it('answers wan2.6-t2i with choices', async () => {
      const body = messagesBody('wan2.6-t2i', { size: '1104*1472', n: 3 });
      const id = await submitTask(emulator, `${paths.imageGeneration}/`, body);
      const task = await pollTask(emulator, id);
      assert.equal(imageUrls(at(task, 'output', 'choices')).length, 3);
      assert.equal(at(task, 'output', 'finished'), true);
      assert.equal(at(task, 'usage', 'size'), '1104*1472');
    });

    it('forgets a task after 24 hours and hides it from other keys', async () => {
      const keys = { 'sk-one': 'any', 'sk-two': 'any' };
      const two = await startEmulator({ keys, now: () => now });
      const headers = { authorization: 'Bearer sk-one' };
      const body = promptBody('wanx-v1');
      const submitted = await send(two, paths.imageSynthesis, { body, headers });
      const path = `/api/v1/tasks/${at(submitted.body, 'output', 'task_id')}`;
      const status = async (key: string): Promise<unknown> => {
        const reply = await send(two, path, { headers: { authorization: `Bearer ${key}` } });
        assert.equal(reply.status, 200);
        return at(reply.body, 'output', 'task_status');
      };
      assert.equal(await status('sk-one'), 'SUCCEEDED');
      assert.equal(await status('sk-two'), 'UNKNOWN');
      now += 24 * 60 * 60 * 1000 + 1;
      assert.equal(await status('sk-one'), 'UNKNOWN');
      await two.stop();
    });

    it('cancels only what is PENDING', async () => {
      emulator.changeSettings({ queueMs: 1000 });
      const id = await submitTask(emulator, paths.imageSynthesis, promptBody('wanx-v1'));
      const cancel = (): ReturnType<typeof send> =>
        send(emulator, `/api/v1/tasks/${id}/cancel`, { method: 'POST' });
      const first = await cancel();
      assert.deepEqual(Object.keys(first.body), ['request_id']);
      assert.equal(at(await pollTask(emulator, id), 'output', 'task_status'), 'CANCELED');
      const second = await cancel();
      assert.equal(second.status, 400);
      assert.equal(second.body.code, 'UnsupportedOperation');
      assert.equal(
        second.body.message,
        'Failed to cancel the task, please confirm if the task is in PENDING status.',
      );
      now += 5000;
      assert.deepEqual(emulator.ledger(), []);
    });

    it('lists tasks, the newest first, by state, model, time and page', async () => {
      emulator.changeSettings({ queueMs: 60_000 });
      const old = await submitTask(emulator, paths.imageSynthesis, promptBody('wanx-v1'));
      now += 61_000;
      const recent = await submitTask(emulator, paths.imageSynthesis, promptBody('qwen-image'));
      const list = async (query: string): Promise<unknown[]> => {
        const { body } = await send(emulator, `/api/v1/tasks/?${query}`);
        assert.ok(Array.isArray(body.data));
        return body.data.map((entry) => at(entry, 'task_id'));
      };
      assert.deepEqual(await list(''), [recent, old]);
      assert.deepEqual(await list('status=SUCCEEDED'), [old]);
      assert.deepEqual(await list('model_name=qwen-image'), [recent]);
      assert.deepEqual(await list('page_no=2&page_size=1'), [old]);
      const since = new Date(now - 1000 + 8 * 60 * 60 * 1000).toISOString().replace(/\D/g, '');
      assert.deepEqual(await list(`start_time=${since.slice(0, 14)}`), [recent]);
      const { body } = await send(emulator, `/api/v1/tasks?task_id=${recent}`);
      assert.equal(body.total, 1);
      assert.equal(at(body, 'data', 0, 'status'), 'PENDING');
    });
  });

  describe('what a client forgot', () => {
    it('makes and bills four images of a Wan model without n, in the documented size', async () => {
      const id = await submitTask(emulator, paths.imageSynthesis, promptBody('wan2.2-t2i-plus'));
      await pollTask(emulator, id);
      const ledger = emulator.ledger();
      assert.deepEqual(
        ledger.map(({ index }) => index),
        [0, 1, 2, 3],
      );
      for (const entry of ledger) {
        assert.equal(entry.n, 4);
        assert.equal(entry.size, '1024*1024');
        assert.equal(entry.taskId, id);
      }
    });

    it('has a default size for each family', async () => {
      await generate(messagesBody('qwen-image-2.0-pro'));
      await generate(messagesBody('qwen-image-plus'));
      await generate(messagesBody('wan2.6-t2i', { n: 1 }));
      assert.deepEqual(
        emulator.ledger().map(({ size }) => size),
        ['2048*2048', '1664*928', '1280*1280'],
      );
    });

    it('cuts texts and ignores unknown fields, and says so in the request log only', async () => {
      const parameters = { is_async: true, negative_prompt: 'x'.repeat(501) };
      await generate(messagesBody('qwen-image', parameters, '狐'.repeat(900)));
      assert.equal(emulator.ledger()[0]?.prompt, '狐'.repeat(800));
      assert.deepEqual(emulator.requests()[0]?.warnings, [
        'negative_prompt is longer than 500 characters and was cut',
        'parameters.is_async is not known to qwen-image and was ignored',
        'the prompt is longer than 800 characters and was cut',
      ]);
    });

    it('takes ref_image for an unknown field of wanx-v1, but knows ref_img', async () => {
      const input = {
        prompt: 'a fox',
        ref_image: 'https://example.com/a.png',
        ref_img: 'https://example.com/b.png',
      };
      await submitTask(emulator, paths.imageSynthesis, { model: 'wanx-v1', input });
      const warning = 'input.ref_image is not known to wanx-v1 and was ignored';
      assert.deepEqual(emulator.requests()[0]?.warnings, [warning]);
    });
  });

  it('lists the models that a key can see', async () => {
    const all = await send(emulator, '/compatible-mode/v1/models');
    assert.ok(Array.isArray(all.body.data));
    assert.equal(all.body.data.length, 38);
    const singapore = await startEmulator({ region: 'ap-southeast-1' });
    const some = await send(singapore, '/compatible-mode/v1/models');
    assert.ok(Array.isArray(some.body.data));
    assert.ok(!some.body.data.some((model) => at(model, 'id') === 'wanx-v1'));
    await singapore.stop();
  });
});
