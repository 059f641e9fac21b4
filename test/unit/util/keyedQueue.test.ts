import assert from 'node:assert/strict';
import { KeyedQueue } from '../../../src/util/keyedQueue';

describe('a queue by keys', () => {
  it('runs one after the other for a key, also after a failure, and others meanwhile', async () => {
    const queue = new KeyedQueue();
    const events: string[] = [];
    let finish = (): void => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = queue.run('a', async () => {
      await gate;
      events.push('first');
      throw new Error('first failed');
    });
    const second = queue.run('a', async () => events.push('second'));
    await queue.run('b', async () => events.push('other'));
    finish();
    await assert.rejects(first, /first failed/);
    await second;
    assert.deepEqual(events, ['other', 'first', 'second']);
  });
});
