import assert from 'node:assert/strict';
import {
  freeName,
  identifierFor,
  importEdit,
  importedName,
  moduleSpecifier,
} from '../../../src/documents/jsxImport';

describe('the name of an imported image', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['assets/fox.png', 'fox'],
    ['red-fox_in snow (1).png', 'redFoxInSnow1'],
    ['狐狸 雪.png', '狐狸雪'],
    ['2024-fox.png', 'image2024Fox'],
    ['🦊.png', 'image'],
    ['class.png', 'classImage'],
    ['React.png', 'react'],
    ['$.png', '$'],
  ];
  for (const [path, name] of cases) {
    it(`${path} is ${name}`, () => {
      assert.equal(identifierFor(path), name);
    });
  }

  it('has a number where the file has it already', () => {
    assert.equal(freeName('const fox = 1;', 'a/fox.png', new Set()), 'fox2');
    assert.equal(freeName('const fox = fox2;', 'a/fox.png', new Set(['fox3'])), 'fox4');
    assert.equal(freeName('const foxes = 1;', 'a/fox.png', new Set()), 'fox');
  });

  it('is the one that the file is imported under already', () => {
    const text = 'import a from "./a.png";\nimport b from \'../b.png\'\n';
    assert.equal(importedName(text, './a.png'), 'a');
    assert.equal(importedName(text, '../b.png'), 'b');
    assert.equal(importedName(text, './b.png'), undefined);
  });

  it('comes from a path that starts with a dot', () => {
    assert.deepEqual(['a.png', './a.png', '../a.png', '.a/b.png'].map(moduleSpecifier), [
      './a.png',
      './a.png',
      '../a.png',
      './.a/b.png',
    ]);
  });
});

describe('an import', () => {
  const put = (text: string): string => {
    const edit = importEdit(text, 'fox', './fox.png');
    return text.slice(0, edit.offset) + edit.text + text.slice(edit.offset);
  };
  const line = "import fox from './fox.png';";
  const cases: readonly (readonly [string, string, string])[] = [
    ['at the top of an empty file', '', `${line}\n\n`],
    ['before code', 'const a = 1;\n', `${line}\n\nconst a = 1;\n`],
    [
      'behind the last import, in its style',
      "import a from 'a'\nimport {\n  b,\n} from 'b'\n\nf()\n",
      "import a from 'a'\nimport {\n  b,\n} from 'b'\nimport fox from './fox.png'\n\nf()\n",
    ],
    [
      'with the quotation marks of the others',
      'import "a.css";\nf();\n',
      'import "a.css";\nimport fox from "./fox.png";\nf();\n',
    ],
    ['below a directive', "'use client';\nf();\n", `'use client';\n${line}\n\nf();\n`],
    ['below the file’s own comment', '// (c) us\n\nf();\n', `// (c) us\n${line}\n\nf();\n`],
    ['above the comment of a function', '/** f */\nf();\n', `${line}\n\n/** f */\nf();\n`],
    ['below front matter', '---\ntitle: x\n---\n\n# A\n', `---\ntitle: x\n---\n${line}\n\n# A\n`],
    [
      'behind a comment on the last import’s line',
      "import a from 'a'; // why\nf();\n",
      `import a from 'a'; // why\n${line}\nf();\n`,
    ],
    [
      'in files of Windows',
      "import a from 'a';\r\nf();\r\n",
      `import a from 'a';\r\n${line}\r\nf();\r\n`,
    ],
    ['not behind a dynamic one', "import('a');\n", `${line}\n\nimport('a');\n`],
  ];
  for (const [name, before, after] of cases) {
    it(`goes ${name}`, () => {
      assert.equal(put(before), after);
    });
  }
});
