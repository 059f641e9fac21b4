import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { planFill } from '../../src/documents/fillPlan';
import { FillPoints } from '../../src/documents/fillPoints';
import { readDocuments } from '../../src/documents/fillSources';
import { readRecipe } from '../../src/recipe/imageRecipe';
import { emulator } from '../emulator/controlClient';
import { FakeQuickInputs } from '../fakes/fakeQuickInputs';
import { cleanWorkspace, filesIn, openWithCursor, workspaceRoot } from './workspaceFiles';

const at = (path: string): vscode.Uri => vscode.Uri.joinPath(workspaceRoot(), path);

async function recipeIn(path: string) {
  return readRecipe(await vscode.workspace.fs.readFile(at(path)));
}

describe('an image that takes the place of another', () => {
  const { showInputBox, showQuickPick } = vscode.window;
  let inputs: FakeQuickInputs;

  beforeEach(async () => {
    inputs = new FakeQuickInputs();
    await emulator.reset();
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showInputBox, showQuickPick });
    inputs.restore();
    await cleanWorkspace();
  });

  it('is made where a placeholder was, which cost nothing, and the link stays as it is', async () => {
    const { document, selection } = await openWithCursor(
      'draft/laid-out.md',
      '![A red fox in |snow](img/fox.png)\n',
    );
    const before = document.getText();
    const link = { document: `${document.uri}`, offset: document.offsetAt(selection.active) };
    Object.assign(vscode.window, { showInputBox: async () => 'a red fox' });
    await vscode.commands.executeCommand('easel.insertPlaceholder', link);
    assert.equal((await recipeIn('draft/img/fox.png'))?.isPlaceholder, true);
    assert.equal((await emulator.requests()).length, 0);

    const shown = inputs.next();
    const done = vscode.commands.executeCommand('easel.generateForLink', link);
    const box = await shown;
    assert.equal(box.value, 'A red fox in snow');
    box.accept();
    await done;
    assert.deepEqual(await filesIn('draft/img'), ['fox.png']);
    const recipe = await recipeIn('draft/img/fox.png');
    assert.deepEqual([recipe?.prompt, recipe?.isPlaceholder], ['A red fox in snow', undefined]);
    assert.equal(document.getText(), before);
  });

  it('is made anew from its recipe by the command, and the old one is not lost', async () => {
    const folder = 'pictures';
    const asked = { prompt: 'a red fox', size: '512*512', folder, seed: 7 };
    await vscode.commands.executeCommand('easel.generateImage', asked);
    const old = await vscode.workspace.fs.readFile(at('pictures/a-red-fox.png'));
    Object.assign(vscode.window, {
      showQuickPick: async (items: readonly vscode.QuickPickItem[]) => items[0],
    });
    await vscode.commands.executeCommand('easel.regenerate', at('pictures/a-red-fox.png'));
    const recipe = await recipeIn('pictures/a-red-fox.png');
    assert.deepEqual(recipe?.request?.size, { width: 512, height: 512 });
    assert.notEqual(recipe.seed, 7);
    assert.equal((await emulator.ledger()).length, 2);
    // Where there is a trash, it lies there.
    const others = (await filesIn('pictures')).filter((name) => name !== 'a-red-fox.png');
    for (const name of others) {
      assert.deepEqual(await vscode.workspace.fs.readFile(at(`pictures/${name}`)), old);
    }
  });
});

describe('a plan for a document that nobody has open', () => {
  afterEach(cleanWorkspace);

  it('writes its links there, each where it is by then, and saves it', async () => {
    const file = at('draft/nobody.md');
    const write = (text: string) =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await write('![a fox]()\n\n<!-- TODO image: an owl -->\n');
    const items = planFill(await readDocuments([file]));
    assert.deepEqual(
      items.map(({ prompt, reason }) => [prompt, reason]),
      [
        ['a fox', 'empty'],
        ['an owl', 'todo'],
      ],
    );
    await write('New above.\n\n![a fox]()\n\n<!-- TODO image: an owl -->\n');
    const points = new FillPoints();
    for (const [index, { places }] of items.entries()) {
      assert.equal(await points.write(places[0], at(`assets/${index}.png`), 'a text'), true);
    }
    points.dispose();
    const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    assert.equal(
      written,
      'New above.\n\n![a fox](../assets/0.png)\n\n![a text](../assets/1.png)\n',
    );
  });
});
