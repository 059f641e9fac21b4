import assert from 'node:assert/strict';
import { type InsertionPlace, insertionText } from '../../../src/documents/insertionText';
import { linkFormatFor } from '../../../src/documents/linkFormats';

/** Puts links into a text whose cursor is the `^`, as the editor would. */
function insert(
  languageId: string,
  place: InsertionPlace,
  text: string,
  links: readonly string[] = ['[image]'],
): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(eol);
  const index = lines.findIndex((line) => line.includes('^'));
  const [before = '', after = ''] = lines[index]?.split('^') ?? [];
  const line = { before, after, lineAbove: lines[index - 1], lineBelow: lines[index + 1] };
  const insertion = insertionText(linkFormatFor(languageId), links, place, line, eol);
  const replaced = {
    point: before + insertion.text + after,
    lineStart: insertion.text + before + after,
    lineEnd: before + after + insertion.text,
    wholeLine: insertion.text,
  };
  lines[index] = replaced[insertion.at];
  return lines.join(eol);
}

describe('a link at the cursor', () => {
  it('stands between the words in inline languages', () => {
    assert.equal(insert('markdown', 'cursor', 'one ^two'), 'one [image]two');
    assert.equal(insert('html', 'cursor', 'a\n  ^\nb'), 'a\n  [image]\nb');
    assert.equal(insert('plaintext', 'cursor', '^'), '[image]');
  });

  it('is parted from its siblings by spaces in a text, and by lines on an empty line', () => {
    assert.equal(insert('markdown', 'cursor', 'a ^ b', ['[1]', '[2]']), 'a [1] [2] b');
    assert.equal(insert('markdown', 'cursor', '- a\n  ^\n', ['[1]', '[2]']), '- a\n  [1]\n  [2]\n');
    assert.equal(insert('markdown', 'cursor', 'a\r\n^', ['[1]', '[2]']), 'a\r\n[1]\r\n[2]');
  });

  it('has a line of its own in LaTeX and Typst', () => {
    const figure = '\\begin{figure}\n  ^\n\\end{figure}';
    assert.equal(insert('latex', 'cursor', figure), figure.replace('^', '[image]'));
    assert.equal(insert('latex', 'cursor', 'one ^two\nthree'), 'one two\n[image]\nthree');
    assert.equal(insert('typst', 'cursor', '  ^one', ['[1]', '[2]']), '  [1]\n  [2]\n  one');
    assert.equal(insert('typst', 'cursor', 'one^'), 'one\n[image]');
  });

  it('has blank lines around it in AsciiDoc and reStructuredText, and never two', () => {
    for (const languageId of ['asciidoc', 'restructuredtext']) {
      assert.equal(insert(languageId, 'cursor', '^'), '[image]');
      assert.equal(insert(languageId, 'cursor', 'a\n^\nb'), 'a\n\n[image]\n\nb');
      assert.equal(insert(languageId, 'cursor', 'a\n\n^\n\nb'), 'a\n\n[image]\n\nb');
      assert.equal(insert(languageId, 'cursor', 'a^\nb'), 'a\n\n[image]\n\nb');
      assert.equal(insert(languageId, 'cursor', 'a\n^b'), 'a\n\n[image]\n\nb');
      assert.equal(insert(languageId, 'cursor', '^b'), '[image]\n\nb');
      assert.equal(insert(languageId, 'cursor', 'a ^b\n'), 'a b\n\n[image]\n');
      assert.equal(insert(languageId, 'cursor', 'a\r\n^\r\nb'), 'a\r\n\r\n[image]\r\n\r\nb');
      assert.equal(insert(languageId, 'cursor', '^', ['[1]', '[2]']), '[1]\n\n[2]');
    }
  });

  it('is indented like its line, on every line of it, but not in AsciiDoc', () => {
    const rst = insert('restructuredtext', 'cursor', '- a\n\n  ^\n', ['.. image:: x\n   :alt: y']);
    assert.equal(rst, '- a\n\n  .. image:: x\n     :alt: y\n');
    assert.equal(insert('asciidoc', 'cursor', '* a\n\n  ^\n'), '* a\n\n[image]\n');
  });
});

describe('a link below a selection', () => {
  it('is a paragraph of its own in every language', () => {
    for (const languageId of ['markdown', 'html', 'latex', 'asciidoc', 'plaintext']) {
      assert.equal(insert(languageId, 'belowSelection', 'a fox^ runs'), 'a fox runs\n\n[image]');
      assert.equal(insert(languageId, 'belowSelection', 'a^\nb'), 'a\n\n[image]\n\nb');
      assert.equal(insert(languageId, 'belowSelection', 'a^\n\nb'), 'a\n\n[image]\n\nb');
      assert.equal(insert(languageId, 'belowSelection', 'a^\n'), 'a\n\n[image]\n');
      assert.equal(insert(languageId, 'belowSelection', '^a\r\nb'), 'a\r\n\r\n[image]\r\n\r\nb');
    }
  });

  it('takes the place of a blank line', () => {
    assert.equal(insert('markdown', 'belowSelection', 'a\n^\nb'), 'a\n\n[image]\n\nb');
    assert.equal(insert('markdown', 'belowSelection', 'a\n\n  ^\n\nb'), 'a\n\n  [image]\n\nb');
  });

  it('stands in one paragraph with its siblings in inline languages', () => {
    assert.equal(
      insert('markdown', 'belowSelection', '  a^', ['[1]', '[2]']),
      '  a\n\n  [1]\n  [2]',
    );
  });
});
