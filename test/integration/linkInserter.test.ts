import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { captureInsertionPoint } from '../../src/documents/insertionPoint';
import { jobContent } from '../../src/documents/jobContent';
import { insertLinks } from '../../src/documents/linkInserter';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

const link = '![a fox](<assets/图 片/fox.png>)';

function images(): { uri: vscode.Uri; altText: string }[] {
  return [{ uri: vscode.Uri.joinPath(workspaceRoot(), 'assets/图 片/fox.png'), altText: 'a\nfox' }];
}

/** Makes the files of a pattern read-only, or none. */
async function setReadOnly(pattern: string | undefined): Promise<void> {
  const value = pattern && { [pattern]: true };
  const files = vscode.workspace.getConfiguration('files');
  await files.update('readonlyInclude', value, vscode.ConfigurationTarget.Workspace);
}

describe('links', () => {
  afterEach(cleanWorkspace);

  it('stay at their place while the text around it is edited in several places at once', async () => {
    const editor = await openWithCursor('draft/a.md', 'one foo\ntwo foo\nthree |foo\n');
    const point = captureInsertionPoint(editor, 'cursor');
    await editor.edit((change) => {
      change.insert(new vscode.Position(0, 0), 'new\n');
      change.replace(new vscode.Range(1, 0, 1, 3), 'second');
      change.insert(new vscode.Position(2, 6), 'behind ');
    });
    assert.equal(await insertLinks(point, images()), 'inserted');
    point.dispose();
    const expected = `new\none foo\nsecond foo\nthree ${link.replace('assets', '../assets')}behind foo\n`;
    assert.equal(editor.document.getText(), expected);
  });

  it('are inserted once, while someone is typing there', async () => {
    const editor = await openWithCursor('typing.md', 'a |b\n');
    const point = captureInsertionPoint(editor, 'cursor');
    const type = async () => {
      for (let i = 0; i < 20; i++) await vscode.commands.executeCommand('type', { text: 'k' });
    };
    const [outcome] = await Promise.all([insertLinks(point, images()), type()]);
    point.dispose();
    assert.equal(outcome, 'inserted');
    assert.equal(editor.document.getText(), `a ${link}${'k'.repeat(20)}b\n`);
  });

  it('go below whole selected lines, with the line ends of the document', async () => {
    const editor = await openWithCursor('lines.rst', '|A prompt\r\nnext\r\n');
    editor.selection = new vscode.Selection(0, 0, 1, 0);
    const point = captureInsertionPoint(editor, 'belowSelection');
    await insertLinks(point, images());
    point.dispose();
    const directive = '.. image:: assets/图\\ 片/fox.png\r\n   :alt: a fox';
    assert.equal(editor.document.getText(), `A prompt\r\n\r\n${directive}\r\n\r\nnext\r\n`);
  });

  it('are relative to the workspace folder in an untitled document', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '' });
    const point = captureInsertionPoint(await vscode.window.showTextDocument(document), 'cursor');
    assert.equal(await insertLinks(point, images()), 'inserted');
    point.dispose();
    assert.equal(document.getText(), link);
  });

  it('reach a document behind another tab, but not one whose tab was closed', async () => {
    const editor = await openWithCursor('behind.md', '|');
    await vscode.window.showTextDocument(editor.document, { preview: false });
    const point = captureInsertionPoint(editor, 'cursor');
    await openWithCursor('front.md', '|');
    assert.equal(await insertLinks(point, images()), 'inserted');
    assert.equal(editor.document.getText(), link);

    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    assert.equal(await insertLinks(point, images()), 'documentClosed');
    point.dispose();
  });

  it('are refused by a document that is read-only', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('easel-test', {
      provideTextDocumentContent: () => 'text',
    });
    try {
      const uri = vscode.Uri.parse('easel-test:/virtual.md');
      const document = await vscode.workspace.openTextDocument(uri);
      const point = captureInsertionPoint(await vscode.window.showTextDocument(document), 'cursor');
      assert.equal(await insertLinks(point, images()), 'failed');
      assert.equal(document.getText(), 'text');
      point.dispose();
    } finally {
      provider.dispose();
    }
    await setReadOnly('**/locked.md');
    try {
      const editor = await openWithCursor('locked.md', '|');
      const point = captureInsertionPoint(editor, 'cursor');
      assert.equal(await insertLinks(point, images()), 'failed');
      point.dispose();
    } finally {
      await setReadOnly(undefined);
    }
  });

  it('stand between the texts that the model wrote, in paragraphs', async () => {
    const uri = vscode.Uri.joinPath(workspaceRoot(), 'crane.png').toString();
    const content = jobContent([{ id: 'a', uri, position: 0 }], 'crane', [
      'Fold it.\r\n\r\nTurn it.',
      0,
      ' ',
      'Done & dry.',
      1,
    ]);
    const expectations = [
      [
        'page.md',
        'before |after',
        'before after\n\nFold it.\n\nTurn it.\n\n![crane](crane.png)\n\nDone & dry.',
      ],
      [
        'page.html',
        '|',
        '<p>Fold it.</p>\n\n<p>Turn it.</p>\n\n<img src="crane.png" alt="crane">\n\n<p>Done &amp; dry.</p>',
      ],
    ] as const;
    for (const [name, marked, expected] of expectations) {
      const editor = await openWithCursor(name, marked);
      const point = captureInsertionPoint(editor, 'cursor');
      assert.equal(await insertLinks(point, content), 'inserted');
      point.dispose();
      assert.equal(editor.document.getText(), expected);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), marked.replace('|', ''));
    }
  });
});
