import assert from 'node:assert/strict';
import {
  commentSyntaxes,
  dataSyntaxes,
  isInCommentOrString,
} from '../../../../src/documents/formats/commentSyntaxes';
import { linkFormatFor, linkFormats } from '../../../../src/documents/linkFormats';

describe('an image in code', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['typescript', '// image: assets/fox.png – a fox'],
    ['python', '# image: assets/fox.png – a fox'],
    ['sql', '-- image: assets/fox.png – a fox'],
    ['clojure', '; image: assets/fox.png – a fox'],
    ['erlang', '% image: assets/fox.png – a fox'],
    ['ocaml', '(* image: assets/fox.png – a fox *)'],
    ['vb', "' image: assets/fox.png – a fox"],
    ['yaml', 'assets/fox.png'],
    ['json', 'assets/fox.png'],
  ];
  for (const [languageId, expected] of cases) {
    it(`of ${languageId} is ${expected}`, () => {
      assert.equal(linkFormatFor(languageId).link('assets/fox.png', 'a fox'), expected);
    });
  }

  it('is one line that its comment does not end, whatever the text', () => {
    for (const [languageId, { line, block }] of Object.entries(commentSyntaxes)) {
      const text = linkFormatFor(languageId).comment('a\nb */ *) ]] -} } \\');
      assert.ok(!/\n|\\$/.test(text), languageId);
      if (!line && block) assert.equal(text.indexOf(block[1]), text.length - block[1].length);
    }
  });

  it('is of a language that no row has', () => {
    const known = new Set(linkFormats.flatMap(({ languageIds }) => languageIds));
    for (const id of Object.keys({ ...commentSyntaxes, ...dataSyntaxes })) {
      assert.ok(!known.has(id), id);
    }
  });
});

describe('a place in code', () => {
  const isInside = (languageId: string, text: string): boolean => {
    const syntax = commentSyntaxes[languageId];
    assert.ok(syntax);
    return isInCommentOrString(text, syntax);
  };

  it('is within a comment or a string that is open there', () => {
    assert.ok(isInside('typescript', 'f(); // see '));
    assert.ok(isInside('typescript', 'f(); /* see\n'));
    assert.ok(isInside('typescript', "const path = '"));
    assert.ok(isInside('typescript', 'const text = `a\nb'));
    assert.ok(isInside('python', 'def f():\n  """See\n\n  '));
    assert.ok(isInside('python', 'x = 1 # see '));
    assert.ok(isInside('haskell', 'x = 1 {- see '));
  });

  it('is outside where it is closed, or its line has ended', () => {
    assert.ok(!isInside('typescript', "f(\"// a\"); g('\\''); /* b */ "));
    assert.ok(!isInside('typescript', '// see\n'));
    assert.ok(!isInside('typescript', "// don't\nf("));
    assert.ok(!isInside('c', "char c = '\"';\n"));
    assert.ok(!isInside('rust', "fn f<'a>(x: &'a str) {\n"));
    assert.ok(!isInside('shellscript', 'echo $# $x#y '));
    assert.ok(!isInside('python', '"""See"""\n'));
  });
});
