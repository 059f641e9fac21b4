import assert from 'node:assert/strict';
import { findImageLinks, isLocalTarget } from '../../../../src/documents/imageLinks';

function found(languageId: string, text: string): [target: string, altText: string][] {
  return findImageLinks(text, languageId).map(({ target, altText }) => [target, altText]);
}

const cases: readonly (readonly [
  languageId: string,
  about: string,
  text: string,
  expected: readonly (readonly [string, string])[],
])[] = [
  [
    'html',
    'tags in any form',
    "<IMG\n SRC='a b.png' ALT=fox><img src=b.png/>",
    [
      ['a b.png', 'fox'],
      ['b.png/', ''],
    ],
  ],
  [
    'html',
    'no tags in scripts and comments',
    '<script>"<img src=a.png>"</SCRIPT><!-- <img src=b> --><img src=c>',
    [['c', '']],
  ],
  ['html', 'what is asked for', '<!-- TODO image: a fox --><img alt="x">', [['', 'a fox']]],
  ['html', 'an empty source', '<img src="" alt="A fox">', [['', 'A fox']]],
  [
    'vue',
    'no bound source',
    '<template><img :src="x" src="y.png"><img src="a.png"></template>',
    [['a.png', '']],
  ],
  [
    'typescriptreact',
    'strings in braces',
    '<img src={"a\\"b.png"} alt="x" onClick={() => { f("}") }} {...rest}/>',
    [['a"b.png', 'x']],
  ],
  [
    'typescriptreact',
    'no comments, no variables',
    '// <img src="a.png"/>\n/* <img src="b.png"/> */\n<img src={c}/>',
    [],
  ],
  [
    'typescriptreact',
    'imports',
    "import c from './c.png';\n<img src={c} alt='C'/><img src={c.src}/>",
    [
      ['./c.png', 'C'],
      ['./c.png', ''],
    ],
  ],
  [
    'latex',
    'options and breaks',
    '\\includegraphics*\n  [width=\\linewidth, alt={A {red} \\& fox}]%\n  {figs/fox}',
    [['figs/fox', 'A red & fox']],
  ],
  [
    'latex',
    'no comments',
    '% \\includegraphics{a}\n50\\% \\includegraphics{b} % \\includegraphics{c}\n\\includegraphics{d}',
    [
      ['b', ''],
      ['d', ''],
    ],
  ],
  [
    'latex',
    'no verbatim',
    '\\begin{verbatim}\\includegraphics{a}\\end{verbatim}\\includegraphics{b}',
    [['b', '']],
  ],
  ['latex', 'what is asked for', 'x % TODO image: a fox\n', [['', 'a fox']]],
  [
    'asciidoc',
    'blocks and words',
    'image::a b.png["A, b", 300]\nsee image:c.png[C,width=10] and \\image:d.png[D]',
    [
      ['a b.png', 'A, b'],
      ['c.png', 'C'],
    ],
  ],
  ['asciidoc', 'named texts', 'image::a.png[width=3, alt="x y"]', [['a.png', 'x y']]],
  [
    'asciidoc',
    'no listings or comments',
    '----\nimage::a.png[]\n----\n// image::b.png[]\n////\nimage::c.png[]\n////\nimage::d.png[]',
    [['d.png', '']],
  ],
  ['asciidoc', 'what is asked for', '// TODO image: a fox', [['', 'a fox']]],
  [
    'restructuredtext',
    'directives',
    '.. image:: a\\ b.png\n   :width: 3\n   :alt: A fox\n\n.. figure:: c.png\n\n   Text\n\n.. |x| image:: d.png\n',
    [
      ['a b.png', 'A fox'],
      ['c.png', ''],
      ['d.png', ''],
    ],
  ],
  [
    'restructuredtext',
    'no code',
    'So::\n\n  .. image:: a.png\n\n.. code-block:: rst\n\n   .. image:: b.png\n\n.. image:: c.png\n',
    [['c.png', '']],
  ],
  ['restructuredtext', 'what is asked for', '.. TODO image: a fox\n', [['', 'a fox']]],
  [
    'typst',
    'calls',
    '#figure(image("a b.png", width: 80%, alt: "A \\"fox\\""), caption: [x])\n#image("b.png")',
    [
      ['a b.png', 'A "fox"'],
      ['b.png', ''],
    ],
  ],
  [
    'typst',
    'no comments or raw text',
    '// image("a.png")\n/* image("b.png") */ `image("c.png")` ```\nimage("d.png")\n``` my-image("e.png")',
    [],
  ],
  ['typst', 'what is asked for', '// TODO image: a fox\n', [['', 'a fox']]],
  [
    'org',
    'links without a description',
    '#+ATTR_HTML: :alt A fox :width 3\n[[file:a b.png]]\n[[./c.png]] [[file:d.png][text]] [[file:e.org]]',
    [
      ['a b.png', 'A fox'],
      ['./c.png', ''],
    ],
  ],
  [
    'org',
    'no examples',
    '#+begin_src org\n[[file:a.png]]\n#+end_src\n[[file:b.png]]\n# TODO image: a fox\n',
    [
      ['b.png', ''],
      ['', 'a fox'],
    ],
  ],
  [
    'python',
    'what comments ask for',
    'x = 1  # TODO image: a fox\ny = "TODO image: no"\n# TODO(image): b\n',
    [
      ['', 'a fox'],
      ['', 'b'],
    ],
  ],
  [
    'c',
    'what comments ask for',
    '/* TODO image: a fox\n */\n// todo image: b',
    [
      ['', 'a fox'],
      ['', 'b'],
    ],
  ],
];

describe('the scanner finds', () => {
  for (const [languageId, about, text, expected] of cases) {
    it(`in ${languageId} ${about}`, () => {
      assert.deepEqual(found(languageId, text), expected);
    });
  }

  it('plain text by the extension of its file', () => {
    assert.equal(findImageLinks('image::a.png[]', 'plaintext', '/x/guide.adoc').length, 1);
    assert.equal(findImageLinks('image::a.png[]', 'plaintext', '/x/guide.txt').length, 0);
  });
});

describe('a target', () => {
  it('is local when a file can be told from it, or when there is none yet', () => {
    for (const target of ['', 'a.png', '../a b.png', '/img/a.png', 'C:/a.png', 'file:///a.png']) {
      assert.ok(isLocalTarget(target), target);
    }
    const others = [
      'https://x.example/a.png',
      '//x.example/a.png',
      'data:image/png;base64,AA',
      '{{ page.image }}',
      `\${x}/a.png`,
      '{imagesdir}/a.png',
      '@site/a.png',
      '<%= x %>',
    ];
    for (const target of others) assert.ok(!isLocalTarget(target), target);
  });
});
