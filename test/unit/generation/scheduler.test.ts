import assert from 'node:assert/strict';
import { Scheduler } from '../../../src/generation/scheduler';
import { MemoryLedger } from '../../fakes/memoryLedger';

const limits = { key: 'model', perMinute: 60, concurrentTasks: 1 };

function setUp(free: number) {
  const ledger = new MemoryLedger();
  ledger.free = free;
  const pauses: number[] = [];
  // Only a wake-up ends a pause.
  const scheduler = new Scheduler({
    ledger,
    now: () => 0,
    pause: (ms, signal) =>
      new Promise((_, reject) => {
        pauses.push(ms);
        if (signal?.aborted) reject(signal.reason);
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  const order: string[] = [];
  const waits: string[] = [];
  const enter = (jobId: string, signal = new AbortController().signal, isAgain = false) =>
    scheduler
      .enter({ limits, jobId, signal, isAgain, onWait: () => waits.push(jobId) })
      .then(() => order.push(jobId));
  return { ledger, scheduler, order, waits, pauses, enter };
}

describe('Scheduler', () => {
  it('lets a job through at once while there is a slot', async () => {
    const { enter, order, waits } = setUp(1);
    await enter('a');
    assert.deepEqual([order, waits], [['a'], []]);
  });

  it('lets the others through in their order, each when a place is given back', async () => {
    const { enter, scheduler, order, waits } = setUp(1);
    const entered = ['a', 'b', 'c'].map((id) => enter(id));
    await entered[0];
    await scheduler.leave('model', 'a');
    await entered[1];
    await scheduler.leave('model', 'b');
    await entered[2];
    assert.deepEqual(order, ['a', 'b', 'c']);
    assert.deepEqual([...new Set(waits)], ['b', 'c']);
  });

  it('lets a refused job go before those that were not sent yet', async () => {
    const { enter, scheduler, order } = setUp(0);
    const entered = [enter('a'), enter('b'), enter('again', undefined, true)];
    for (const turn of [0, 2, 1]) {
      await scheduler.leave('model', 'x');
      await entered[turn];
    }
    assert.deepEqual(order, ['a', 'again', 'b']);
  });

  it('forgets a job that is cancelled while it waits, and serves the next', async () => {
    const { enter, scheduler, order } = setUp(0);
    const cancelled = new AbortController();
    const first = enter('a', cancelled.signal);
    const second = enter('b');
    cancelled.abort();
    await assert.rejects(first, { name: 'AbortError' });
    await scheduler.leave('model', 'x');
    await second;
    assert.deepEqual(order, ['b']);
  });

  it('gives a slot back that came for a job that is gone', async () => {
    const { enter, ledger } = setUp(1);
    const cancelled = new AbortController();
    const first = enter('a', cancelled.signal);
    cancelled.abort();
    await assert.rejects(first);
    await enter('b');
    assert.deepEqual(ledger.calls, ['take a', 'release a', 'take b']);
  });

  it('lets requests leave at their distance, however soon they are ready', async () => {
    let clock = 0;
    const scheduler = new Scheduler({
      ledger: new MemoryLedger(),
      now: () => clock,
      pause: async (ms) => {
        clock += ms;
      },
    });
    const { signal } = new AbortController();
    const left: number[] = [];
    const depart = () => scheduler.depart(limits, signal).then(() => left.push(clock));
    await depart();
    await depart();
    clock += 5_000;
    await depart();
    assert.deepEqual(left, [0, 1_040, 6_040]);
  });

  it('does not wait for a request that was cancelled before it left', async () => {
    const { scheduler, pauses } = setUp(1);
    await scheduler.depart(limits, new AbortController().signal);
    const cancelled = new AbortController();
    const second = scheduler.depart(limits, cancelled.signal);
    cancelled.abort();
    await assert.rejects(second, { name: 'AbortError' });
    scheduler.depart(limits, new AbortController().signal).catch(() => {});
    await new Promise((done) => setImmediate(done));
    assert.deepEqual(pauses, [1_040, 1_040]);
  });

  it('passes on what the ledger says', async () => {
    const { enter, ledger, order } = setUp(1);
    ledger.take = () => Promise.reject(new Error('broken'));
    await assert.rejects(enter('a'), /broken/);
    assert.deepEqual(order, []);
  });
});
