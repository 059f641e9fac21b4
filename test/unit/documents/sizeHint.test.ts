import assert from 'node:assert/strict';
import { nearestSize, sizeHint } from '../../../src/documents/sizeHint';

const size = (width: number, height: number) => ({ width, height });

describe('the size that a link asks for', () => {
  for (const [source, target] of [
    ['<img src="a.png" width="800" height="600">', 'a.png'],
    ["<Image src='a.png' width={800} height={600} />", 'a.png'],
    ['![a|800x600](a.png)', 'a.png'],
    ['![a](a.png =800x600)', 'a.png'],
    ['![a](a.png){width=800px height=600px}', 'a.png'],
    ['.. image:: a.png\n   :width: 800\n   :height: 600px', 'a.png'],
    ['![a](img/hero-800x600.png)', 'img/hero-800x600.png'],
  ] as const) {
    it(`is read from ${source.replace(/\n.*/s, '…')}`, () => {
      assert.deepEqual(sizeHint(source, target), size(800, 600));
    });
  }

  for (const [source, target] of [
    ['<img src="a.png" width="800">', 'a.png'],
    ['<img src="a.png" width="80%" height="60%">', 'a.png'],
    ['\\includegraphics[width=0.8\\linewidth, height=10cm]{a}', 'a'],
    ['![4x4 grid](a.png)', 'a.png'],
    ['![a](0x1234x99/a.png)', '0x1234x99/a.png'],
    ['![a](a.png =9x9)', 'a.png'],
  ] as const) {
    it(`is not known from ${source}`, () => {
      assert.equal(sizeHint(source, target), undefined);
    });
  }

  it('becomes the size on offer with the nearest shape, and of those the nearest area', () => {
    const offered = [size(1024, 1024), size(1536, 1024), size(2688, 1536), size(1280, 720)];
    assert.deepEqual(nearestSize(size(1200, 675), offered), size(1280, 720));
    assert.deepEqual(nearestSize(size(500, 500), offered), size(1024, 1024));
    assert.equal(nearestSize(size(500, 500), []), undefined);
  });
});
