import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type EditImageOptions, editImage } from '../../src/commands/editImage';
import { useAsReference } from '../../src/commands/useAsReference';
import { findModel, modelCatalog } from '../../src/dashscope/modelCatalog';
import { findPrice } from '../../src/dashscope/prices';
import { ParameterMemory } from '../../src/settings/parameterMemory';
import { RequestDefaults, type RequestInput } from '../../src/settings/requestDefaults';
import { AssetsFolder } from '../../src/workspace/assetsFolder';
import { InputFiles } from '../../src/workspace/inputFiles';
import type { JobPlace } from '../../src/workspace/jobStarter';
import { FakeQuickInputs } from '../fakes/fakeQuickInputs';
import { MemoryState } from '../fakes/memoryState';
import { samplePng } from '../unit/emulator/samplePictures';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';

const picture = (name: string) => vscode.Uri.joinPath(workspaceRoot(), 'pictures', name);

describe('easel.editImage', () => {
  let inputs: FakeQuickInputs;
  const started: { input: RequestInput; place: JobPlace }[] = [];

  beforeEach(async () => {
    inputs = new FakeQuickInputs();
    started.length = 0;
    for (const name of ['fox.png', 'owl.png']) {
      await vscode.workspace.fs.writeFile(picture(name), samplePng(600, 400));
    }
  });
  afterEach(async () => {
    inputs.restore();
    await cleanWorkspace();
  });

  function setUp(settings: { model: string; regionId: string }): EditImageOptions {
    const memory = new ParameterMemory(new MemoryState(), new MemoryState());
    const starter = {
      start: async (input: RequestInput, place: JobPlace) => {
        started.push({ input, place });
        return undefined;
      },
    };
    const follower = { follow: async () => {} };
    const own = { ...settings, assetsFolder: () => 'assets/images' };
    return {
      ...{ settings: own, memory, starter, follower, models: modelCatalog },
      requests: new RequestDefaults(own, memory, (id) => findModel(id)),
      prices: { find: findPrice },
      folders: new AssetsFolder(own),
      inputs: new InputFiles(),
    };
  }

  /** Starts the command and types the prompt once the box is there; returns the box's title. */
  async function edit(
    clicked: vscode.Uri,
    selected: readonly vscode.Uri[] | undefined,
    settings = { model: 'qwen-image-2.0', regionId: 'cn-beijing' },
  ): Promise<string> {
    const shown = inputs.next();
    const done = editImage(setUp(settings), clicked, selected);
    const box = await shown;
    box.type('make it blue');
    box.accept();
    await done;
    return box.title;
  }

  it('sends the image with the prompt and saves the result beside it', async () => {
    const title = await edit(picture('fox.png'), undefined);
    // The pixels that 1K in the shape of the image comes to.
    assert.equal(title, 'fox.png · Qwen-Image 2.0 · 1248 × 832 · 1 image · ¥0.20');
    const [job] = started;
    assert.equal(job?.input.prompt, 'make it blue');
    assert.equal(job?.input.modelId, 'qwen-image-2.0');
    assert.deepEqual(
      job?.input.images?.map(({ uri, size }) => [uri, size]),
      [[picture('fox.png').toString(), { width: 600, height: 400 }]],
    );
    assert.equal(
      job?.place.folder?.toString(),
      picture('.')
        .toString()
        .replace(/\/\.?$/, ''),
    );
  });

  it('takes all images that are selected in the Explorer, and nothing else that is', async () => {
    const readme = vscode.Uri.joinPath(workspaceRoot(), 'welcome.md');
    await edit(picture('fox.png'), [picture('fox.png'), readme, picture('owl.png')]);
    assert.deepEqual(
      started[0]?.input.images?.map(({ uri }) => uri),
      [picture('fox.png').toString(), picture('owl.png').toString()],
    );
  });

  const choices = [
    ['keeps the current model when it edits images', 'wan2.7-image', 'cn-beijing', 'wan2.7-image'],
    [
      'takes the usual model instead of one from text only',
      'wan2.6-t2i',
      'cn-beijing',
      'qwen-image-2.0',
    ],
    [
      'takes the first that can where the usual one is not',
      'wan2.6-t2i',
      'us-east-1',
      'qwen-image-3.0-pro',
    ],
    ['takes a model that was typed', 'qwen-image-9', 'cn-beijing', 'qwen-image-9'],
  ] as const;
  for (const [name, model, regionId, expected] of choices) {
    it(name, async () => {
      await edit(picture('fox.png'), undefined, { model, regionId });
      assert.equal(started[0]?.input.modelId, expected);
    });
  }

  it('takes another model when the current one takes fewer images', async () => {
    const settings = { model: 'wanx2.1-imageedit', regionId: 'cn-beijing' };
    await edit(picture('fox.png'), [picture('fox.png'), picture('owl.png')], settings);
    assert.equal(started[0]?.input.modelId, 'qwen-image-2.0');
  });

  it('starts nothing when the box is left, and nothing without a prompt', async () => {
    const shown = inputs.next();
    const settings = { model: 'qwen-image-2.0', regionId: 'cn-beijing' };
    const done = editImage(setUp(settings), picture('fox.png'), undefined);
    const box = await shown;
    box.accept();
    assert.ok(box.isOpen && box.validationMessage !== undefined);
    box.hide();
    await done;
    assert.deepEqual(started, []);
  });

  it('refuses a file that is gone before it asks anything', async () => {
    const settings = { model: 'qwen-image-2.0', regionId: 'cn-beijing' };
    const run = editImage(setUp(settings), picture('gone.png'), undefined);
    await assert.rejects(run, { code: 'InputNotReadable', message: 'gone.png' });
    assert.deepEqual(inputs.opened, []);
  });

  it('is for the image that is being looked at when nothing is clicked', async () => {
    await vscode.commands.executeCommand('vscode.open', picture('owl.png'));
    const added: string[] = [];
    const panel = {
      addInputs: async (uris: readonly vscode.Uri[]) => {
        added.push(...uris.map(String));
      },
    };
    await useAsReference(panel, undefined, undefined);
    assert.deepEqual(added, [picture('owl.png').toString()]);
  });
});
