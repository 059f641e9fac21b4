import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { parseFragment } from 'parse5';
import Parser from 'wikiparser-node';
import { linkFormatFor } from '../../../../src/documents/linkFormats';
import { awkwardCases } from '../awkwardCases';

/** The parser itself takes what follows a dollar sign for a pattern of its replacements. */
const cases = awkwardCases.filter(({ altText }) => !altText.includes('$'));

describe('images with awkward names and texts in a wiki', () => {
  it('are read back by a parser of MediaWiki', () => {
    const { link } = linkFormatFor('wikitext');
    assert.ok(cases.length >= 200);
    const links = cases.map(({ path, altText }) => link(path, altText));
    const images = Parser.parse(links.join('\n\n')).querySelectorAll('file');
    assert.equal(images.length, cases.length);
    for (const [index, image] of images.entries()) {
      const { path, altText } = cases[index] ?? { path: '', altText: '' };
      const [name, text, ...others] = image.childNodes.map(String);
      assert.deepEqual(others, [], links[index]);
      assert.equal(String(image), links[index]);
      assert.equal(name, `File:${uploadedName(path)}`);
      assert.ok(!/[#<>[\]|{}]/.test(name ?? ''));
      assert.ok(text?.startsWith('alt='));
      // A wiki decodes the references when it writes the attribute.
      assert.equal(textOf(text?.slice('alt='.length) ?? ''), altText);
      // Neither bold, nor a template, nor a link of its own.
      assert.equal(image.querySelectorAll('quote,template,link,ext-link,html,arg').length, 0);
    }
  });
});

/** What MediaWiki calls a file that is uploaded: signs that titles cannot have become hyphens. */
function uploadedName(path: string): string {
  return posix
    .basename(path)
    .replace(/[#<>[\]|{}\\:]|%(?=[\da-f]{2})|~(?=~~)|&(?=#?\w+;)/gi, '-')
    .replace(/[ _]+/g, ' ')
    .trim();
}

function textOf(html: string): string {
  return parseFragment(html)
    .childNodes.map((node) => ('value' in node ? node.value : '<element>'))
    .join('');
}
