// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of the settings look like TypeScript's
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Settings } from '../../src/settings/settings';
import { FolderHint } from '../../src/workspace/folderHint';
import { MemoryState } from '../fakes/memoryState';
import { RecordingLogger } from '../fakes/recordingLogger';
import { FakeWindow } from './fakeWindow';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';
import { setWorkspaceSettings } from './workspaceSettings';

describe('the folder of pasted images', () => {
  let window: FakeWindow;
  let state: MemoryState;
  const settings = new Settings(new RecordingLogger());
  const guarded: Promise<unknown>[] = [];

  beforeEach(() => {
    window = new FakeWindow();
    state = new MemoryState();
    guarded.length = 0;
  });
  afterEach(async () => {
    window.restore();
    await setWorkspaceSettings({});
    await cleanWorkspace();
  });

  const never = (): Promise<void> => new Promise(() => {});
  /** As in a new session. */
  async function offer(name?: string, pause = never): Promise<void> {
    const guard = (promise: Promise<unknown>) => void guarded.push(promise);
    const hint = new FolderHint({ settings, state, pause, guard });
    await hint.offer(name === undefined ? undefined : vscode.Uri.joinPath(workspaceRoot(), name));
  }

  it('is offered, and taken into the settings of the workspace', async () => {
    await setWorkspaceSettings({ 'pasteImage.path': '${projectRoot}/docs/img' });
    window.toPress.push('Use That Folder');
    await offer('docs/a.md');
    assert.deepEqual(window.messages, [
      {
        kind: 'information',
        text: "Pasted images of this workspace go to docs/img. Save Easel's there too?",
        buttons: ['Use That Folder', 'Keep assets/images'],
      },
    ]);
    const easel = vscode.workspace.getConfiguration('easel');
    assert.equal(easel.inspect('assetsFolder')?.workspaceValue, 'docs/img');
    await offer('docs/a.md');
    assert.equal(window.messages.length, 1);
  });

  it('is shown for the document where it depends on that, and set with our variables', async () => {
    await setWorkspaceSettings({ 'MarkdownPaste.path': './../img/${fileBasenameNoExtension}' });
    window.toPress.push('Use That Folder');
    await offer('docs/a.md');
    assert.deepEqual(window.texts(), [
      "Pasted images of this document go to img/a. Save Easel's images of each document in the same way?",
    ]);
    assert.equal(settings.assetsFolder(undefined), '${documentDirName}/../img/${documentBaseName}');
  });

  it('is not used, and not offered again, when the message is closed or the default kept', async () => {
    for (const button of [undefined, 'Keep assets/images']) {
      state = new MemoryState();
      window.messages.length = 0;
      await setWorkspaceSettings({ 'pasteImage.path': 'img' });
      if (button) window.toPress.push(button);
      await offer('docs/a.md');
      await offer('docs/a.md');
      assert.equal(window.messages.length, 1);
      assert.ok(!settings.hasOwnAssetsFolder(undefined));
    }
  });

  it('is not offered where there is nothing to choose', async () => {
    const cases: readonly (readonly [Record<string, unknown>, string | undefined])[] = [
      [{}, 'a.md'],
      [{ 'pasteImage.path': '/home/me' }, 'a.md'],
      [{ 'pasteImage.path': '../../out' }, 'a.md'],
      [{ 'pasteImage.path': 7 }, 'a.md'],
      [{ 'pasteImage.path': '${projectRoot}/assets/images' }, 'a.md'],
      [{ 'pasteImage.path': 'img', 'easel.assetsFolder': 'mine' }, 'a.md'],
      [{ 'pasteImage.path': '${currentFileDir}' }, undefined],
    ];
    for (const [found, document] of cases) {
      await setWorkspaceSettings(found);
      await offer(document);
    }
    assert.deepEqual(window.messages, []);
  });

  it('keeps no job waiting whose person does not see the message, and is set by a late answer', async () => {
    await setWorkspaceSettings({ 'pasteImage.path': '${projectRoot}/img' });
    let answer: (label: string) => void = () => {};
    Object.assign(vscode.window, {
      showInformationMessage: () => new Promise((resolve) => (answer = resolve)),
    });
    await offer('a.md', async () => {});
    assert.ok(!settings.hasOwnAssetsFolder(undefined));
    assert.equal(guarded.length, 1);
    answer('Use That Folder');
    await Promise.all(guarded);
    assert.equal(settings.assetsFolder(undefined), 'img');
  });

  it('stops one job where it cannot be set, and no other', async () => {
    await setWorkspaceSettings({ 'pasteImage.path': '${projectRoot}/img' });
    window.toPress.push('Use That Folder');
    const setAssetsFolder = () => Promise.reject(new Error('settings.json has an error'));
    const broken = {
      ...{ assetsFolder: () => 'assets/images', hasOwnAssetsFolder: () => false, setAssetsFolder },
    };
    const hint = new FolderHint({ settings: broken, state, pause: never, guard: () => {} });
    await assert.rejects(hint.offer(undefined), { message: 'settings.json has an error' });
    await hint.offer(undefined);
    assert.equal(window.messages.length, 1);
  });

  it('is asked once for all jobs that are started meanwhile', async () => {
    await setWorkspaceSettings({ 'pasteImage.path': '${projectRoot}/img' });
    const hint = new FolderHint({ settings, state, pause: never, guard: () => {} });
    await Promise.all([hint.offer(undefined), hint.offer(undefined)]);
    assert.equal(window.messages.length, 1);
  });
});
