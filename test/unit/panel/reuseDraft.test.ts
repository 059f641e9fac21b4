import assert from 'node:assert/strict';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { InputShelf } from '../../../src/panel/inputShelf';
import { reuseDraft } from '../../../src/panel/reuseDraft';
import { MemoryState } from '../../fakes/memoryState';
import { draftOf } from '../../fakes/panelFixtures';

const request: ImageRequest = {
  ...{ modelId: 'wan2.6-t2i', prompt: 'a fox, as a poster', size: '1K', count: 2, seed: 7 },
  typed: { prompt: 'a fox', style: 'project:Poster' },
};
const poster = { id: 'project:Poster', source: 'project', name: 'Poster' } as const;
const shelf = new InputShelf(new MemoryState(), () => 'input');
const current = draftOf('qwen-image-2.0', { prompt: 'mine', count: 3, seed: 5 });

/** With a style of that name, or with none. */
function reuse(what: Parameters<typeof reuseDraft>[0], prompt?: string, from = request) {
  const style = prompt === undefined ? undefined : { ...poster, prompt };
  return reuseDraft(what, from, { current, shelf, styles: { find: () => style } });
}

describe('an earlier request', () => {
  it('gives its prompt with its style, and leaves the rest', () => {
    const draft = reuse('usePrompt', '{prompt}, as a poster');
    assert.deepEqual(draft, { ...current, prompt: 'a fox', style: 'project:Poster' });
  });

  it('gives what was sent where the style is gone or another one by now', () => {
    for (const style of [undefined, '{prompt}, torn']) {
      const { prompt, style: used } = reuse('usePrompt', style);
      assert.deepEqual([prompt, used], ['a fox, as a poster', null]);
    }
  });

  it('gives its seed, or leaves the one that is there', () => {
    assert.deepEqual(reuse('useSeed'), { ...current, seed: 7 });
    const { seed: _, ...unseeded } = request;
    assert.deepEqual(reuse('useSeed', undefined, unseeded), current);
  });

  it('gives everything, or everything but the seed', () => {
    const all = reuse('useAll', '{prompt}, as a poster');
    assert.deepEqual([all.modelId, all.count, all.seed], ['wan2.6-t2i', 2, 7]);
    assert.deepEqual(reuse('remix', '{prompt}, as a poster'), { ...all, seed: 5 });
  });
});
