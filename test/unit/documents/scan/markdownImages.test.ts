import assert from 'node:assert/strict';
import { findImageLinks } from '../../../../src/documents/imageLinks';

function found(text: string, languageId = 'markdown'): [target: string, altText: string][] {
  return findImageLinks(text, languageId).map(({ target, altText }) => [target, altText]);
}

describe('the images of a Markdown text', () => {
  it('are those with a target in parentheses, whatever its form', () => {
    assert.deepEqual(found('a ![one](a.png) b ![two](<b c.png> "Title") ![](d(1).png \'t\')'), [
      ['a.png', 'one'],
      ['b c.png', 'two'],
      ['d(1).png', ''],
    ]);
    assert.deepEqual(found('![x](a%20b.png?raw=true#only-dark) ![y](50%25%E7%8B%90.png)'), [
      ['a b.png', 'x'],
      ['50%狐.png', 'y'],
    ]);
    assert.deepEqual(found('![a](a.png =300x200) ![b|300](b.png) ![c](\\(c\\).png){width=50%}'), [
      ['a.png', 'a'],
      ['b.png', 'b'],
      ['(c).png', 'c'],
    ]);
  });

  it('may have no target yet', () => {
    const [link] = findImageLinks('![a red fox]()', 'markdown');
    assert.deepEqual(link, {
      ...{ kind: 'link', start: 0, end: 14, targetStart: 13, targetEnd: 13 },
      ...{ target: '', altText: 'a red fox' },
    });
    assert.equal(found('![a](<>)').length, 1);
  });

  it('may have their target in a definition, of which the first counts', () => {
    const text =
      '![A fox][Fox]\n![fox][]\n![FOX]\n![none][no]\n\n[fox]: <a b.png> "t"\n[fox]: c.png\n';
    assert.deepEqual(found(text), [
      ['a b.png', 'A fox'],
      ['a b.png', 'fox'],
      ['a b.png', 'FOX'],
    ]);
    const [link] = findImageLinks(text, 'markdown');
    assert.equal(text.slice(link?.targetStart, link?.targetEnd), 'a b.png');
  });

  it('are found from their definition, too', () => {
    const text = `![fox]\n\n${'text\n\n'.repeat(100)}[fox]: a.png\n`;
    const range = { start: text.length - 3, end: text.length - 3 };
    assert.equal(findImageLinks(text, 'markdown', '', range).length, 1);
  });

  it('are found in links, lists, tables, quotations and headings', () => {
    const text = [
      '# ![a](a.png)',
      '[![b](b.png)](https://x.example)',
      '- item',
      '',
      '    ![c](c.png)',
      '  * ![d](d.png)',
      '> quoted ![e](e.png)',
      '',
      '| ![f](f.png) | x |',
      '|---|---|',
      '1. ![g](g.png)',
    ].join('\n');
    assert.deepEqual(
      found(text).map(([target]) => target),
      ['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png', 'g.png'],
    );
  });

  it('are not in code, comments or escapes', () => {
    const texts = [
      '```md\n![a](a.png)\n```',
      '~~~\n![a](a.png)\n```\n![a](a.png)',
      '- x\n  ```\n  ![a](a.png)\n  ```',
      '> ```\n> ![a](a.png)\n> ```',
      'text\n\n    ![a](a.png)',
      '`![a](a.png)` and ``x ` ![a](a.png)``',
      '<!-- ![a](a.png) -->',
      'x <!-- ![a](a.png) --> y',
      '<pre>\n![a](a.png)\n\n![a](a.png)</pre>',
      '\\![a](a.png)',
    ];
    for (const text of texts) assert.deepEqual(found(text), [], text);
    assert.equal(found('```\ncode\n```\n![a](a.png)').length, 1);
    assert.equal(found('> ```\n> code\n\n![a](a.png)').length, 1);
    assert.equal(found('a ` b ![a](a.png)\n\nc ` d').length, 1);
    assert.equal(found('text\n    ![a](a.png)').length, 1);
  });

  it('are plain in their alternative text', () => {
    assert.deepEqual(found('![*A* **red** `fox`, &amp; \\*so\\* [on](x) snake_case](a.png)'), [
      ['a.png', 'A red fox, & *so* on snake_case'],
    ]);
    assert.deepEqual(found('![a ![b](b.png) c](a.png)'), [['a.png', 'a b c']]);
  });

  it('may be tags', () => {
    const text =
      '<p>\n<img alt="a &quot;b&quot;"\n  src="a&amp;b%20.png" />\n</p>\n\ntext <IMG src=b.png>';
    assert.deepEqual(found(text), [
      ['a&b .png', 'a "b"'],
      ['b.png', ''],
    ]);
    assert.deepEqual(found('<div>\n![a](a.png)\n\n![b](b.png)\n</div>'), [['b.png', 'b']]);
  });

  it('may be asked for by a comment', () => {
    const text = 'x <!-- TODO image: a red fox -->\n\n<!--\nTODO(image): two\nlines\n-->\n';
    const links = findImageLinks(text, 'markdown');
    assert.deepEqual(
      links.map(({ kind, altText }) => [kind, altText]),
      [
        ['todo', 'a red fox'],
        ['todo', 'two lines'],
      ],
    );
    assert.equal(text.slice(links[0]?.start, links[0]?.end), '<!-- TODO image: a red fox -->');
    assert.deepEqual(found('```\n<!-- TODO image: x -->\n```\n<!-- TODO: image -->'), []);
  });

  it('may be tags with braces in MDX, where four blanks mean nothing', () => {
    const text =
      "import fox from './fox.png'\n\n    ![a](a.png)\n\n<Image src={fox} alt=\"A fox\" />\n<img src={'b.png'} alt={`b`}/>\n{/* TODO image: c */}\n";
    assert.deepEqual(found(text, 'mdx'), [
      ['a.png', 'a'],
      ['./fox.png', 'A fox'],
      ['b.png', 'b'],
      ['', 'c'],
    ]);
  });

  it('are those that touch a range', () => {
    const text = '![a](a.png) ![b](b.png)\n\n![c](c.png)';
    const at = (offset: number): string[] =>
      findImageLinks(text, 'markdown', '', { start: offset, end: offset }).map(
        (link) => link.target,
      );
    assert.deepEqual(at(3), ['a.png']);
    assert.deepEqual(at(15), ['b.png']);
    assert.deepEqual(at(text.length), ['c.png']);
    assert.deepEqual(at(24), []);
  });
});

