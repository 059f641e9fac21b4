import { deepStrictEqual } from 'node:assert/strict';
import { TaskDurations } from '../../../src/workspace/taskDurations';
import { MemoryState } from '../../fakes/memoryState';

describe('the durations of tasks', () => {
  it('are there after a reload, oldest first, and none under a name that every object has', async () => {
    const state = new MemoryState();
    const durations = new TaskDurations(state);
    await durations.add('model 1024*1024', 4_000.2);
    await durations.add('model 1024*1024', 5_000);
    await durations.add('other', 9_000);
    const reloaded = new TaskDurations(state);
    deepStrictEqual(reloaded.get('model 1024*1024'), [4_001, 5_000]);
    deepStrictEqual(reloaded.get('other'), [9_000]);
    deepStrictEqual(reloaded.get('constructor'), []);
    deepStrictEqual(reloaded.get('__proto__'), []);
  });

  it('are the last forty of a kind', async () => {
    const durations = new TaskDurations(new MemoryState());
    for (let count = 1; count <= 45; count += 1) await durations.add('kind', count);
    deepStrictEqual(
      durations.get('kind'),
      Array.from({ length: 40 }, (_, index) => index + 6),
    );
  });

  it('are forgotten for the kind that was used longest ago when there are too many', async () => {
    const durations = new TaskDurations(new MemoryState());
    for (let count = 0; count < 60; count += 1) await durations.add(`kind ${count}`, 1_000);
    await durations.add('kind 0', 2_000);
    await durations.add('kind 60', 3_000);
    deepStrictEqual(durations.get('kind 0'), [1_000, 2_000]);
    deepStrictEqual(durations.get('kind 1'), []);
    deepStrictEqual(durations.get('kind 60'), [3_000]);
  });

  it('begin anew when what is stored cannot be read', async () => {
    const state = new MemoryState();
    await state.update('easel.taskDurations', { kind: ['soon', -1] });
    const durations = new TaskDurations(state);
    deepStrictEqual(durations.get('kind'), []);
    await durations.add('kind', 7_000);
    deepStrictEqual(durations.get('kind'), [7_000]);
  });
});
