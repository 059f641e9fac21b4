import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import { emulator } from '../emulator/controlClient';
import { samplePng } from '../unit/emulator/samplePictures';
import { cleanWorkspace, openWithCursor, workspaceRoot } from './workspaceFiles';

// What no other test sends from inside VS Code: each kind of parameter, each carrier, each way of answering.

const picture = 'pictures/fox.png';

function run(input: object): Promise<GenerateResult> {
  return Promise.resolve(
    vscode.commands.executeCommand<GenerateResult>('easel.generateImage', input),
  );
}

async function posts(): Promise<{ path: string; body: Record<string, unknown> }[]> {
  const requests = await emulator.requests();
  return requests
    .filter(({ method, path }) => method === 'POST' && /generation|synthesis/.test(path))
    .map(({ path, body }) => ({ path, body: body as Record<string, unknown> }));
}

describe('the whole API, from inside VS Code', () => {
  beforeEach(async () => {
    await emulator.reset();
    const file = vscode.Uri.joinPath(workspaceRoot(), picture);
    await vscode.workspace.fs.writeFile(file, samplePng(900, 600));
  });
  afterEach(cleanWorkspace);

  it('edits within a mask', async () => {
    const { images, warnings } = await run({
      prompt: 'a red hat',
      model: 'wanx2.1-imageedit',
      editFunction: 'description_edit_with_mask',
      images: [picture],
      mask: picture,
    });
    assert.equal(images.length, 1);
    assert.deepEqual(warnings, []);
    const [post] = await posts();
    const input = post?.body.input as Record<string, string>;
    assert.equal(input.function, 'description_edit_with_mask');
    assert.match(input.base_image_url ?? '', /^data:image\/png;base64,/);
    assert.match(input.mask_image_url ?? '', /^data:image\/png;base64,/);
  });

  it('edits marked areas, in given colors', async () => {
    const colorPalette = [
      { hex: '#C2D1E6', ratio: 23.51 },
      { hex: '#F0E68C', ratio: 50 },
      { hex: '#2F4F4F', ratio: 26.49 },
    ];
    const boxes = [[[10, 20, 300, 200]]];
    const { images, warnings } = await run({
      ...{ prompt: 'put a lamp here', model: 'wan2.7-image', images: [picture] },
      ...{ colorPalette, boxes, size: '1K' },
    });
    assert.equal(images.length, 1);
    assert.deepEqual(warnings, []);
    const parameters = (await posts())[0]?.body.parameters as Record<string, unknown>;
    assert.deepEqual(parameters.bbox_list, boxes);
    assert.deepEqual(parameters.color_palette, [
      { hex: '#C2D1E6', ratio: '23.51%' },
      { hex: '#F0E68C', ratio: '50.00%' },
      { hex: '#2F4F4F', ratio: '26.49%' },
    ]);
  });

  it('uploads a file for a model that reads no data URL, once for two requests, and without the key', async () => {
    const request = { prompt: 'as an oil painting', model: 'wanx-v1', images: [picture] };
    const { images } = await run({ ...request, referenceStrength: 0.8, referenceMode: 'refonly' });
    assert.equal(images.length, 1);
    await run(request);
    const [first] = await posts();
    const input = first?.body.input as Record<string, string>;
    assert.match(input.ref_img ?? '', /^oss:\/\//);
    const requests = await emulator.requests();
    const uploads = requests.filter(({ path, method }) => method === 'POST' && path === '/');
    assert.equal(requests.filter(({ path }) => path === '/api/v1/uploads').length, 1);
    assert.equal(uploads.length, 1);
    assert.ok(uploads.every(({ headers }) => headers.authorization === undefined));
  });

  it('writes a text with its images, in the document and in the result', async () => {
    const { document } = await openWithCursor('draft/story.md', '# Story\n\n|');
    const { images, text } = await run({
      ...{ prompt: 'a day at the sea', model: 'wan2.6-image', interleave: true },
      ...{ maxImages: 2, insert: true },
    });
    assert.equal(images.length, 2);
    assert.ok(text && text.length > 20);
    const [post] = await posts();
    assert.match(post?.path ?? '', /multimodal-generation/);
    const content = document.getText();
    assert.equal(content.match(/!\[/g)?.length, 2);
    // The text stands around the images, not before or after all of them.
    assert.match(content, /\S[\s\S]*!\[[\s\S]*\S[\s\S]*!\[/);
  });

  it('makes a set, and charges for the images that there are', async () => {
    const { images, cost } = await run({
      ...{ prompt: 'four seasons', model: 'wan2.7-image', sequential: true, n: 4, size: '1K' },
    });
    assert.equal(images.length, 4);
    assert.deepEqual(cost, { amount: 0.8, currency: 'CNY' });
  });
});