describe('the fields of a front matter', () => {
  it('name images, quoted or not, nested or empty', () => {
    const text = [
      '---',
      'title: "About foxes"',
      'image: /img/a b.png # comment',
      "thumbnail: 'it''s.png'",
      'banner:',
      'cover:',
      '  image: "c%20d.jpg"',
      '  alt: A red fox',
      'hero: true',
      'og_image: [a.png]',
      '---',
      '![x](x.png)',
    ].join('\n');
    const links = findImageLinks(text, 'markdown');
    assert.deepEqual(
      links.map(({ kind, target, altText }) => [kind, target, altText]),
      [
        ['field', '/img/a b.png', 'About foxes'],
        ['field', "it's.png", 'About foxes'],
        ['field', '', 'About foxes'],
        ['field', 'c d.jpg', 'A red fox'],
        ['link', 'x.png', 'x'],
      ],
    );
    assert.equal(text.slice(links[1]?.targetStart, links[1]?.targetEnd), "it''s.png");
  });

  it('may be TOML', () => {
    assert.deepEqual(found('+++\ntitle = "T"\nfeatured_image = \'a.png\'\n+++\ntext'), [
      ['a.png', 'T'],
    ]);
  });

  it('are none in a text that only begins with a line', () => {
    assert.deepEqual(found('---\n\nimage: a.png\n'), []);
  });
});
