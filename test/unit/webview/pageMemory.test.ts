import assert from 'node:assert/strict';
import type { Draft } from '../../../src/shared/panelProtocol';
import { type PageMemory, readMemory } from '../../../src/webview/pageMemory';

const draft: Draft = {
  modelId: 'model',
  prompt: 'a fox',
  negativePrompt: '',
  size: { width: 10, height: 10 },
  count: 1,
  seed: null,
  images: ['a'],
  mask: null,
  parameters: { promptExtend: true },
};
const memory: PageMemory = {
  draft,
  moreOptions: true,
  scroll: { page: 0, form: 12.5, results: 300 },
  expanded: ['job'],
  tab: 'history',
};

describe('what the page has kept', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readMemory(JSON.parse(JSON.stringify(memory))), memory);
  });

  it('is nothing at first', () => {
    assert.deepEqual([undefined, null, 'text', {}].map(readMemory), [{}, {}, {}, {}]);
  });

  it('is used in part when an older page wrote it', () => {
    assert.deepEqual(readMemory({ draft, moreOptions: true }), { draft, moreOptions: true });
    const broken = { draft: { prompt: 5 }, scroll: { page: '1' }, expanded: [1] };
    assert.deepEqual(readMemory({ ...broken, moreOptions: 'yes' }), {});
    assert.deepEqual(readMemory({ ...memory, scroll: { page: 0, form: null, results: 0 } }), {
      draft,
      moreOptions: true,
      expanded: ['job'],
      tab: 'history',
    });
    assert.deepEqual(readMemory({ draft, tab: 'another' }), { draft });
  });
});
