import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findSpot, spotOf } from '../../../src/documents/linkSpot';

const uri = 'file:///w/a.md';

function documentOf(text: string) {
  return { uri, getText: () => text };
}

/** The spot at the mark `|`, which is taken out. */
function spotIn(marked: string) {
  const text = marked.replace('|', '');
  const offset = marked.indexOf('|');
  return spotOf({ document: documentOf(text), offset, place: 'cursor' }, ['linked']);
}

/** The text with the mark where the spot is found; undefined where it is not. */
function found(marked: string, changed: string): string | undefined {
  const offset = findSpot(documentOf(changed), spotIn(marked));
  return offset === undefined ? undefined : `${changed.slice(0, offset)}|${changed.slice(offset)}`;
}

const paragraphs = ['The first paragraph is long.', 'A red fox in the snow.', 'The end of it all.'];
const story = `${paragraphs[0]}\n\n${paragraphs[1]}|\n\n${paragraphs[2]}\n`;

describe('a spot in a document', () => {
  it('is written down with what is linked and 200 characters on each side', () => {
    const marked = `${'a'.repeat(300)}|${'b'.repeat(300)}`;
    assert.deepEqual(spotIn(marked), {
      document: uri,
      offset: 300,
      place: 'cursor',
      before: 'a'.repeat(200),
      after: 'b'.repeat(200),
      linked: ['linked'],
    });
  });

  it('is found in the unchanged document, whatever that holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (before, after) => {
        const text = before + after;
        const place = {
          document: documentOf(text),
          offset: before.length,
          place: 'cursor',
        } as const;
        assert.equal(findSpot(documentOf(text), spotOf(place, [])), before.length);
      }),
    );
    assert.equal(found('|', ''), '|');
    assert.equal(found('\n\n|\n', '\n\n\n'), '\n\n|\n');
  });

  it('is found where the text has moved', () => {
    const changed = `A new line.\n\n${story.replace('|', '')}`;
    assert.equal(found(story, changed), `A new line.\n\n${story}`);
    assert.equal(found('# Notes\n\n|\n', 'x\n# Notes\n\n\n'), 'x\n# Notes\n\n|\n');
  });

  it('is found where the text around has changed at a distance', () => {
    const changed = story.replace('|', '').replace('first', '1st').replace('all', 'tale');
    assert.equal(found(story, changed), changed.replace('snow.', 'snow.|'));
  });

  it('is found by one side where somebody wrote on at the other, before what was written', () => {
    const written = story.replace('snow.|', 'snow. And then');
    assert.equal(found(story, written), story.replace('snow.|', 'snow.| And then'));
    const replaced = story.replace(/^[^|]*\|/, 'Nothing of before');
    assert.equal(found(story, replaced), story.replace(/^[^|]*\|/, 'Nothing of before|'));
  });

  it('is not guessed where the text is gone, or there more than once', () => {
    assert.equal(found(story, 'Something else altogether, and not short either.\n'), undefined);
    assert.equal(found(story, ''), undefined);
    assert.equal(found('|', 'no longer empty'), undefined);
    const twice = `new\n${story.replace('|', '').repeat(2)}`;
    assert.equal(found(story, twice), undefined);
    assert.equal(found('ab|cd', 'x ab y'), undefined, 'too little is left of it');
  });
});
