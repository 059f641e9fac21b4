import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linkFormatFor, linkFormats } from '../../../src/documents/linkFormats';
import { awkwardAltText, awkwardPath } from './awkwardText';

/** What Markdown, HTML and AsciiDoc write is read back by their parsers in files of their own. */
describe('linkFormatFor', () => {
  it('knows a file by its extension when no extension for its language is installed', () => {
    assert.equal(linkFormatFor('plaintext', '/docs/guide.ADOC'), linkFormatFor('asciidoc'));
    assert.equal(linkFormatFor('plaintext', 'C:\\docs\\report.typ'), linkFormatFor('typst'));
  });

  it('heeds the language before the extension', () => {
    assert.equal(linkFormatFor('html', 'page.md'), linkFormatFor('html'));
    assert.equal(linkFormatFor('yaml', 'page.md').link('a.png', 'alt'), 'a.png');
    assert.equal(linkFormatFor('plaintext', 'notes').link('a.png', 'alt'), 'a.png');
  });
});

describe('the link of', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['restructuredtext', 'assets/fox.png', 'a fox', '.. image:: assets/fox.png\n   :alt: a fox'],
    ['restructuredtext', 'fox.png', '', '.. image:: fox.png'],
    [
      'restructuredtext',
      '我的 图片/a  b%_.png',
      '*a* `b` \\c: d',
      '.. image:: 我的\\ 图片/a\\ \\ b%_.png\n   :alt: *a* `b` \\c: d',
    ],
    ['restructuredtext', ':alt: a\\b.png', 'x', '.. image:: \\:alt:\\ a\\\\b.png\n   :alt: x'],
    ['latex', 'a/fox.png', 'a fox', '\\includegraphics[width=\\linewidth, alt={a fox}]{a/fox.png}'],
    [
      'latex',
      'my figs_1/50%#{a}  b.png',
      '50% of {a} & b_c #1 ~^\\ $5]',
      '\\includegraphics[width=\\linewidth, ' +
        'alt={50\\% of \\{a\\} \\& b\\_c \\#1 \\textasciitilde{}\\textasciicircum{}\\textbackslash{} \\$5]}]' +
        '{my figs_1/50\\string\\%\\string\\#\\string\\{a\\string\\} \\space b.png}',
    ],
    ['tex', '~tom/狐狸.png', '', '\\includegraphics[width=\\linewidth, alt={}]{./~tom/狐狸.png}'],
    ['typst', 'a b/#1.png', 'a "fox" \\', '#image("a b/#1.png", alt: "a \\"fox\\" \\\\")'],
    ['plaintext', 'a b/fox.png', 'a fox', 'a b/fox.png'],
    ['made-up-language', 'fox.png', 'a fox', 'fox.png'],
  ];
  for (const [languageId, path, altText, expected] of cases) {
    it(`${languageId} for ${path} with the text ${JSON.stringify(altText)}`, () => {
      assert.equal(linkFormatFor(languageId).link(path, altText), expected);
    });
  }
});

describe('every link format', () => {
  it('has languages that no other has', () => {
    const ids = linkFormats.flatMap(({ languageIds }) => languageIds);
    assert.deepEqual(ids, [...new Set(ids)]);
  });

  it('keeps Chinese paths and texts readable', () => {
    for (const { languageIds, link } of linkFormats) {
      const text = link('图片/狐狸.png', '雪地里的狐狸，水彩画');
      // A wiki has files, and no folders.
      const path = languageIds.includes('wikitext') ? '狐狸.png' : '图片/狐狸.png';
      assert.ok(text.includes(path), languageIds[0]);
      // Style sheets have no place for a text.
      if (!languageIds.includes('css')) {
        assert.ok(text.includes('雪地里的狐狸，水彩画'), languageIds[0]);
      }
    }
  });

  it('writes one line, but reStructuredText and Org two', () => {
    fc.assert(
      fc.property(awkwardPath, awkwardAltText, (path, altText) => {
        const withTwo = ['restructuredtext', 'org'];
        for (const { languageIds, link } of linkFormats) {
          const lines = link(path, altText).split('\n').length;
          const isTwo = withTwo.some((id) => languageIds.includes(id)) && altText !== '';
          assert.equal(lines, isTwo ? 2 : 1);
        }
      }),
    );
  });
});

describe('the Typst link', () => {
  it('has its path and text in strings of the language', () => {
    fc.assert(
      fc.property(awkwardPath, awkwardAltText, (path, altText) => {
        // Of the escapes in a string, only these two are needed, and JSON has the same.
        const match = /^#image\((".*"), alt: (".*")\)$/.exec(
          linkFormatFor('typst').link(path, altText),
        );
        const strings: unknown = JSON.parse(`[${match?.[1]}, ${match?.[2]}]`);
        assert.deepEqual(strings, [path, altText]);
      }),
    );
  });
});

describe('the LaTeX link', () => {
  it('has balanced braces and no character that acts, whatever the path and the text', () => {
    fc.assert(
      fc.property(awkwardPath, awkwardAltText, (path, altText) => {
        const link = linkFormatFor('latex').link(path, altText);
        const bare = link.replace(/\\[^a-z]|\\[a-z]+/g, '');
        assert.doesNotMatch(bare, /[%#\\]/);
        assert.match(bare, /^\[width=, alt=\{[^{}]*(?:\{\}[^{}]*)*\}\]\{[^{}]*\}$/);
        assert.doesNotMatch(bare.slice(0, bare.lastIndexOf('{')), /[&$_^~]/);
      }),
      { numRuns: 500 },
    );
  });
});
