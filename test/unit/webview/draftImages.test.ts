import assert from 'node:assert/strict';
import { moved, withAdded, withImages } from '../../../src/webview/draftImages';
import { beijingModels, draftOf } from '../../fakes/panelFixtures';

const box = [1, 2, 3, 4] as const;

describe('the input images of a draft', () => {
  it('keep their boxes when they are moved or removed', () => {
    const draft = draftOf('wan2.7-image', {
      images: ['a', 'b', 'c'],
      parameters: { boxes: [[], [box], []], watermark: true },
    });
    assert.deepEqual(withImages(draft, ['b', 'a', 'c']), {
      images: ['b', 'a', 'c'],
      parameters: { boxes: [[box], [], []], watermark: true },
    });
    assert.deepEqual(withImages(draft, ['a', 'b', 'c', 'd']).parameters?.boxes, [
      [],
      [box],
      [],
      [],
    ]);
    assert.deepEqual(withImages(draft, ['a', 'c']), {
      images: ['a', 'c'],
      parameters: { watermark: true },
    });
  });

  it('are never there twice, and never more than the model takes', () => {
    const add = (modelId: string, images: string[], ...ids: string[]) => {
      const model = beijingModels.find(({ id }) => id === modelId);
      assert.ok(model);
      return withAdded(draftOf(modelId, { images }), model, 'images', ids).images;
    };
    assert.deepEqual(add('qwen-image-2.0', ['a'], 'a', 'b'), ['a', 'b']);
    assert.deepEqual(add('qwen-image-2.0', ['a', 'b'], 'c', 'd'), ['a', 'b', 'c']);
    // More than another model took stay to be seen.
    assert.deepEqual(add('qwen-image-2.0', ['a', 'b', 'c', 'd'], 'e'), ['a', 'b', 'c', 'd']);
    assert.deepEqual(add('wanx2.1-imageedit', ['a'], 'b', 'c'), ['b']);
  });

  it('have one mask at most', () => {
    const [model] = beijingModels;
    assert.ok(model);
    const draft = draftOf(model.id, { mask: 'old' });
    assert.deepEqual(withAdded(draft, model, 'mask', ['new']), { mask: 'new' });
    assert.deepEqual(withAdded(draft, model, 'mask', []), { mask: 'old' });
  });

  it('are moved by one place, and not beyond the ends', () => {
    assert.deepEqual(moved(['a', 'b', 'c'], 'b', -1), ['b', 'a', 'c']);
    assert.deepEqual(moved(['a', 'b', 'c'], 'b', 1), ['a', 'c', 'b']);
    assert.deepEqual(moved(['a', 'b'], 'a', -1), ['a', 'b']);
    assert.deepEqual(moved(['a', 'b'], 'b', 1), ['a', 'b']);
    assert.deepEqual(moved(['a', 'b'], 'c', 1), ['a', 'b']);
  });
});
