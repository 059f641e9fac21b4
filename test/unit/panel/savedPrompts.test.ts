import assert from 'node:assert/strict';
import { fitPrompts, SavedPrompts } from '../../../src/panel/savedPrompts';
import { MemoryState } from '../../fakes/memoryState';

describe('saved prompts', () => {
  it('are kept newest first, each once, until they are removed', async () => {
    const state = new MemoryState();
    const saved = new SavedPrompts(state);
    for (const prompt of ['a fox', ' an owl ', 'a fox', '  ']) await saved.set(prompt, true);
    assert.deepEqual(new SavedPrompts(state).all(), ['a fox', 'an owl']);
    await saved.set('an owl', false);
    assert.deepEqual(saved.all(), ['a fox']);
  });

  it('are 200 at most', async () => {
    const saved = new SavedPrompts(new MemoryState());
    for (let at = 0; at <= 200; at += 1) await saved.set(`prompt ${at}`, true);
    assert.equal(saved.all().length, 200);
    assert.equal(saved.all().at(-1), 'prompt 1');
  });
});

describe('the prompts that fit', () => {
  it('leave out the one that is too long, and not those after it', () => {
    assert.deepEqual(fitPrompts(['a', 'long text', 'b', 'a', ''], 10, 5), ['a', 'b']);
    assert.deepEqual(fitPrompts(['a', 'b', 'c'], 2, 100), ['a', 'b']);
  });
});
