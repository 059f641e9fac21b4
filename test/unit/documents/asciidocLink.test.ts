import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { linkFormatFor } from '../../../src/documents/linkFormats';
import { awkwardCases } from './awkwardCases';
import { awkwardAltText, awkwardPath, decodedPath, plainPath } from './awkwardText';

const { link } = linkFormatFor('asciidoc');

describe('the AsciiDoc link', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['assets/fox.png', 'a red fox', 'image::assets/fox.png[a red fox]'],
    ['我的图片/fox 1.png', '狐狸，雪', 'image::我的图片/fox 1.png[狐狸，雪]'],
    ['a.png', 'a fox, snow', 'image::a.png["a fox, snow"]'],
    ['a.png', '', 'image::a.png[""]'],
    ['a[1]{x}.png', 'a "b" [c] {d}', 'image::a%5B1%5D%7Bx%7D.png["a &#34;b&#34; [c] &#123;d}"]'],
    ['a.png', '(C) -> ...', 'image::a.png[&#40;C) &#45;> &#46;..]'],
  ];
  for (const [path, altText, expected] of cases) {
    it(`of ${path} with the text ${JSON.stringify(altText)} is ${expected}`, () => {
      assert.equal(link(path, altText), expected);
    });
  }

  it('is read back by Asciidoctor as one image between two paragraphs', async () => {
    await fc.assert(fc.asyncProperty(awkwardPath, awkwardAltText, assertReadBack), {
      numRuns: 500,
    });
  });

  it('is so with every awkward name and text', async () => {
    assert.ok(awkwardCases.length >= 200);
    for (const { path, altText } of awkwardCases) await assertReadBack(path, altText);
  });
});

async function assertReadBack(path: string, altText: string): Promise<void> {
  const { convert } = await import('@asciidoctor/core');
  const document = `before\n\n${link(path, altText)}\n\nafter`;
  const html = String(await convert(document, { attributes: { name: 'value' } }));
  const [image, ...others] = elements(html, 'img');
  assert.equal(others.length, 0, document);
  assert.equal(decodedPath(image?.src ?? ''), plainPath(path));
  // The one thing left as it is: an apostrophe within a word becomes a typographic one.
  assert.equal(image?.alt?.replaceAll('’', "'"), altText);
  assert.equal(elements(html, 'p').length, 2, document);
}

/** The attributes of every element with this name. */
function elements(html: string, tagName: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const visit = (node: DefaultTreeAdapterMap['childNode']): void => {
    if (!('childNodes' in node)) return;
    if (node.tagName === tagName) {
      found.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    }
    node.childNodes.forEach(visit);
  };
  parseFragment(html).childNodes.forEach(visit);
  return found;
}
