import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { onceSafe } from '../../src/documents/savedText';
import { cleanWorkspace, openWithCursor, saveDocument } from './workspaceFiles';

const hour = 3_600_000;

describe('an edit of a document', () => {
  afterEach(cleanWorkspace);

  async function edited(name: string) {
    const editor = await openWithCursor(name, 'One line.\n|');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New. '));
    return editor.document;
  }

  it('is safe when the document is saved, and not before', async () => {
    const document = await edited('draft/safe.md');
    const other = await edited('draft/another.md');
    const told: string[] = [];
    onceSafe(document, () => told.push('safe'), hour);
    await saveDocument(other);
    assert.deepEqual(told, []);
    await saveDocument(document);
    assert.deepEqual(told, ['safe']);
  });

  it('is done with when it is undone', async () => {
    const document = await edited('draft/undone.md');
    const undone = new Promise<void>((resolve) => onceSafe(document, resolve, hour));
    await vscode.commands.executeCommand('undo');
    await undone;
    assert.equal(document.getText(), 'One line.\n');
  });

  it('is safe when VS Code has had the time for a copy of its own', async () => {
    const document = await edited('draft/copy.md');
    await new Promise<void>((resolve) => onceSafe(document, resolve, 0));
    assert.ok(document.isDirty);
  });
});
