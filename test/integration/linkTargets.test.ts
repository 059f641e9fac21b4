import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findImageLinks } from '../../src/documents/imageLinks';
import { captureLinkPoint } from '../../src/documents/insertionPoint';
import { insertLinks } from '../../src/documents/linkInserter';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

const at = (path: string): vscode.Uri => vscode.Uri.joinPath(workspaceRoot(), path);

describe('the path of an image that comes for a link', () => {
  afterEach(cleanWorkspace);

  /** A document with the cursor where somebody types, and what it is when the image has come. */
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      'reference.md',
      '![a][b]\n\n|Text here.\n\n[b]: img/c.png\n',
      'img/c.png',
      '![a][b]\n\nNew Text here.\n\n[b]: img/c.png\n',
    ],
    [
      'other-reference.md',
      '![a][b]\n\n|Text here.\n\n[b]: img/c.jpg "title"\n',
      'img/c.png',
      '![a][b]\n\nNew Text here.\n\n[b]: img/c.png "title"\n',
    ],
    [
      'import.jsx',
      'import hero from "./hero.jpg";\n\n|export const a = <Image src={hero} alt="a fox" />;\n',
      'hero.png',
      'import hero from "./hero.png";\n\nNew export const a = <Image src={hero} alt="a fox" />;\n',
    ],
    [
      'numbered.mdx',
      "import hero from './hero.png'\n\n|<Image src={hero} />\n",
      'hero-1.png',
      "import hero from './hero-1.png'\n\nNew <Image src={hero} />\n",
    ],
    ['elsewhere.md', '|![a](img/fox.png)\n', 'other/fox.png', 'New ![a](other/fox.png)\n'],
    ['empty-field.md', '---\nimage:\n---\n|\n', 'img/a.png', '---\nimage: img/a.png\n---\nNew \n'],
    ['empty.rst', '|a\n\n.. image::\n', 'img/a.png', 'New a\n\n.. image:: img/a.png\n'],
    ['beside.md', '|![a](fox.png)\n', 'other/fox.png', 'New ![a](other/fox.png)\n'],
    ['same-name.md', '|![a](x/img/b.png)\n', 'img/b.png', 'New ![a](img/b.png)\n'],
    ['above.md', '|![a](./img/../b.jpg)\n', 'b.png', 'New ![a](./img/../b.png)\n'],
    [
      'graphics.tex',
      '\\graphicspath{{img/}}\n|\\includegraphics{fox}\n',
      'img/fox.png',
      '\\graphicspath{{img/}}\nNew \\includegraphics{fox}\n',
    ],
    [
      'folder.adoc',
      ':imagesdir: img\n\n|\n\nimage::a.jpg[]\n',
      'img/a.png',
      ':imagesdir: img\n\nNew \n\nimage::a.png[]\n',
    ],
    ['empty.adoc', '|\n\nimage::[fox]\n', 'img/a.png', 'New \n\nimage::img/a.png[fox]\n'],
    [
      'field.md',
      '---\nimage: x.jpg\n---\n|\n',
      '@a/b & c.png',
      '---\nimage: "@a/b%20&%20c.png"\n---\nNew \n',
    ],
    [
      'field.html',
      '---\nimage: x.jpg\n---\n|\n',
      'b & c.png',
      '---\nimage: b%20&%20c.png\n---\nNew \n',
    ],
    [
      'comment-field.md',
      '---\nimage: # hero\n---\n|\n',
      'a.png',
      '---\nimage: a.png # hero\n---\nNew \n',
    ],
    ['toml-field.md', '+++\nimage =\n+++\n|\n', 'a.png', '+++\nimage = "a.png"\n+++\nNew \n'],
    ['scheme.org', '|a\n\n[[file:a.png]]\n', 'a-1.png', 'New a\n\n[[file:a-1.png]]\n'],
  ];
  for (const [name, marked, image, expected] of cases) {
    it(`is written where the link has it, ${name}`, async () => {
      const editor = await openWithCursor(`draft/${name}`, marked);
      const { document } = editor;
      const [link] = findImageLinks(document.getText(), document.languageId, document.fileName);
      assert.ok(link, 'there is a link');
      const point = captureLinkPoint(document, link);
      await editor.edit((edit) => edit.insert(editor.selection.active, 'New '));
      const uri = at(`draft/${image}`);
      assert.equal(await insertLinks(point, [{ uri, altText: 'an alt' }]), 'inserted');
      point.dispose();
      assert.equal(document.getText(), expected);
    });
  }
});
