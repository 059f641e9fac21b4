import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/commands/commandIds';
import { cleanWorkspace } from './workspaceFiles';

function webviewTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
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
    await vscode.commands.executeCommand('easel.openStudio');
    await vscode.commands.executeCommand('easel.openStudio');
    await until(() => webviewTabs().length > 0, vscode.window.tabGroups.onDidChangeTabs);
    assert.deepEqual(webviewTabs(), ['Easel Studio']);
  });

  it('lets no workspace set where the key goes', async () => {
    const configuration = vscode.workspace.getConfiguration('easel');
    for (const name of ['endpoint', 'region']) {
      await assert.rejects(
        Promise.resolve(
          configuration.update(name, 'cn-beijing', vscode.ConfigurationTarget.Workspace),
        ),
      );
    }
  });
});
