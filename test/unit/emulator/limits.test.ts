import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { models } from '../../emulator/models';
import { limitsOf } from '../../emulator/rateLimits';
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

const tooMany = 'Requests rate limit exceeded, please try again later.';

describe('emulator: limits', () => {
  let emulator: Emulator;
  let now: number;

  before(async () => {
    emulator = await startEmulator({ now: () => now, keys: { 'sk-emulator': 'any', two: 'any' } });
  });

  beforeEach(() => {
    now = Date.parse('2026-11-01T00:00:00Z');
    emulator.reset();
    emulator.changeSettings({ limitsRates: true });
  });

  after(() => emulator.stop());

  const submitSync = (model: string): ReturnType<typeof send> =>
    send(emulator, paths.multimodal, { body: messagesBody(model) });
  const submitAsync = (model: string, key = 'sk-emulator'): ReturnType<typeof send> =>
    send(emulator, paths.imageSynthesis, {
      body: promptBody(model, { n: 1 }),
      headers: { authorization: `Bearer ${key}` },
    });
  const statusOf = async (id: string): Promise<unknown> =>
    at(await pollTask(emulator, id), 'output', 'task_status');

  it('are not kept unless asked for', async () => {
    emulator.changeSettings({ limitsRates: false });
    for (let count = 0; count < 4; count++) {
      assert.equal((await submitSync('qwen-image-max')).status, 200);
    }
  });

  it('are known for every model with a published one', () => {
    const unlimited = models.filter(({ id }) => limitsOf(id, undefined).submits === undefined);
    assert.deepEqual(
      [
        ...new Set(
          unlimited.map(({ id }) => id.replace(/-.*/, '') + (/\d\.\d/.exec(id)?.[0] ?? '')),
        ),
      ],
      ['qwen3.0', 'qwen2.1', 'qwen2.0', 'wan2.72.7'],
    );
    const inBeijing = { submits: { count: 1, seconds: 1 }, concurrentTasks: 5 };
    assert.deepEqual(limitsOf('wan2.6-t2i', 'cn-beijing'), inBeijing);
    assert.equal(limitsOf('wan2.6-t2i', 'ap-southeast-1').submits?.count, 5);
    assert.equal(limitsOf('wanx-v1', undefined).concurrentTasks, 1);
    assert.equal(limitsOf('wan2.1-t2i-plus', undefined).concurrentTasks, 2);
  });

  it('throttle submits in a sliding window, for each model and key', async () => {
    assert.equal((await submitAsync('wanx-v1')).status, 200);
    now += 600;
    assert.equal((await submitAsync('wanx-v1')).status, 200);
    assertRefused(await submitAsync('wanx-v1'), 429, 'Throttling.RateQuota', tooMany);
    assert.equal((await submitAsync('wanx-v1', 'two')).status, 200);
    assert.equal((await submitAsync('wan2.2-t2i-plus')).status, 200);
    now += 399;
    assert.equal((await submitAsync('wanx-v1')).status, 429);
    now += 1;
    assert.equal((await submitAsync('wanx-v1')).status, 200);
    assert.equal((await submitAsync('wanx-v1')).status, 429);
  });

  it('of some models are for a minute', async () => {
    await submitSync('qwen-image-max');
    now += 30_000;
    await submitSync('qwen-image-max');
    assert.equal((await submitSync('qwen-image-max')).status, 429);
    now += 30_000;
    assert.equal((await submitSync('qwen-image-max')).status, 200);
  });

  it('leave a task PENDING while as many run as may', async () => {
    emulator.changeSettings({ runMs: 10_000, queueMs: 1000 });
    const body = promptBody('wanx-v1', { n: 1 });
    const first = await submitTask(emulator, paths.imageSynthesis, body);
    const second = await submitTask(emulator, paths.imageSynthesis, body);
    now += 1000;
    assert.equal(await statusOf(first), 'RUNNING');
    assert.equal(await statusOf(second), 'PENDING');
    now += 10_000;
    assert.equal(await statusOf(first), 'SUCCEEDED');
    assert.equal(await statusOf(second), 'RUNNING');
    now += 9999;
    assert.equal(await statusOf(second), 'RUNNING');
    now += 1;
    assert.equal(await statusOf(second), 'SUCCEEDED');
  });

  it('let tasks follow one another though nobody looks', async () => {
    emulator.changeSettings({ runMs: 10_000 });
    const body = promptBody('wanx-v1', { n: 1 });
    const first = await submitTask(emulator, paths.imageSynthesis, body);
    const second = await submitTask(emulator, paths.imageSynthesis, body);
    now += 19_000;
    assert.equal(await statusOf(first), 'SUCCEEDED');
    assert.equal(await statusOf(second), 'RUNNING');
    now += 1000;
    assert.equal(emulator.ledger().length, 2);
  });

  it('do not count a task that was cancelled', async () => {
    emulator.changeSettings({ runMs: 10_000 });
    const body = promptBody('wanx-v1', { n: 1 });
    await submitTask(emulator, paths.imageSynthesis, body);
    const second = await submitTask(emulator, paths.imageSynthesis, body);
    await send(emulator, `/api/v1/tasks/${second}/cancel`, { method: 'POST' });
    now += 1000;
    const third = await submitTask(emulator, paths.imageSynthesis, body);
    now += 9000;
    assert.equal(await statusOf(third), 'RUNNING');
  });

  it('can refuse a task instead', async () => {
    emulator.changeSettings({ runMs: 10_000, refusesConcurrent: true });
    await submitAsync('wanx-v1');
    assertRefused(
      await submitAsync('wanx-v1'),
      429,
      'Throttling.Concurrency',
      'Too many concurrent requests.',
    );
    now += 10_000;
    assert.equal((await submitAsync('wanx-v1')).status, 200);
  });

  it('hold for queries, cancels and lists together', async () => {
    const id = await submitTask(emulator, paths.imageSynthesis, promptBody('wanx-v1', { n: 1 }));
    for (let count = 0; count < 18; count++) await pollTask(emulator, id);
    await send(emulator, `/api/v1/tasks/${id}/cancel`, { method: 'POST' });
    assert.equal((await send(emulator, '/api/v1/tasks/')).status, 200);
    const refused = await send(emulator, `/api/v1/tasks/${id}`);
    assertRefused(refused, 429, 'Throttling.RateQuota', tooMany);
    now += 1000;
    assert.equal((await send(emulator, `/api/v1/tasks/${id}`)).status, 200);
  });
});

