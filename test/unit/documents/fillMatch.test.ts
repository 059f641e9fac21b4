import assert from 'node:assert/strict';
import { matchLinks } from '../../../src/documents/fillMatch';

const links = (...starts: readonly (readonly [source: string, start: number])[]) =>
  starts.map(([source, start]) => ({ source, start }));

const found = (...parts: Parameters<typeof matchLinks>) =>
  matchLinks(...parts).map((link) => link?.start);

describe('links of a text that has changed', () => {
  it('are found where they have moved to', () => {
    const before = links(['![](a)', 10], ['![](b)', 50]);
    assert.deepEqual(found(before, links(['![](b)', 20], ['![](a)', 90])), [90, 20]);
  });

  it('keep their order where they are equal', () => {
    const before = links(['![]()', 10], ['![]()', 20], ['![]()', 30]);
    assert.deepEqual(
      found(before, links(['![]()', 28], ['![]()', 38], ['![]()', 48])),
      [28, 38, 48],
    );
  });

  it('go to the nearest where some of the equal ones are gone, each to its own', () => {
    const before = links(['![]()', 10], ['![]()', 1000]);
    assert.deepEqual(found(before, links(['![]()', 990])), [undefined, 990]);
    const more = links(['![]()', 500], ['![]()', 990], ['![]()', 2000]);
    assert.deepEqual(found(links(['![]()', 1000], ['![]()', 480]), more), [990, 500]);
  });

  it('are found in time where thousands are equal and one is gone', () => {
    const many = Array.from({ length: 8000 }, (_, index) => ({
      source: '![]()',
      start: index * 6,
    }));
    const fewer = many.filter((_, index) => index !== 4000);
    const matched = matchLinks(many, fewer);
    assert.deepEqual(
      [3999, 4000, 4001].map((index) => matched[index]?.start),
      [23_994, undefined, 24_006],
    );
    // As typed above them.
    const moved = fewer.map(({ source, start }) => ({ source, start: start + 50_000 }));
    assert.equal(new Set(matchLinks(many, moved)).size, 8000);
  });

  it('are gone where nothing is like them', () => {
    assert.deepEqual(found(links(['![](a)', 10]), links(['![](b)', 10])), [undefined]);
  });
});
