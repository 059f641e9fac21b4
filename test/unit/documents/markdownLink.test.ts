import assert from 'node:assert/strict';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import { linkFormatFor } from '../../../src/documents/linkFormats';
import { awkwardAltText, awkwardPath, decodedPath, plainPath } from './awkwardText';

const markdown = markdownIt({ html: true, linkify: true });
const { link } = linkFormatFor('markdown');

/** The images that a Markdown processor finds, as path and alternative text. */
function imagesIn(text: string): { path: string; altText: string }[] {
  return markdown
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .filter((token) => token.type === 'image')
    .map((token) => ({
      path: decodedPath(String(token.attrGet('src'))),
      altText: markdown.renderer.renderInlineAsText(token.children ?? [], markdown.options, {}),
    }));
}

describe('the Markdown link', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['assets/fox.png', 'a red fox', '![a red fox](assets/fox.png)'],
    ['图片/狐狸.png', '雪中的狐狸', '![雪中的狐狸](图片/狐狸.png)'],
    ['my images/fox (1).png', 'fox', '![fox](<my images/fox (1).png>)'],
    ['a%20b/c#1?.png', '', '![](a%2520b/c%231%3F.png)'],
    ['a.png', 'a [b] *c* `d` <e> f|g', '![a \\[b\\] \\*c\\* &#96;d&#96; \\<e\\> f\\|g](a.png)'],
    ['c:d/e.png', 'R&D &copy; 5', '![R&D \\&copy; 5](./c:d/e.png)'],
    ['file:///d:/pics/狐 狸.png', 'fox', '![fox](<file:///d:/pics/狐 狸.png>)'],
    ['a\nb.png', 'fox', '![fox](a%0Ab.png)'],
  ];
  for (const [path, altText, expected] of cases) {
    it(`of ${JSON.stringify(path)} with the text ${JSON.stringify(altText)} is ${expected}`, () => {
      assert.equal(link(path, altText), expected);
    });
  }

  it('is read back as one image with its path and text, and nothing else', () => {
    fc.assert(
      fc.property(awkwardPath, awkwardAltText, (path, altText) => {
        const text = link(path, altText);
        assert.deepEqual(imagesIn(text), [{ path: plainPath(path), altText }]);
        assert.equal(markdown.parseInline(text, {})[0]?.children?.length, 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read back within text that has markup of its own left open', () => {
    const surroundings = [
      ['a ` b ', ''],
      ['x * y _ z ** ', ' * _ **'],
      ['[link ', ' end'],
      ['<a href', ' >'],
      ['cost $5 ', ' $'],
      ['| a | b |\n|---|---|\n| ', ' | z |'],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...surroundings),
        awkwardPath,
        awkwardAltText,
        ([before, after], path, altText) => {
          const images = imagesIn(before + link(path, altText) + after);
          assert.deepEqual(images, [{ path: plainPath(path), altText }]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