describe('emulator: durations', () => {
  let emulator: Emulator;
  let now = 0;

  before(async () => {
    emulator = await startEmulator({ now: () => now });
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  /** Of so many tasks, in milliseconds. */
  const durations = async (count: number): Promise<number[]> => {
    now = Date.parse('2026-11-01T00:00:00Z');
    const ids: string[] = [];
    const body = promptBody('wan2.5-t2i-preview', { n: 1 });
    for (let index = 0; index < count; index++) {
      ids.push(await submitTask(emulator, paths.imageSynthesis, body));
    }
    now += 10 ** 6;
    const listed = await send(emulator, '/api/v1/tasks/?page_size=100');
    return ids.map((_, index) => {
      const task = at(listed.body, 'data', index);
      return Number(at(task, 'end_time')) - Number(at(task, 'start_time'));
    });
  };

  it('are all the same by default', async () => {
    emulator.changeSettings({ runMs: 8000 });
    assert.deepEqual(await durations(3), [8000, 8000, 8000]);
  });

  it('are log-normal around their median, and repeatable by a seed', async () => {
    emulator.changeSettings({ runMs: 8000, runSigma: 0.3 });
    const first = await durations(60);
    const logs = first.map((duration) => Math.log(duration / 8000));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 60);
    assert.ok(Math.abs(mean) < 0.1 && Math.abs(deviation - 0.3) < 0.1, `${mean} ${deviation}`);
    emulator.reset();
    emulator.changeSettings({ runMs: 8000, runSigma: 0.3 });
    assert.deepEqual(await durations(60), first);
    emulator.reset();
    emulator.changeSettings({ runMs: 8000, runSigma: 0.3, runSeed: 2 });
    assert.notDeepEqual(await durations(60), first);
  });
});
