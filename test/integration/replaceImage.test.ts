import assert from 'node:assert/strict';
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { replaceImage } from '../../src/workspace/replaceImage';

describe('an image that is written anew', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'easel-replace-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is the file behind a symbolic link, with its mode', async () => {
    const file = path.join(folder, 'fox.png');
    const link = path.join(folder, 'link.png');
    await writeFile(file, 'old', { mode: 0o640 });
    await symlink(file, link);
    await replaceImage(vscode.Uri.file(link), Buffer.from('new'));
    assert.equal(await readFile(file, 'utf8'), 'new');
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.equal((await stat(file)).mode & 0o777, 0o640);
    assert.deepEqual((await readdir(folder)).sort(), ['fox.png', 'link.png']);
  });
});
