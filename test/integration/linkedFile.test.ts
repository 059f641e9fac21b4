import assert from 'node:assert/strict';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { findImageLinks } from '../../src/documents/imageLinks';
import {
  findMissingImages,
  type LinkingDocument,
  linkedFile,
} from '../../src/documents/linkedFile';
import type { Site } from '../../src/documents/site';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';

/** A document that nobody has open. */
function documentOf(name: string, text: string): LinkingDocument {
  const uri = vscode.Uri.joinPath(workspaceRoot(), name);
  return { uri, fileName: uri.fsPath, languageId: 'plaintext', getText: () => text };
}

function linksOf({ getText, languageId, fileName }: LinkingDocument) {
  return findImageLinks(getText(), languageId, fileName);
}

/** From the workspace, or the whole path for what lies outside. */
function pathOf(file: vscode.Uri | undefined): string | undefined {
  const root = `${workspaceRoot().path}/`;
  return file?.path.startsWith(root) ? file.path.slice(root.length) : file?.path;
}

function filesOf(name: string, text: string, site?: Site): (string | undefined)[] {
  const document = documentOf(name, text);
  return linksOf(document).map((link) => pathOf(linkedFile(document, link, site)));
}

async function missingOf(name: string, text: string): Promise<(string | undefined)[]> {
  const document = documentOf(name, text);
  const missing = await findMissingImages(document, linksOf(document), undefined);
  return missing.map(({ link, file }) => (file ? pathOf(file) : `"${link.target}"`));
}

async function write(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const uri = vscode.Uri.joinPath(workspaceRoot(), name);
    await vscode.workspace.fs.writeFile(uri, new Uint8Array([1]));
  }
}

describe('the file of a link', () => {
  it('is relative to the document, and decoded', () => {
    assert.deepEqual(
      filesOf('docs/a.md', '![](x%20y.png?raw=1) ![](../b/./c.png#dark) ![](.d.png)'),
      ['docs/x y.png', 'b/c.png', 'docs/.d.png'],
    );
  });

  it('may be at the root of the site, else of the workspace', () => {
    const site = { root: vscode.Uri.joinPath(workspaceRoot(), 'static'), prefix: '/' };
    assert.deepEqual(filesOf('docs/a.md', '![](/img/x.png)', site), ['static/img/x.png']);
    assert.deepEqual(filesOf('docs/a.md', '![](/img/x.png)'), ['img/x.png']);
  });

  it('is where AsciiDoc has its images from there on', async () => {
    const text =
      'image::a.png[]\n\n:imagesdir: img\n\nimage::b.png[]\nimage::c.png[]\n\n:imagesdir: ../x\n\nimage::d.png[]\n';
    assert.deepEqual(filesOf('docs/a.adoc', text), [
      ...['docs/a.png', 'docs/img/b.png', 'docs/img/c.png', 'x/d.png'],
    ]);
    const missing = await missingOf('docs/a.adoc', text);
    assert.deepEqual(missing, ['docs/a.png', 'docs/img/b.png', 'docs/img/c.png', 'x/d.png']);
  });

  it('is where TeX has its main document and its images', () => {
    assert.deepEqual(
      filesOf('tex/chapters/a.tex', '% !TEX root = ../main.tex\n\\includegraphics{figures/fox}'),
      ['tex/figures/fox'],
    );
    assert.deepEqual(
      filesOf(
        'tex/a.tex',
        '\\graphicspath{{img/}{other/}}\n\\includegraphics{fox} \\includegraphics{./b}',
      ),
      ['tex/img/fox', 'tex/b'],
    );
  });

  it('is told from a text in which every image has a folder of its own', async () => {
    const one = (_: unknown, index: number) => `:imagesdir: ${index}\n\nimage::a.png[]\n\n`;
    const files = await missingOf('docs/a.adoc', Array.from({ length: 40 }, one).join(''));
    assert.deepEqual([files.length, files.at(-1)], [40, 'docs/39/a.png']);
  });

  it('may be a URL of a file on this computer', () => {
    assert.deepEqual(
      filesOf('a.md', '![](<file:///tmp/a b%25.png>) ![](file://localhost/tmp/c.png)'),
      [...['/tmp/a b%.png', '/tmp/c.png']],
    );
  });

  it('is none in the web, on another computer, or where none is named', () => {
    const text =
      '![](https://x.example/a.png) ![](//x.example/a.png) ![](file://x.example/a.png) ![](file:////x.example/a.png) ![](data:x) ![]()';
    assert.deepEqual(filesOf('a.md', text), [...Array(6)]);
  });

  it('is none where Windows would ask another computer', () => {
    const targets = [
      'file:///\\x.example\\a.png',
      'file:///%5Cx.example/a.png',
      'file:\\\\x\\a.png',
    ];
    for (const target of targets) {
      assert.deepEqual(filesOf('a.md', `![](<${target}>)`), [undefined], target);
    }
  });

  it('is none where the name is no text', () => {
    assert.deepEqual(filesOf('a.html', '<img src="\ud800.png">'), [undefined]);
  });
});

describe('the missing images of a document', () => {
  afterEach(cleanWorkspace);

  it('are those whose files are not there, and the links that name none', async () => {
    await write('draft/img/a.png', 'draft/b.png');
    assert.deepEqual(
      await missingOf(
        'draft/a.md',
        '![](img/a.png) ![](b.png) ![](img/c.png) ![]() ![](none/d.png) ![](img) ![](https://x.example/e.png)',
      ),
      ['draft/img/c.png', '""', 'draft/none/d.png', 'draft/img'],
    );
  });

  it('are not those that TeX finds with another extension, or in another folder', async () => {
    await write('draft/img/a.pdf', 'draft/b.jpg');
    const text =
      '\\graphicspath{{img/}}\n\\includegraphics{a}\\includegraphics{b}\\includegraphics{c}\\includegraphics{a.png}';
    assert.deepEqual(await missingOf('draft/a.tex', text), ['draft/img/c', 'draft/img/a.png']);
  });

  it('are those in another case exactly where the file system says so', async () => {
    await write('draft/Fox.png');
    const other = vscode.Uri.joinPath(workspaceRoot(), 'draft/fox.png');
    const isThere = await vscode.workspace.fs.stat(other).then(
      () => true,
      () => false,
    );
    const expected = isThere ? [] : [posix.join('draft', 'fox.png')];
    assert.deepEqual(await missingOf('draft/a.md', '![](fox.png)'), expected);
  });
});
