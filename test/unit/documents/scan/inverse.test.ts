import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import { findImageLinks, languagesWithImages } from '../../../../src/documents/imageLinks';
import { linkFormatFor, linkFormats } from '../../../../src/documents/linkFormats';
import { awkwardAltText, awkwardPath } from '../awkwardText';

/** What TeX's file search reads its own way, and in Org what stands for a search in the file or is a backslash. */
function isOutOfReach(languageId: string, path: string): boolean {
  if (languageId === 'org') return /::|\\/.test(path);
  return languageId === 'latex' && /["$~]|\{.*,.*\}/.test(path);
}

describe('the scanner reads back what the link format writes:', () => {
  const languages = linkFormats
    .flatMap(({ languageIds }) => languageIds.slice(0, 1))
    .filter((id) => languagesWithImages.includes(id));
  for (const languageId of languages) {
    it(languageId, () => {
      const { link } = linkFormatFor(languageId);
      fc.assert(
        fc.property(awkwardPath, awkwardAltText, (path, altText) => {
          fc.pre(!isOutOfReach(languageId, path));
          const text = `Some text\n\n${link(path, altText)}\n\nmore text\n`;
          const found = findImageLinks(text, languageId);
          assert.equal(found.length, 1, text);
          assert.equal(posix.normalize(found[0]?.target ?? ''), posix.normalize(path), text);
          assert.equal(found[0]?.altText, altText, text);
          // Org has the alternative text in a line before.
          assert.ok(link(path, altText).endsWith(text.slice(found[0]?.start, found[0]?.end)));
        }),
        { numRuns: 1000 },
      );
    });
  }
});
