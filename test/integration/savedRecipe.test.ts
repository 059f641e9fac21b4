import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import { readRecipe, removeRecipe } from '../../src/recipe/imageRecipe';
import { emulator } from '../emulator/controlClient';
import { cleanWorkspace } from './workspaceFiles';

const input = {
  ...{ prompt: '一只红色的狐狸', negativePrompt: 'blur', model: 'wan2.2-t2i-flash' },
  ...{ size: '512*512', seed: 7 },
};

/** Where it lies, what it holds, and the service's id of the request. */
async function generate() {
  const command = vscode.commands.executeCommand<GenerateResult>('easel.generateImage', input);
  const { images, requestId } = await command;
  const uri = images[0]?.uri;
  assert.ok(uri);
  return { uri, requestId, bytes: Buffer.from(await vscode.workspace.fs.readFile(uri)) };
}

async function setEmbedding(isOn: boolean | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('easel');
  await configuration.update('embedRecipe', isOn, vscode.ConfigurationTarget.Workspace);
}

describe('a saved image', () => {
  beforeEach(() => emulator.reset());
  afterEach(async () => {
    await setEmbedding(undefined);
    await cleanWorkspace();
  });

  it('says how it was made, and is otherwise what the service delivered', async () => {
    const { bytes, requestId } = await generate();
    const recipe = readRecipe(bytes);
    assert.equal(recipe?.prompt, input.prompt);
    assert.equal(recipe.negativePrompt, 'blur');
    assert.equal(recipe.model, input.model);
    assert.equal(recipe.seed, 7);
    assert.equal(recipe.requestId, requestId);
    assert.deepEqual(recipe.request?.size, { width: 512, height: 512 });
    await setEmbedding(false);
    const plain = await generate();
    assert.equal(readRecipe(plain.bytes), undefined);
    assert.deepEqual(Buffer.from(removeRecipe(bytes)), plain.bytes);
  });

  it('gives its prompt to the clipboard, and is as delivered when its recipe is removed', async () => {
    const { uri, bytes } = await generate();
    await vscode.commands.executeCommand('easel.copyPrompt', uri);
    assert.equal(await vscode.env.clipboard.readText(), input.prompt);
    // Its message waits for the person.
    void vscode.commands.executeCommand('easel.removeRecipe', uri, [uri]);
    const expected = Buffer.from(removeRecipe(bytes));
    for (;;) {
      const now = Buffer.from(await vscode.workspace.fs.readFile(uri));
      if (now.equals(expected)) break;
      assert.deepEqual(now, bytes, 'whole, before or after');
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
