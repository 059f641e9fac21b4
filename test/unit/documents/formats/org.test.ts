import assert from 'node:assert/strict';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { awkwardCases } from '../awkwardCases';

/** Behind two colons Org looks for a place in the file, and nothing escapes them. */
const cases = awkwardCases.filter(({ path }) => !path.includes('::'));

describe('images with awkward names and texts in Org', () => {
  it('are read back by uniorg and by the rules of Org’s own exporter', async () => {
    const { parse } = await import('uniorg-parse/lib/parser.js');
    const { link } = linkFormatFor('org');
    assert.ok(cases.length >= 200);
    const links = cases.map(({ path, altText }) => link(path, altText));
    for (const [index, text] of links.entries()) {
      const document = `before\n\n${text}\n\nafter`;
      const { children } = parse(document, { trackPosition: true });
      const paragraphs = children.filter((child) => child.type === 'paragraph');
      assert.equal(paragraphs.length, 3, text);
      const image = paragraphs[1];
      const shown = image?.children.filter(({ type }) => type === 'link') ?? [];
      const [only, ...others] = shown;
      assert.ok(only?.type === 'link' && others.length === 0, text);
      assert.equal(only.linkType, 'file');
      assert.equal(only.children.length, 0, 'a description would hide the image');
      const source = document.slice(only.position?.start.offset, only.position?.end.offset);
      const [, inner = ''] = /^\[\[file:(.*)\]\]$/.exec(source) ?? [];
      // The parser drops brackets behind a backslash, so Org's rule is applied to what it found.
      assert.equal(unescaped(inner), cases[index]?.path);
      const attributes = [image?.affiliated.ATTR_HTML ?? []].flat().map(String);
      assert.deepEqual(
        readAttributes(attributes.join(' ')),
        cases[index]?.altText ? { alt: cases[index].altText } : {},
      );
    }
  });
});

/** `org-link-unescaped`. */
function unescaped(link: string): string {
  return link.replace(/\\+(?=[[\]]|$)/g, (signs) => '\\'.repeat(Math.floor(signs.length / 2)));
}

/** `org-export-read-attribute`: an attribute is a colon with a name behind a blank, up to the next one. */
function readAttributes(text: string): Record<string, string> {
  const parts = text.split(/(?:^|[ \t]+):([-a-z0-9_]+)(?:[ \t]+|$)/i).slice(1);
  const found: Record<string, string> = {};
  for (let index = 0; index < parts.length; index += 2) {
    // The text keeps its spaces as such: those that do not break only keep an attribute from starting.
    found[parts[index] ?? ''] = (parts[index + 1] ?? '').trim().replaceAll('\u00a0', ' ');
  }
  return found;
}
