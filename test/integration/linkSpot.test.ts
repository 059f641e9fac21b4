import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { captureInsertionPoint, InsertionPoint } from '../../src/documents/insertionPoint';
import { holdsLink } from '../../src/documents/linkInserter';
import { spotOf } from '../../src/documents/linkSpot';
import { followSpot, showSpot } from '../../src/documents/openSpot';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

const marked = 'One line.\n\n|\n\nAnother line.\n';

async function spotIn(name: string) {
  const editor = await openWithCursor(name, marked);
  const point = captureInsertionPoint(editor, 'cursor');
  const spot = spotOf(point, []);
  point.dispose();
  return { editor, spot };
}

describe('a spot', () => {
  afterEach(cleanWorkspace);

  it('tells of each edit around it, and not of those elsewhere', async () => {
    const editor = await openWithCursor('draft/tells.md', marked);
    const point = captureInsertionPoint(editor, 'cursor');
    let moves = 0;
    point.onDidMove(() => {
      moves += 1;
    });
    const before = point.offset;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'ab'));
    assert.equal(point.offset, before + 2);
    assert.equal(moves, 1);
    const other = await openWithCursor('draft/other.md', '|');
    await other.edit((edit) => edit.insert(new vscode.Position(0, 0), 'ab'));
    assert.equal(moves, 1);
    point.dispose();
  });

  it('is followed behind another tab, and not in a document that is closed', async () => {
    const { editor, spot } = await spotIn('draft/tab.md');
    await vscode.window.showTextDocument(editor.document, { preview: false });
    await openWithCursor('draft/front.md', '|');
    const point = await followSpot(spot);
    assert.equal(point?.offset, spot.offset);
    point?.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await followSpot(spot), undefined);
    assert.equal(vscode.window.visibleTextEditors.length, 0, 'nothing was shown');
  });

  it('is shown with its document; the cursor stands in where it is gone', async () => {
    const { spot } = await spotIn('draft/shown.md');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const point = await showSpot(spot);
    assert.equal(point?.offset, spot.offset);
    assert.equal(vscode.window.activeTextEditor?.document, point?.document);
    point?.dispose();
    const gone = await showSpot({ ...spot, before: 'nowhere to be found', after: 'either' });
    const cursor = vscode.window.activeTextEditor?.selection.active;
    assert.ok(cursor && gone?.position.isEqual(cursor));
    gone?.dispose();
    const deleted = spot.document.replace('shown', 'never');
    assert.equal(await showSpot({ ...spot, document: deleted }), undefined);
    const untitled = { ...spot, document: 'untitled:Untitled-77' };
    assert.equal(await showSpot(untitled), undefined, 'no document is made for it');
    assert.equal(await followSpot(untitled), undefined);
  });

  it('is found in an untitled document and in a cell of a notebook', async () => {
    const content = marked.replace('|', '');
    const untitled = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(untitled, { preview: false });
    const first = new InsertionPoint(untitled, untitled.positionAt(11), 'cursor');
    assert.equal((await followSpot(spotOf(first, [])))?.offset, 11);
    first.dispose();

    const file = vscode.Uri.joinPath(workspaceRoot(), 'draft/book.ipynb');
    const cell = { cell_type: 'markdown', metadata: {}, source: content.split(/(?<=\n)/) };
    const book = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(book)));
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await vscode.window.showNotebookDocument(notebook, { preview: false });
    const { document } = notebook.cellAt(0);
    const second = new InsertionPoint(document, document.positionAt(11), 'cursor');
    const spot = spotOf(second, []);
    second.dispose();
    // As after a reload, when the cells have other names.
    const renamed = { ...spot, document: spot.document.replace(/#.*/, '#another') };
    const found = await followSpot(renamed);
    assert.equal(found?.document, document);
    assert.equal(found?.offset, 11);
    found?.dispose();
  });
});

describe('a document that holds a link already', () => {
  afterEach(cleanWorkspace);
  const image = () => vscode.Uri.joinPath(workspaceRoot(), 'assets/a fox.png');
  const cases: readonly (readonly [string, string])[] = [
    ['held.md', '![another text](<../assets/a fox.png>)'],
    ['held.html', '<img src="../assets/a%20fox.png" alt="">'],
    ['held.adoc', 'image::../assets/a fox.png[some, text]'],
    ['held.rst', '.. image:: ../assets/a\\ fox.png\n   :alt: text'],
    ['held.tex', '\\includegraphics[alt={x}]{../assets/a fox.png}'],
    ['held.typ', '#image("../assets/a fox.png", alt: "x")'],
  ];
  for (const [name, text] of cases) {
    it(`is told in ${name}, whatever the alternative text`, async () => {
      const { document } = await openWithCursor(`draft/${name}`, `before\n\n|${text}\n`);
      const start = new vscode.Position(0, 0);
      assert.equal(await holdsLink(document, start, image()), true);
      const other = vscode.Uri.joinPath(workspaceRoot(), 'assets/fox.png');
      assert.equal(await holdsLink(document, start, other), false);
    });
  }
});
