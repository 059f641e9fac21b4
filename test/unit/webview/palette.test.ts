import assert from 'node:assert/strict';
import {
  evenShares,
  isEven,
  withAddedColor,
  withEvenShares,
  withoutColor,
} from '../../../src/webview/palette';

const sharesOf = (palette: readonly { ratio: number }[]) => palette.map(({ ratio }) => ratio);
const color = (ratio: number) => ({ hex: '#112233', ratio });

describe('the palette', () => {
  it('has even shares that make exactly 100, in hundredths', () => {
    assert.deepEqual(evenShares(3), [33.34, 33.33, 33.33]);
    for (let count = 1; count <= 10; count += 1) {
      const sum = evenShares(count).reduce((total, share) => total + Math.round(share * 100), 0);
      assert.equal(sum, 10_000, String(count));
    }
    assert.deepEqual(evenShares(0), []);
  });

  it('begins with as many different colours as there must be', () => {
    const palette = withAddedColor([], 3);
    assert.deepEqual(sharesOf(palette), [33.34, 33.33, 33.33]);
    assert.equal(new Set(palette.map(({ hex }) => hex)).size, 3);
    assert.equal(withAddedColor([], 1).length, 1);
  });

  it('stays even until somebody weighs the colours', () => {
    const even = withEvenShares([color(0), color(0), color(0)]);
    assert.equal(isEven(even), true);
    assert.deepEqual(sharesOf(withAddedColor(even, 3)), [25, 25, 25, 25]);
    assert.deepEqual(sharesOf(withoutColor(even, 0)), [50, 50]);
    const weighed = [color(60), color(30.5)];
    assert.equal(isEven(weighed), false);
    assert.deepEqual(sharesOf(withAddedColor(weighed, 3)), [60, 30.5, 9.5]);
    assert.deepEqual(sharesOf(withAddedColor([color(90), color(20)], 3)), [90, 20, 0]);
    assert.deepEqual(sharesOf(withoutColor(weighed, 0)), [30.5]);
  });
});
