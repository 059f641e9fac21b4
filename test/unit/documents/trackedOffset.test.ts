import assert from 'node:assert/strict';
import fc from 'fast-check';
import { trackOffset } from '../../../src/documents/trackedOffset';

const replace = (rangeOffset: number, rangeLength: number, text: string) => ({
  rangeOffset,
  rangeLength,
  text,
});

describe('a tracked offset', () => {
  it('moves with edits before it', () => {
    assert.equal(trackOffset(10, [replace(0, 0, 'abc')]), 13);
    assert.equal(trackOffset(10, [replace(2, 4, '')]), 6);
    assert.equal(trackOffset(10, [replace(2, 8, 'x')]), 3);
  });

  it('stays for edits behind it', () => {
    assert.equal(trackOffset(10, [replace(11, 5, 'abc')]), 10);
    assert.equal(trackOffset(10, [replace(10, 5, '')]), 10);
  });

  it('stays before text that is inserted exactly there', () => {
    assert.equal(trackOffset(10, [replace(10, 0, 'written on')]), 10);
  });

  it('keeps its distance in a text that is replaced around it, or goes to the end of a shorter one', () => {
    assert.equal(trackOffset(10, [replace(0, 100, 'x'.repeat(98))]), 10);
    assert.equal(trackOffset(10, [replace(5, 20, 'ab')]), 7);
    assert.equal(trackOffset(10, [replace(5, 20, '')]), 5);
  });

  it('takes several changes in their order', () => {
    assert.equal(trackOffset(10, [replace(8, 1, ''), replace(2, 0, 'abc'), replace(0, 1, '')]), 11);
  });

  it('stays beside the same neighbour whatever is edited elsewhere', () => {
    const edits = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(5),
        text: fc.string(),
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), edits, (before, after, list) => {
        let left = before;
        let right = after;
        const changes = list.map(({ at, cut, text }) => {
          // On either side of the place, but never across it or just before it.
          const position = Math.floor(at * (left.length + right.length));
          if (position < left.length) {
            const length = Math.min(cut, left.length - position);
            left = left.slice(0, position) + text + left.slice(position + length);
            return replace(position, length, text);
          }
          const start = position - left.length;
          const length = Math.min(cut, right.length - start);
          right = right.slice(0, start) + text + right.slice(start + length);
          return replace(position, length, text);
        });
        assert.equal(trackOffset(before.length, changes), left.length);
      }),
    );
  });
});
