import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { linkFormatFor } from '../../../src/documents/linkFormats';
import { awkwardAltText, awkwardPath, decodedPath, plainPath } from './awkwardText';

const { link } = linkFormatFor('html');

describe('the HTML link', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['assets/fox.png', 'a red fox', '<img src="assets/fox.png" alt="a red fox">'],
    ['图片/狐 狸.png', '', '<img src="图片/狐%20狸.png" alt="">'],
    ['a&copy;/50%#1?.png', 'fox', '<img src="a&amp;copy;/50%25%231%3F.png" alt="fox">'],
    [
      'a.png',
      '"R&D" <b> {{x}}',
      `<img src="a.png" alt="&quot;R&amp;D&quot; &lt;b&gt; &#123;&#123;x&#125;&#125;">`,
    ],
  ];
  for (const [path, altText, expected] of cases) {
    it(`of ${path} with the text ${JSON.stringify(altText)} is ${expected}`, () => {
      assert.equal(link(path, altText), expected);
    });
  }

  it('is read back as one element with its path and text', () => {
    fc.assert(
      fc.property(awkwardPath, awkwardAltText, (path, altText) => {
        const { childNodes } = parseFragment(link(path, altText));
        const [image] = childNodes;
        assert.equal(childNodes.length, 1);
        assert.ok(image && 'attrs' in image && image.tagName === 'img');
        const [src, alt] = image.attrs;
        assert.equal(alt?.value, altText);
        assert.equal(decodedPath(src?.value ?? ''), plainPath(path));
        const url = new URL(src?.value ?? '', 'https://site.example/');
        assert.equal(`${url.host}${url.search}${url.hash}`, 'site.example');
      }),
      { numRuns: 1000 },
    );
  });
});
