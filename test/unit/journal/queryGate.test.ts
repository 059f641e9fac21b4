import assert from 'node:assert/strict';
import { QueryGate } from '../../../src/journal/queryGate';
import type { Pause } from '../../../src/util/abort';

/** A clock that only pauses move. */
class PausedClock {
  now = 1_000;
  readonly pause: Pause = async (ms, signal) => {
    signal?.throwIfAborted();
    // What has happened by now is seen before time goes on.
    await new Promise(setImmediate);
    this.now += ms;
  };
}

describe('the gate of task queries', () => {
  const { signal } = new AbortController();

  function gateOf(clock: PausedClock, windows: () => number): QueryGate {
    return new QueryGate({ windows, pause: clock.pause, now: () => clock.now });
  }

  it('lets the first question through at once, and the next ones in their order at the allowed rate', async () => {
    const clock = new PausedClock();
    const gate = gateOf(clock, () => 1);
    const passed: [number, number][] = [];
    await Promise.all(
      [1, 2, 3].map(async (name) => {
        await gate.pass(signal);
        passed.push([name, clock.now]);
      }),
    );
    assert.deepEqual(passed, [
      [1, 1_000],
      [2, 1_050],
      [3, 1_100],
    ]);
    clock.now += 60;
    await gate.pass(signal);
    assert.equal(clock.now, 1_160);
  });

  it('shares the rate with the windows of that moment', async () => {
    const clock = new PausedClock();
    let windows = 4;
    const gate = gateOf(clock, () => windows);
    await gate.pass(signal);
    await gate.pass(signal);
    assert.equal(clock.now, 1_200);
    windows = 0;
    await gate.pass(signal);
    assert.equal(clock.now, 1_250);
  });

  it('turns away at once whoever is stopped, and keeps no time for them', async () => {
    const clock = new PausedClock();
    const gate = gateOf(clock, () => 1);
    const controller = new AbortController();
    await gate.pass(signal);
    const stopped = [1, 2, 3].map(() => gate.pass(controller.signal));
    const last = gate.pass(signal);
    controller.abort();
    for (const promise of stopped) await assert.rejects(promise, { name: 'AbortError' });
    await assert.rejects(gate.pass(controller.signal), { name: 'AbortError' });
    await last;
    assert.equal(clock.now, 1_050);
  });

  it('does not wait longer because the clock was set back', async () => {
    const clock = new PausedClock();
    const gate = gateOf(clock, () => 1);
    await gate.pass(signal);
    clock.now = 0;
    await gate.pass(signal);
    assert.equal(clock.now, 50);
  });
});
