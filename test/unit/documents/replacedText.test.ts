import assert from 'node:assert/strict';
import { type NewTarget, newTarget } from '../../../src/documents/replacedText';

const link: NewTarget = {
  ...{ raw: '', before: '![a](', after: ')', name: 'a.png', encoded: 'img/a.png' },
  isInFolder: true,
};

describe('what is to name an image in a link', () => {
  it('stays where folder and name are right', () => {
    assert.equal(newTarget({ ...link, raw: './img/a.png' }), './img/a.png');
  });

  it('gets another extension where that alone differs', () => {
    assert.equal(newTarget({ ...link, raw: './img/a.jpg' }), './img/a.png');
  });

  it('is another path where the image lies in another folder', () => {
    assert.equal(newTarget({ ...link, raw: 'a.png', isInFolder: false }), 'img/a.png');
  });

  /** A link's text before the path, the path, the one to come, and the text with it. */
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['image::', '', 'a.png', 'image::a.png'],
    ['image:', '', 'a.png', 'image:a.png'],
    ['.. image::', '', 'a.png', '.. image:: a.png'],
    ['.. |fox| image::', '', 'a.png', '.. |fox| image:: a.png'],
    ['.. image:: ', '', 'a.png', '.. image:: a.png'],
    ['[[', './b.png', 'file:a.png', '[[file:a.png'],
    ['[[file:', 'b.png', 'file:a.png', '[[file:a.png'],
    ['[[file://', '/b.png', 'file:/a.png', '[[file:///a.png'],
    ['[[attachment:', 'b.png', 'file:a.png', '[[attachment:a.png'],
    ["import a from '", './b.png', 'a.png', "import a from './a.png"],
    ["import a from '", './b.png', 'C:/a.png', "import a from 'C:/a.png"],
  ];
  for (const [before, raw, encoded, expected] of cases) {
    it(`is written as the language wants it behind "${before}${raw}", ${encoded}`, () => {
      assert.equal(before + newTarget({ ...link, before, raw, encoded }), expected);
    });
  }
});

describe('what is to name an image in a front matter', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['image:', 'a.png', 'image: a.png'],
    ['image: ', 'a.png', 'image: a.png'],
    ['image: ', '狐狸.png', 'image: 狐狸.png'],
    ['image: ', '../a.png', 'image: ../a.png'],
    ['image:', '@fox/a.png', 'image: "@fox/a.png"'],
    ['image: ', '%23a.png', 'image: "%23a.png"'],
    ['image: ', '-a.png', 'image: "-a.png"'],
    ['- image: ', '*a.png', '- image: "*a.png"'],
    ['image: "', '@a.png', 'image: "@a.png'],
    ["image: '", '@a.png', "image: '@a.png"],
    ['image =', 'a.png', 'image = "a.png"'],
    ['image = ', 'a.png', 'image = "a.png"'],
    ['image = "', 'a.png', 'image = "a.png'],
  ];
  for (const [before, encoded, expected] of cases) {
    it(`is a string of YAML or TOML behind "${before}", ${encoded}`, () => {
      const field = { ...link, after: '', before, encoded, isField: true };
      assert.equal(before + newTarget(field), expected);
    });
  }

  it('keeps its distance from a comment', () => {
    const field = { ...link, before: 'image: ', after: '# the hero', isField: true };
    assert.equal(newTarget(field), 'img/a.png ');
  });

  it('is quoted with what the path begins with by then', () => {
    const field = { ...link, before: 'image: ', raw: './b.png', encoded: '@a.png', isField: true };
    assert.equal(newTarget({ ...field, after: '' }), './@a.png');
  });
});
