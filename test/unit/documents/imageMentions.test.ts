import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MentionSearch } from '../../../src/documents/imageMentions';
import { linkFormats } from '../../../src/documents/linkFormats';
import { awkwardAltText, awkwardPath } from './awkwardText';

/** Which of the names a text mentions. */
function mentioned(names: readonly string[], text: string, fileName = 'page.md'): string[] {
  const search = new MentionSearch(names);
  search.read(text, fileName);
  return names.filter((name) => !search.unmentioned.has(name));
}

describe('mentions of images', () => {
  it('are file names, in any folder and any language', () => {
    const names = ['fox.png', 'owl.jpg', 'cat.webp'];
    assert.deepEqual(mentioned(names, '![a fox](../assets/fox.png)'), ['fox.png']);
    assert.deepEqual(mentioned(names, "import owl from '@/images/owl.jpg?raw';", 'a.ts'), [
      'owl.jpg',
    ]);
    assert.deepEqual(mentioned(names, 'background: url(cat.webp)', 'a.css'), ['cat.webp']);
    assert.deepEqual(mentioned(names, 'no image here; foxes, owl and cat.'), []);
  });

  it('are not the ends of longer names', () => {
    assert.deepEqual(mentioned(['fox.png'], '![](red-fox.png) ![](fox.pngx) redfox.png'), [
      'fox.png',
    ]);
    assert.deepEqual(mentioned(['fox.png'], '![](red-fox.png) redfox.png my_fox.png'), []);
    assert.deepEqual(mentioned(['狐狸.png'], '见狐狸.png'), ['狐狸.png']);
  });

  it('are found in another case, and however accents are composed', () => {
    assert.deepEqual(mentioned(['Éclair.PNG'], 'e\u0301clair.png'), ['Éclair.PNG']);
    assert.deepEqual(mentioned(['e\u0301clair.png'], 'ÉCLAIR.png'), ['e\u0301clair.png']);
  });

  it('are found percent-encoded, as entities and behind backslashes', () => {
    const names = ['雪 狐.png', 'a&b.png', 'a_b(1).png', '100%.png'];
    assert.deepEqual(mentioned(names, '<img src="%E9%9B%AA%20%E7%8B%90.png">'), ['雪 狐.png']);
    assert.deepEqual(mentioned(names, 'a&amp;b.png'), ['a&b.png']);
    assert.deepEqual(mentioned(names, '&#x96ea;&#32;狐.png'), ['雪 狐.png']);
    assert.deepEqual(mentioned(names, '{"source": "\\u96ea \\u72d0.png"}', 'a.ipynb'), [
      '雪 狐.png',
    ]);
    assert.deepEqual(mentioned(names, 'a\\_b\\(1\\).png'), ['a_b(1).png']);
    assert.deepEqual(mentioned(names, '![](100%.png) %zz'), ['100%.png']);
    assert.deepEqual(mentioned(names, '![](100%25.png)'), ['100%.png']);
  });

  it('have no extension in TeX, also where it is written in another language', () => {
    const names = ['fox.png', 'red fox.png'];
    assert.deepEqual(mentioned(names, '\\myfigure{img/fox}', 'a.tex'), ['fox.png']);
    assert.deepEqual(mentioned(names, '\\includegraphics{"red fox"}', 'a.Rmd'), ['red fox.png']);
    assert.deepEqual(mentioned(names, '\\foreach \\n in {owl,fox}', 'a.tex'), ['fox.png']);
    assert.deepEqual(mentioned(names, 'a fox in { fox }', 'a.md'), []);
  });

  it('have a star for an extension in reStructuredText', () => {
    assert.deepEqual(mentioned(['fox.png', 'x.png'], '.. image:: img/fox.*', 'a.rst'), ['fox.png']);
  });

  it('count for all images of that name', () => {
    const search = new MentionSearch(['fox.png', 'FOX.png', 'owl.png']);
    search.read('fox.png', 'a.md');
    assert.deepEqual([...search.unmentioned], ['owl.png']);
  });

  for (const { languageIds, link } of linkFormats) {
    it(`are found as Easel writes them: ${languageIds[0]}`, () => {
      fc.assert(
        fc.property(awkwardPath, awkwardAltText, (path, altText) => {
          const name = path.slice(path.lastIndexOf('/') + 1);
          const text = `before\n${link(path, altText)}\nafter`;
          assert.deepEqual(mentioned([name], text, 'page.txt'), [name]);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('are found in one go for many names and many texts', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `a-picture-of-${index}.png`);
    const search = new MentionSearch(names);
    const filler = 'Some text with a link to [another page](page.md) and so on.\n'.repeat(160);
    for (let file = 0; file < 400; file++) {
      search.read(`${filler}![](img/a-picture-of-${file}.png)\n${filler}`, 'page.md');
    }
    assert.equal(search.unmentioned.size, 1600);
  });
});
