import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/commands/commandIds';
import { emulator } from '../emulator/controlClient';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

function webviewTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label, group }) => `${label} in column ${group.viewColumn}`);
}

/** Resolves as soon as it is true, looking again at each event. */
function until(isTrue: () => boolean, event: vscode.Event<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const subscription = event(check);
    function check(): void {
      if (!isTrue()) return;
      subscription?.dispose();
      resolve();
    }
    check();
  });
}

describe('the extension', () => {
  afterEach(cleanWorkspace);

  it('activates and registers every command', async () => {
    const extension = vscode.extensions.getExtension('easel.easel');
    assert.ok(extension);
    await extension.activate();
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      commandIds.filter((id) => !registered.includes(id)),
      [],
    );
  });

  it('opens the Studio once, beside the document', async () => {
    await openWithCursor('draft/beside.md', 'text|');
    await vscode.commands.executeCommand('easel.openStudio');
    await vscode.commands.executeCommand('easel.openStudio');
    await until(() => webviewTabs().length > 0, vscode.window.tabGroups.onDidChangeTabs);
    assert.deepEqual(webviewTabs(), ['Easel Studio in column 2']);
  });

  it('lets no workspace say where the key goes', async () => {
    const configuration = vscode.workspace.getConfiguration('easel');
    for (const name of ['endpoint', 'region', 'host', 'workspaceIds', 'prices']) {
      const update = configuration.update(name, 'x', vscode.ConfigurationTarget.Workspace);
      await assert.rejects(Promise.resolve(update), /can be written only/);
    }
  });

  it('ignores an endpoint that a workspace brings along', async () => {
    await emulator.reset();
    const folder = vscode.Uri.joinPath(workspaceRoot(), '.vscode');
    const file = vscode.Uri.joinPath(folder, 'settings.json');
    const theirs = { 'easel.endpoint': 'http://127.0.0.1:9', 'easel.region': 'ap-southeast-1' };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(theirs)));
    try {
      const small = { model: 'wanx-v1', size: '1024*1024' };
      await vscode.commands.executeCommand('easel.generateImage', { prompt: 'fox', ...small });
      assert.equal((await emulator.ledger()).length, 1);
    } finally {
      await vscode.workspace.fs.delete(folder, { recursive: true });
    }
  });
});
