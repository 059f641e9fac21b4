import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  type RegenerateOptions,
  regenerateImage,
  varyImage,
} from '../../src/commands/regenerateImage';
import { findModel, modelCatalog } from '../../src/dashscope/modelCatalog';
import { findPrice } from '../../src/dashscope/prices';
import type { ImageRequest } from '../../src/imageModel/imageModel';
import { writeRecipe } from '../../src/recipe/imageRecipe';
import type { Recipe } from '../../src/recipe/recipe';
import { ParameterMemory } from '../../src/settings/parameterMemory';
import { RequestDefaults, type RequestInput } from '../../src/settings/requestDefaults';
import { AssetsFolder } from '../../src/workspace/assetsFolder';
import { InputFiles } from '../../src/workspace/inputFiles';
import type { JobPlace } from '../../src/workspace/jobStarter';
import { FakeQuickInputs } from '../fakes/fakeQuickInputs';
import { MemoryState } from '../fakes/memoryState';
import { samplePng } from '../unit/emulator/samplePictures';
import { FakeWindow } from './fakeWindow';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';

const fox = vscode.Uri.joinPath(workspaceRoot(), 'pictures', 'fox.png');
const request: ImageRequest = {
  modelId: 'qwen-image-2.0',
  prompt: 'a red fox',
  size: { width: 1024, height: 768 },
  count: 2,
  seed: 7,
  negativePrompt: 'text',
};
const recipe: Recipe = { source: 'easel', prompt: request.prompt, request };

describe('an image that says how it was made', () => {
  const started: { input: RequestInput; place: JobPlace }[] = [];
  const picks: { title: string | undefined; labels: string[] }[] = [];
  const { showQuickPick } = vscode.window;
  let inputs: FakeQuickInputs;
  let pick: string | undefined;
  let window: FakeWindow;

  beforeEach(() => {
    started.length = 0;
    picks.length = 0;
    inputs = new FakeQuickInputs();
    window = new FakeWindow();
    Object.assign(vscode.window, {
      showQuickPick: async (
        items: readonly vscode.QuickPickItem[],
        options: vscode.QuickPickOptions,
      ) => {
        picks.push({ title: options.title, labels: items.map(({ label }) => label) });
        return items.find(({ label }) => label === pick);
      },
    });
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showQuickPick });
    inputs.restore();
    window.restore();
    await cleanWorkspace();
  });

  async function writeImage(bytes: Uint8Array | undefined): Promise<void> {
    assert.ok(bytes);
    await vscode.workspace.fs.writeFile(fox, bytes);
  }

  function setUp(remembered?: ImageRequest): RegenerateOptions {
    const settings = { model: 'wan2.6-t2i', regionId: 'cn-beijing' };
    const memory = new ParameterMemory(new MemoryState(), new MemoryState());
    const starter = {
      start: async (input: RequestInput, place: JobPlace) => {
        started.push({ input, place });
        return undefined;
      },
    };
    const job = { id: 'j', regionId: '', requestId: '', startedAt: 1, images: [] };
    const image = { id: 'i', position: 0, mediaType: 'image/png', uri: fox.toString() } as const;
    const found = remembered && {
      job: { ...job, request: remembered },
      image: { ...image, size: { width: 1, height: 1 } },
    };
    const own = { ...settings, assetsFolder: () => 'assets/images' };
    return {
      ...{ settings: own, memory, starter, models: modelCatalog },
      follower: { follow: async () => {} },
      requests: new RequestDefaults(own, memory, (id) => findModel(id)),
      prices: { find: findPrice },
      folders: new AssetsFolder(own),
      inputs: new InputFiles(),
      history: { load: async () => {}, imageAt: () => found },
    };
  }

  it('is made anew in its own place, from what it was made from but for the seed', async () => {
    await writeImage(writeRecipe(samplePng(64, 48), recipe));
    pick = 'Replace the Image';
    await regenerateImage(setUp(), fox, undefined);
    assert.equal(picks[0]?.title, 'Qwen-Image 2.0 · 1024 × 768 · 1 image · ¥0.20');
    const [job] = started;
    const { seed: _, ...asked } = request;
    assert.deepEqual(job?.input, { ...asked, count: 1 });
    assert.deepEqual(job?.place.file, { base: 'fox', replaces: fox.toString() });
    assert.equal(`${job?.place.folder}`, `${vscode.Uri.joinPath(fox, '..')}`);
  });

  it('is made anew beside itself, or not at all when the list is left', async () => {
    await writeImage(writeRecipe(samplePng(64, 48), recipe));
    pick = 'Save Beside';
    await regenerateImage(setUp(), fox, undefined);
    assert.deepEqual(started[0]?.place.file, { base: 'fox' });
    pick = undefined;
    await regenerateImage(setUp(), fox, undefined);
    assert.equal(started.length, 1);
  });

  it('is varied by a changed prompt, with the price in view', async () => {
    await writeImage(writeRecipe(samplePng(64, 48), recipe));
    const shown = inputs.next();
    const done = varyImage(setUp(), fox, undefined);
    const box = await shown;
    assert.equal(box.value, 'a red fox');
    assert.equal(box.title, 'Qwen-Image 2.0 · 1024 × 768 · 1 image · ¥0.20');
    box.type('a blue fox');
    box.accept();
    await done;
    const { seed: _, ...asked } = request;
    assert.deepEqual(started[0]?.input, { ...asked, prompt: 'a blue fox', count: 1 });
    assert.equal(started[0]?.place.file, undefined);
  });

  it('is looked up in the history first, which knows the images that went in', async () => {
    await writeImage(samplePng(64, 48));
    pick = 'Save Beside';
    const images = [{ uri: 'file:///home/me/sketch.png' }];
    await regenerateImage(setUp({ ...request, images }), fox, undefined);
    assert.deepEqual(started[0]?.input.images, images);
  });

  it('of another program gives its words to the model of now', async () => {
    const text = 'a fox\nNegative prompt: text\nSteps: 20, Seed: 5, Model: sd';
    await writeImage(withText('parameters', text));
    pick = 'Save Beside';
    await regenerateImage(setUp(), fox, undefined);
    assert.deepEqual(started[0]?.input, {
      ...{ prompt: 'a fox', negativePrompt: 'text', modelId: 'wan2.6-t2i' },
    });
  });

  it('that says nothing is not guessed at', async () => {
    await writeImage(samplePng(64, 48));
    await regenerateImage(setUp(), fox, undefined);
    assert.deepEqual(window.texts(), [
      'fox.png does not say how it was made. Use "Edit with a Prompt…" to change it.',
    ]);
    assert.equal(started.length, 0);
  });
});

/** A PNG with a tEXt chunk, as other programs write it; the checksum is nobody's concern here. */
function withText(keyword: string, text: string): Uint8Array {
  const bytes = samplePng(64, 48);
  const data = Buffer.from(`${keyword}\0${text}`, 'latin1');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write('tEXt', 4, 'latin1');
  return Buffer.concat([bytes.subarray(0, 33), head, data, Buffer.alloc(4), bytes.subarray(33)]);
}
