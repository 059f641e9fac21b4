import assert from 'node:assert/strict';
import { type LackingLink, planFill } from '../../../src/documents/fillPlan';
import type { ImageLink } from '../../../src/documents/imageLink';

/** Markdown as far as a test needs it, every link of which lacks its image; `image:` is a field. */
function lackingIn(text: string, placeholder?: string): LackingLink[] {
  const links = text.matchAll(/!\[(.*?)\]\((.*?)\)|<!-- TODO image: (.*?) -->|^image: ?(.*)$/gm);
  return Array.from(links, (match): ImageLink => {
    const [all, alt = '', target = '', todo, field] = match;
    const start = match.index;
    const common = { start, end: start + all.length, targetStart: start, targetEnd: start };
    if (todo !== undefined) return { ...common, kind: 'todo', target: '', altText: todo };
    if (field !== undefined) return { ...common, kind: 'field', target: field, altText: '' };
    return { ...common, kind: 'link', target, altText: alt };
  }).map((link) => ({
    link,
    file: link.target === '' ? undefined : `file:///w/docs/${encodeURI(link.target)}`,
    isPlaceholder: link.target === placeholder,
  }));
}

const planOf = (text: string, placeholder?: string) =>
  planFill([
    {
      uri: 'file:///w/docs/guide.md',
      text,
      lacking: lackingIn(text, placeholder),
      promptOf: ({ altText }) => altText,
    },
  ]);

describe('the plan of missing images', () => {
  it('has each in order, with its line, its prompt and its file', () => {
    const items = planOf('# A\n\n![a fox](img/fox a.png)\n\n![an owl](owl.v2.jpg) ![](plot)\n');
    assert.deepEqual(
      items.map(({ reason, prompt, places: [{ line }] }) => [reason, prompt, line]),
      [
        ['missing', 'a fox', 3],
        ['missing', 'an owl', 5],
        ['missing', '', 5],
      ],
    );
    assert.deepEqual(
      items.map(({ file }) => [file?.folder, file?.base, file?.name]),
      [
        ['file:///w/docs/img', 'fox a', 'fox a.png'],
        ['file:///w/docs', 'owl.v2', 'owl.v2.jpg'],
        ['file:///w/docs', 'plot', 'plot'],
      ],
    );
  });

  it('has empty links, comments and fields, which name no file', () => {
    const items = planOf('image:\n\n![a fox]()\n\n<!-- TODO image: an owl -->\n');
    assert.deepEqual(
      items.map(({ reason, file, prompt }) => [reason, file, prompt]),
      [
        ['field', undefined, ''],
        ['empty', undefined, 'a fox'],
        ['todo', undefined, 'an owl'],
      ],
    );
  });

  it('wants two links to one file once, with what either of them says', () => {
    const items = planOf('![](a-1200x630.png)\n\n![a fox](a-1200x630.png)\n');
    assert.equal(items.length, 1);
    assert.deepEqual(
      items[0]?.places.map(({ line }) => line),
      [1, 3],
    );
    assert.equal(items[0]?.prompt, 'a fox');
    assert.deepEqual(items[0]?.sizeHint, { width: 1200, height: 630 });
  });

  it('wants an image in the place of a placeholder', () => {
    assert.deepEqual(
      planOf('![a](a.png)\n![b](b.png)\n', 'b.png').map(({ reason }) => reason),
      ['missing', 'placeholder'],
    );
  });
});
