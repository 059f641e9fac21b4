import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import * as vscode from 'vscode';
import { findUnusedImages } from '../../src/commands/findUnusedImages';
import type { History } from '../../src/history/history';
import { writeRecipe } from '../../src/recipe/imageRecipe';
import { AssetsFolder } from '../../src/workspace/assetsFolder';
import { type FakeQuickInput, FakeQuickInputs } from '../fakes/fakeQuickInputs';
import { facts, HistoryStorage, savedImage, savedJob } from '../fakes/historyStorage';
import { samplePng } from '../unit/emulator/samplePictures';
import { FakeWindow } from './fakeWindow';
import { cleanWorkspace, filesIn, openWithCursor, workspaceRoot } from './workspaceFiles';

const at = (path: string) => vscode.Uri.joinPath(workspaceRoot(), path);

async function write(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(at(path), bytes);
}

describe('easel.findUnusedImages', () => {
  let storage: HistoryStorage;
  let history: History;
  let window: FakeWindow;
  let inputs: FakeQuickInputs;
  let removed: string[];

  before(async function () {
    // The search of VS Code 1.104 from npm lacks its program, which only an install script would fetch.
    const canSearch = await vscode.workspace.findFiles('*', null, 1).then(
      () => true,
      () => false,
    );
    if (!canSearch) this.skip();
  });
  beforeEach(async () => {
    storage = new HistoryStorage();
    history = await storage.window();
    window = new FakeWindow();
    inputs = new FakeQuickInputs();
    removed = [];
  });
  afterEach(async () => {
    window.restore();
    inputs.restore();
    storage.dispose();
    await cleanWorkspace();
  });

  /** Easel has made these. */
  async function made(...paths: string[]): Promise<void> {
    for (const path of paths) {
      const image = { ...savedImage(path.replace(/\W/g, '-')), uri: at(path).toString() };
      await write(path, samplePng(32, 32));
      const request = { prompt: `the prompt of ${path}` };
      await history.add(savedJob(image.id, { images: [image], request }), facts);
    }
  }

  const find = (): Promise<void> => {
    const folders = new AssetsFolder({ assetsFolder: () => 'assets/images' });
    const thumbnails = {
      remove: async (ids: readonly string[]) => {
        removed.push(...ids);
      },
    };
    return findUnusedImages({ history, thumbnails, folders });
  };

  /** Runs the command until its list is there. */
  async function shown(): Promise<{ list: FakeQuickInput; done: Promise<void> }> {
    const next = inputs.next();
    const done = find();
    return { list: await next, done };
  }

  /** The names of the images that are called unused. */
  async function found(): Promise<string[]> {
    const { list, done } = await shown();
    list.hide();
    await done;
    return list.items.map(({ label }) => label);
  }

  it('lists the images of Easel that no text mentions, and moves what is ticked to the trash', async () => {
    await made('assets/images/fox.png', 'assets/images/owl.png', 'assets/images/雪 狐.png');
    await made('pictures/cat.png', 'pictures/dog.png');
    await write('assets/images/not-ours.png', samplePng(32, 32));
    const recipe = { source: 'easel', prompt: 'a bear' } as const;
    const withRecipe = writeRecipe(samplePng(32, 32), recipe);
    assert.ok(withRecipe);
    await write('assets/images/bear.png', withRecipe);
    await write('draft/page.md', '![](../assets/images/fox.png)');
    await write('draft/page.html', '<img src="../assets/images/%E9%9B%AA%20%E7%8B%90.png">');
    const { list, done } = await shown();
    assert.deepEqual(
      list.items.map(({ label, description }) => [label, description]),
      [
        ['bear.png', 'assets/images'],
        ['cat.png', 'pictures'],
        ['dog.png', 'pictures'],
        ['owl.png', 'assets/images'],
      ],
    );
    assert.match(list.items[3]?.detail ?? '', /1024 × 1024 · .*KB · the prompt of .*owl\.png/);
    assert.deepEqual(list.selectedItems, [], 'nothing is ticked');
    window.toPress.push('Move to Trash', 'Delete');
    list.accept('owl.png');
    await done;
    const left = ['bear.png', 'fox.png', 'not-ours.png', '雪 狐.png'];
    assert.deepEqual(await filesIn('assets/images'), left);
    assert.equal(history.imageAt(at('assets/images/owl.png').toString()), undefined);
    assert.equal(removed.length, 1);
    assert.ok(window.texts().includes('Move "owl.png" to the trash?'));
  });

  it('counts what is open and not saved, also in a new document', async () => {
    await made('assets/images/fox.png', 'assets/images/ibis.png', 'assets/images/cat.png');
    const editor = await openWithCursor('draft/open-page.md', 'text|');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 4), '![](x/fox.png)'));
    // Nothing closes a document that has no tab, so no other test has an image of that name.
    await vscode.workspace.openTextDocument({ content: 'ibis.png' });
    assert.deepEqual(await found(), ['cat.png']);
  });

  it('reads Chinese encodings, and no binary files', async () => {
    await made('assets/images/fox.png', 'assets/images/狐.png');
    await write('draft/data.txt', new TextEncoder().encode('\0 fox.png'));
    // 狐.png in GB 18030.
    await write('draft/old.md', Uint8Array.of(0xba, 0xfc, ...new TextEncoder().encode('.png')));
    assert.deepEqual(await found(), ['fox.png']);
  });

  it('keeps an image that was linked while the list was open', async () => {
    await made('assets/images/fox.png', 'assets/images/owl.png');
    const { list, done } = await shown();
    await write('draft/page.md', '![](../assets/images/fox.png)');
    window.toPress.push('Move to Trash', 'Delete');
    list.selectedItems = list.items;
    list.acceptTicked();
    await done;
    assert.deepEqual(await filesIn('assets/images'), ['fox.png']);
    assert.match(window.texts().at(-1) ?? '', /: 1\.$/);
  });

  it('deletes nothing without a yes', async () => {
    await made('assets/images/fox.png');
    const { list, done } = await shown();
    list.accept('fox.png');
    await done;
    assert.deepEqual(await filesIn('assets/images'), ['fox.png']);
  });

  it('says so when nothing is unused, and leaves out what is gone already', async () => {
    await made('assets/images/fox.png', 'assets/images/owl.png');
    await write('draft/page.md', 'fox.png');
    await vscode.workspace.fs.delete(at('assets/images/owl.png'));
    await find();
    assert.deepEqual(window.texts(), ['Every image that Easel made in this workspace is used.']);
    assert.deepEqual(
      window.progress.map(({ isOpen }) => isOpen),
      [false],
    );
  });

  it('reads notebooks that are large because of their outputs', async () => {
    await made('assets/images/fox.png', 'assets/images/owl.png');
    const output = 'iVBORw0KGgo'.repeat(600_000);
    await write('draft/notes.ipynb', JSON.stringify({ output, source: '![](images/fox.png)' }));
    assert.deepEqual(await found(), ['owl.png']);
  });

  it('calls nothing unused while a text cannot be read', async () => {
    await made('assets/images/fox.png', 'assets/images/owl.png');
    await write('draft/huge.ipynb', '');
    // Of holes alone.
    await truncate(at('draft/huge.ipynb').fsPath, 80 * 1024 * 1024);
    await find();
    assert.deepEqual(inputs.opened, []);
    assert.match(window.texts().join(), /could not be read: draft\/huge\.ipynb/);
  });

  it('trashes nothing where a text has become unreadable while the list was open', async () => {
    await made('assets/images/fox.png');
    const { list, done } = await shown();
    await write('draft/huge.ipynb', '');
    await truncate(at('draft/huge.ipynb').fsPath, 80 * 1024 * 1024);
    window.toPress.push('Move to Trash', 'Delete');
    list.selectedItems = list.items;
    list.acceptTicked();
    await done;
    assert.deepEqual(await filesIn('assets/images'), ['fox.png']);
  });

  it('calls nothing unused where no file can be found', async () => {
    await made('assets/images/fox.png');
    const files = vscode.workspace.getConfiguration('files');
    await files.update('exclude', { '**/*': true }, vscode.ConfigurationTarget.Workspace);
    try {
      await find();
    } finally {
      await files.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.deepEqual(inputs.opened, []);
    assert.match(window.texts().join(), /no files were found/);
  });

  it('can be cancelled', async () => {
    await made('assets/images/fox.png');
    const done = find();
    await window.until(({ progress }) => progress.length > 0);
    window.progress[0]?.cancel();
    await done;
    assert.deepEqual([window.texts(), inputs.opened], [[], []]);
  });
});
