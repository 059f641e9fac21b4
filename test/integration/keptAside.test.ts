import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import { emulator } from '../emulator/controlClient';
import { FullDisk } from '../fakes/fullDisk';
import { cleanWorkspace, openWithCursor } from './workspaceFiles';

const small = { model: 'wan2.2-t2i-flash', size: '512*512' };

describe('an image that cannot be written where it belongs', () => {
  const disk = new FullDisk();
  let registration: vscode.Disposable;
  before(() => {
    registration = vscode.workspace.registerFileSystemProvider('easel-full', disk);
  });
  after(() => registration.dispose());
  beforeEach(() => emulator.reset());
  afterEach(cleanWorkspace);

  it('is kept in the own storage, paid once, not linked, and said so', async () => {
    const editor = await openWithCursor('draft/kept.md', 'text|');
    const result = await vscode.commands.executeCommand<GenerateResult>('easel.generateImage', {
      prompt: 'kept fox',
      folder: vscode.Uri.parse('easel-full:/assets'),
      insert: true,
      ...small,
    });
    const [image] = result.images;
    assert.ok(image);
    assert.match(image.uri.path, /\/easel\.easel\/kept\/kept-fox(-\d+)?\.png$/);
    const bytes = await vscode.workspace.fs.readFile(image.uri);
    assert.equal(Buffer.from(bytes.subarray(1, 4)).toString('latin1'), 'PNG');
    assert.match(result.warnings.join('\n'), /own storage/);
    assert.equal(editor.document.getText(), 'text');
    assert.deepEqual(disk.files, [], 'no temporary file is left');
    assert.equal((await emulator.ledger()).length, 1);
    await vscode.workspace.fs.delete(image.uri);
  });
});
