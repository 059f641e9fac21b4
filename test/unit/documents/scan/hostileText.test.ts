import assert from 'node:assert/strict';
import { asciidocImagesDirectory } from '../../../../src/documents/formats/asciidoc';
import { latexRootFolder } from '../../../../src/documents/formats/latex';
import { findImageLinks } from '../../../../src/documents/imageLinks';

const parts = [
  ...[
    '![',
    '[',
    ']',
    '![](',
    '![](<',
    '![a](b "',
    "![a](b '",
    '![](((',
    '![a](x',
    '![a][',
    '![a]',
    '[a]: ',
  ],
  ...[
    '`',
    '`` ',
    '\\',
    '*a ',
    '_',
    '|',
    '| ',
    '|1 ',
    '&#1',
    '%',
    '%E0',
    '> ',
    '- ',
    '1. ',
    '#',
    '    ',
    '\t',
  ],
  ...[
    '<',
    '<!--',
    'a <!--',
    '<!-- x',
    '-->',
    '<img ',
    '<img a="',
    "<img a='",
    '<img src=',
    '<Image a={',
    '<pre>',
  ],
  ...[
    '<script>',
    '<img a=b ',
    '{/*',
    '/*',
    '//',
    '<p>',
    '</p>',
    'TODO image:',
    '/* TODO image:',
    '// TODO image: x',
  ],
  ...[
    'image:',
    'image::',
    'image:x[',
    'image:x',
    'image::x[]',
    '----',
    '++++',
    ':imagesdir: x',
    '.. image:: x',
    '.. ',
  ],
  ...[
    '::',
    ' :alt: x',
    '\\includegraphics',
    '\\includegraphics[',
    '\\includegraphics{',
    '\\begin{verbatim}',
    '{',
    '%',
  ],
  ...[
    'image(',
    'image("',
    'image("a"',
    'image("a",',
    '"',
    '[[',
    '[[file:',
    '[[./a.png]]',
    '#+caption: x',
    '#+begin_src',
  ],
  ...[
    '---',
    '+++',
    'image: ',
    'cover:',
    'image: a.png',
    '  image: "a.png#',
    'title: x',
    'alt: x',
    '~~~',
    '```',
    '\n',
    ' ',
    'x',
    '狐',
  ],
];
const languages = [
  ...[
    'markdown',
    'mdx',
    'html',
    'typescriptreact',
    'latex',
    'asciidoc',
    'restructuredtext',
    'typst',
    'org',
    'python',
  ],
];

/** What grows with the square of this takes minutes. */
const length = 60_000;

describe('the scanner keeps up with texts that nobody writes', () => {
  for (const languageId of languages) {
    it(`in ${languageId}`, function () {
      this.timeout(60_000);
      for (const part of parts) {
        for (const between of ['', '\n', '\n\n']) {
          const text = (part + between).repeat(Math.ceil(length / (part + between).length));
          const links = findImageLinks(text, languageId);
          assert.ok(links.length <= length);
          findImageLinks(`---\n${text}`, languageId, '', { start: length - 10, end: length });
          findImageLinks(`---\n${text}\n---\n`, languageId);
        }
      }
    });
  }

  it('in fields with long gaps', () => {
    const gap = ' '.repeat(4 * length);
    for (const line of [`image: a${gap}a`, `image:${gap}\ra`, `alt: a${gap}\ra`]) {
      findImageLinks(`---\n${line}\n---\n`, 'markdown');
    }
  });

  it('in what moves the folder of the images', () => {
    const gap = ' '.repeat(4 * length);
    const last = ':imagesdir: last';
    assert.equal(asciidocImagesDirectory(`:imagesdir: a${gap}a\n${last}`), 'last');
    for (const line of [`% !TEX root = a${gap}a/b`, `% !TEX root =${gap}\n`, `%${gap}a`]) {
      latexRootFolder(line);
    }
  });
});
