import assert from 'node:assert/strict';
import { findImageLinks } from '../../../src/documents/imageLinks';
import { proposePrompt } from '../../../src/documents/proposedPrompt';

/** For the first image of a text. */
function proposal(text: string, languageId = 'markdown'): string {
  const [link] = findImageLinks(text, languageId);
  assert.ok(link, text);
  return proposePrompt(text, link, languageId);
}

describe('the prompt proposed for a link', () => {
  it('is the alternative text alone where that describes something', () => {
    assert.equal(proposal('# Foxes\n\n![A red fox in snow](a.png)'), 'A red fox in snow');
    assert.equal(proposal('# 狐狸\n\n![雪地里的狐狸](a.png)'), '雪地里的狐狸');
  });

  it('is what a comment asks for', () => {
    assert.equal(proposal('# Foxes\n\n<!-- TODO image: fox -->'), 'fox');
  });

  it('has the words of the file name, but for those that say nothing', () => {
    assert.equal(proposal('![](img/hero-red-fox.png)'), 'hero red fox');
    assert.equal(proposal('![](redFox_02.png)'), 'red Fox');
    for (const name of ['image1', 'img_001', 'screenshot', '截图']) {
      assert.equal(proposal(`![](${name}.png)`), '', name);
    }
  });

  it('has the nearest heading above and the paragraph of the link, without markup', () => {
    const text =
      '# Other\n\nOther text here.\n\n## Red *foxes*\n\nThey **live** in the [forest](a.md) with `code`.\n\n![Fox](x.png)\n';
    assert.equal(proposal(text), 'Fox. Red foxes. They live in the forest with code.');
  });

  it('takes the paragraph below where there is none above, and none from another section', () => {
    assert.equal(
      proposal('## Foxes\n\n![Fox](x.png)\n\nThey live in the forest.\n'),
      'Fox. Foxes. They live in the forest.',
    );
    assert.equal(
      proposal(
        'About something else entirely.\n\n## Foxes\n\n![Fox](x.png)\n\n## Bears\n\nBears sleep in winter.\n',
      ),
      'Fox. Foxes',
    );
  });

  it('says nothing twice, and takes a few words for enough', () => {
    assert.equal(proposal('---\ntitle: Kites\nimage: kites.png\n---\n\n# Kites\n'), 'Kites');
    assert.equal(proposal('# The workshop\n\n![a red kite]()\n'), 'a red kite');
    assert.equal(proposal('# Narrow\n\n![](b.png)\n'), 'Narrow');
  });

  it('has nothing that only names things, and signs as they are read', () => {
    const latex =
      '\\section{Kites}\n\\begin{figure}[h]\n\\includegraphics[width=3cm]{reel}\n\\label{fig:reel}\nA long tail\n\\end{figure}\n\n\\includegraphics{harbour}\n';
    const [, harbour] = findImageLinks(latex, 'latex');
    assert.ok(harbour);
    assert.equal(proposePrompt(latex, harbour, 'latex'), 'harbour. Kites. A long tail');
    const html = '<h2>Kites &amp; wind</h2>\n<p>Long tails &lt; kites.</p>\n<img src="meadow.png">';
    assert.equal(proposal(html, 'html'), 'meadow. Kites & wind. Long tails < kites.');
    assert.equal(
      proposal('# Kites\n\n![](kite.png)\n\n{/* a note for later readers */}\n', 'mdx'),
      'kite. Kites',
    );
  });

  it('stays in the language of the text', () => {
    const text = '## 狐狸\n\n它们生活在森林里，夜里出来。\n\n![狐](x.png)\n';
    assert.equal(proposal(text), '狐。狐狸。它们生活在森林里，夜里出来。');
  });

  it('has at most 300 characters of a paragraph, up to the end of a sentence', () => {
    const text = `${'Foxes live in the forest. '.repeat(40)}\n\n![x](x.png)\n`;
    const proposed = proposal(text);
    assert.ok(proposed.length <= 310 && proposed.endsWith('forest.'), proposed);
  });

  const languages: readonly (readonly [string, string])[] = [
    [
      'html',
      '<h2 class="a">Foxes</h2>\n\n<p>They live in the forest.</p>\n\n<img src="x.png" alt="Fox">',
    ],
    ['asciidoc', '== Foxes\n\nThey live in the forest.\n\nimage::x.png[Fox]'],
    [
      'restructuredtext',
      'Foxes\n=====\n\nThey live in the forest.\n\n.. image:: x.png\n   :alt: Fox\n',
    ],
    [
      'latex',
      '\\section{Foxes}\n\nThey \\emph{live} in the forest.\n\n\\includegraphics[alt={Fox}]{x.png}',
    ],
    ['typst', '== Foxes\n\nThey live in the forest.\n\n#image("x.png", alt: "Fox")'],
    ['org', '* Foxes\n\nThey live in the forest.\n\n#+ATTR_HTML: :alt Fox\n[[file:x.png]]'],
  ];
  for (const [languageId, text] of languages) {
    it(`knows the headings and paragraphs of ${languageId}`, () => {
      assert.equal(proposal(text, languageId), 'Fox. Foxes. They live in the forest.');
    });
  }

  it('comes soon, whatever stands around', function () {
    this.timeout(30_000);
    for (const part of [
      '![',
      '<!--',
      '<h1',
      'image:[',
      '[',
      '[a](',
      '\\a[',
      '*',
      '```\n',
      '\n',
      'a\n=',
    ]) {
      const around = part.repeat(20_000 / part.length);
      const text = `${around}\n\n![x](a.png) ${around}`;
      const start = text.indexOf('![x](a.png)');
      const link = {
        kind: 'link' as const,
        ...{ start, end: start + 11, altText: 'x' },
        ...{ targetStart: start + 5, targetEnd: start + 10, target: 'a.png' },
      };
      // As often as there are links in a long document; from every bracket to the end would take minutes.
      for (let time = 0; time < 20; time++) proposePrompt(text, link, 'html');
    }
  });

  it('keeps up with headings that nobody writes', () => {
    const before = `# A fox${' #'.repeat(9000)} x\n\n`;
    const link = { kind: 'link', target: '', altText: '', targetStart: 0, targetEnd: 0 } as const;
    const place = { ...link, start: before.length, end: before.length };
    // Of these each would take a second.
    for (let count = 0; count < 40; count++) {
      assert.equal(proposePrompt(before, place, 'markdown').startsWith('A fox'), true);
    }
  });
});
