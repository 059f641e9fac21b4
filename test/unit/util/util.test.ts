import assert from 'node:assert/strict';
import { isAbortError, pause } from '../../../src/util/abort';
import { DisposableStore } from '../../../src/util/disposable';
import { Emitter } from '../../../src/util/emitter';

describe('pause', () => {
  it('ends with the signal, also with one that was aborted before', async () => {
    const controller = new AbortController();
    const waiting = pause(1e6, controller.signal);
    controller.abort();
    await assert.rejects(waiting, isAbortError);
    await assert.rejects(pause(1e6, controller.signal), isAbortError);
  });

  it('resolves when the time is over', async () => {
    await pause(0);
  });
});

describe('DisposableStore', () => {
  it('gives things back in reverse order, and late ones at once', () => {
    const given: number[] = [];
    const store = new DisposableStore();
    for (const number of [1, 2]) store.add({ dispose: () => given.push(number) });
    store.dispose();
    store.add({ dispose: () => given.push(3) });
    store.dispose();
    assert.deepEqual(given, [2, 1, 3]);
  });
});

describe('Emitter', () => {
  it('calls listeners until they are disposed, also when one leaves during a call', () => {
    const heard: string[] = [];
    const emitter = new Emitter<string>((error) => assert.fail(String(error)));
    const once = emitter.event((value) => {
      heard.push(`once ${value}`);
      once.dispose();
    });
    emitter.event((value) => heard.push(`always ${value}`));
    emitter.fire('a');
    emitter.fire('b');
    assert.deepEqual(heard, ['once a', 'always a', 'always b']);
  });

  it('reports a listener that throws and goes on with the next', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<string>((error) => errors.push(error));
    const heard: string[] = [];
    const failure = new Error('listener');
    emitter.event(() => {
      throw failure;
    });
    emitter.event((value) => heard.push(value));
    emitter.fire('a');
    assert.deepEqual([heard, errors], [['a'], [failure]]);
  });
});
