import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import { parameterNames } from '../../src/imageModel/parameters';
import { listText } from '../../src/ui/sentences';
import { emulator } from '../emulator/controlClient';
import { samplePng } from '../unit/emulator/samplePictures';
import { cleanWorkspace, workspaceRoot } from './workspaceFiles';

describe('the arguments of easel.generateImage', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [{ prompt: 'x', n: '4' }, '"n" must be a number.'],
    [{ prompt: 'x', n: Number.NaN }, '"n" must be a number.'],
    [{ prompt: 7 }, '"prompt" must be a text.'],
    [{}, '"prompt" is missing.'],
    [{ prompt: 'x', insert: 1 }, '"insert" must be true or false.'],
    [{ prompt: 'x', folder: 1 }, '"folder" must be a path or a Uri.'],
    [{ prompt: 'x', size: 'large' }, '"large" is not a size such as 1024*1024 or 2K.'],
    [{ prompt: 'x', style: true }, '"style" must be a text.'],
    [{ prompt: 'x', strength: 'much' }, '"strength" must be a number.'],
    [{ prompt: 'x', thinking: 'yes' }, '"thinking" must be true or false.'],
    [
      { prompt: 'x', images: 'fox.png' },
      '"images" must be a list of paths, Uris or https addresses.',
    ],
    [
      { prompt: 'x', images: [1, { path: 'fox.png' }] },
      '"images" must be a list of paths, Uris or https addresses.',
    ],
    [{ prompt: 'x', mask: 1 }, '"mask" must be a path, a Uri or an https address.'],
    [
      { prompt: 'x', sketchColors: '#1D4ED8' },
      '"sketchColors" must be a list of colors such as ["#1D4ED8"].',
    ],
    [
      { prompt: 'x', colorPalette: [{ hex: '#1D4ED8', ratio: '40%' }] },
      '"colorPalette" must be a list of colors such as [{"hex": "#1D4ED8", "ratio": 40}].',
    ],
    [
      { prompt: 'x', boxes: [[0, 0, 9, 9]] },
      '"boxes" must be a list of areas for each image, such as [[[0, 0, 512, 512]]].',
    ],
    [{ prompt: 'x', style: 'x'.repeat(201) }, '"style" is too long.'],
    ['a red fox', 'They must be one object with at least a "prompt".'],
    [
      { n: true, colour: 'red', shape: 1 },
      '"prompt" is missing. "n" must be a number. There is no argument "colour". There is no argument "shape". The arguments are ' +
        listText([
          ...['prompt', 'model', 'size', 'n', 'seed', 'negativePrompt', 'images', 'mask'],
          ...parameterNames,
          ...['folder', 'insert'],
        ]) +
        '.',
    ],
  ];
  for (const [input, expected] of cases) {
    it(`are told by name in ${JSON.stringify(input)}`, async () => {
      await emulator.reset();
      const run = vscode.commands.executeCommand('easel.generateImage', input);
      await assert.rejects(Promise.resolve(run), {
        code: 'ArgumentsInvalid',
        message: `Easel cannot use these arguments: ${expected}`,
      });
    });
  }
});

describe('input images as arguments', () => {
  beforeEach(async () => {
    await emulator.reset();
    const fox = vscode.Uri.joinPath(workspaceRoot(), 'pictures/fox.png');
    await vscode.workspace.fs.writeFile(fox, samplePng(600, 400));
  });
  afterEach(cleanWorkspace);

  const edit = { prompt: 'make it blue', model: 'qwen-image-2.0' };
  const fox = () => vscode.Uri.joinPath(workspaceRoot(), 'pictures/fox.png');

  async function run(input: object): Promise<GenerateResult> {
    return vscode.commands.executeCommand<GenerateResult>('easel.generateImage', input);
  }

  async function submitted(): Promise<string> {
    const requests = await emulator.requests();
    const posts = requests.filter(({ method, origin }) => method === 'POST' && origin === 'api');
    return JSON.stringify(posts.map(({ body }) => body));
  }

  it('are files of the workspace, by a path or a Uri', async () => {
    for (const image of ['pictures/fox.png', fox()]) {
      await emulator.reset();
      const result = await run({ ...edit, images: [image] });
      assert.equal(result.images.length, 1);
      assert.deepEqual(result.warnings, []);
      assert.match(await submitted(), /"image":"data:image\/png;base64,/);
    }
  });

  it('may have names that Easel itself would not write', async () => {
    const odd = vscode.Uri.joinPath(workspaceRoot(), 'pictures', '日志 1 (#2%).png');
    await vscode.workspace.fs.copy(fox(), odd);
    try {
      assert.equal(
        (await run({ ...edit, images: ['pictures/日志 1 (#2%).png'] })).images.length,
        1,
      );
    } finally {
      await vscode.workspace.fs.delete(odd);
    }
  });

  it('decide the shape of the result: about 1024 × 1024 pixels in that of the image', async () => {
    const [image] = (await run({ ...edit, images: ['pictures/fox.png'] })).images;
    assert.ok(image);
    assert.ok(Math.abs(image.width / image.height - 1.5) < 0.05, `${image.width}×${image.height}`);
    assert.ok(Math.abs(image.width * image.height - 1024 * 1024) < 60_000);
  });

  it('are passed on when they lie on the web', async () => {
    const url = 'https://example.com/fox.png?a=%2Fb';
    // The emulator cannot fetch it, and says so as the service does; what was sent is what counts.
    await Promise.resolve(run({ ...edit, size: '1024*1024', images: [url] })).catch(() => {});
    assert.ok((await submitted()).includes(JSON.stringify(url)));
  });

  const refused: readonly (readonly [string, object, object])[] = [
    ['a path outside the workspace', { images: ['../fox.png'] }, { code: 'ArgumentsInvalid' }],
    ['a path that leads out again', { images: ['a/../../fox.png'] }, { code: 'ArgumentsInvalid' }],
    ['the folder itself', { images: ['.'] }, { code: 'ArgumentsInvalid' }],
    [
      'a web address that a Uri would write in another way',
      { images: [vscode.Uri.parse('https://a.example/x.png?s=%2B')] },
      { code: 'ArgumentsInvalid' },
    ],
    ['an absolute path', { images: ['/etc/hostname'] }, { code: 'ArgumentsInvalid' }],
    [
      'an address without https',
      { images: ['http://a.example/x.png'] },
      { code: 'ArgumentsInvalid' },
    ],
    ['a file that is not there', { images: ['pictures/owl.png'] }, { code: 'InputNotReadable' }],
    ['a file that is no image', { images: ['welcome.md'] }, { code: 'imageFormat' }],
    ['too many images', { images: Array(4).fill('pictures/fox.png') }, { code: 'imageCount' }],
    ['no image for an edit', { model: 'qwen-image-edit' }, { code: 'imageCount' }],
  ];
  for (const [name, input, expected] of refused) {
    it(`are refused before anything is sent: ${name}`, async () => {
      const result = run({ ...edit, ...input });
      await assert.rejects(result, { name: 'ImageGenerationError', billed: 'no', ...expected });
      assert.deepEqual(await emulator.ledger(), []);
      assert.equal(await submitted(), '[]');
    });
  }
});

describe('the result of easel.generateImage', () => {
  beforeEach(() => emulator.reset());
  afterEach(cleanWorkspace);

  async function run(input: object): Promise<GenerateResult> {
    return vscode.commands.executeCommand<GenerateResult>('easel.generateImage', input);
  }

  it('tells what it has cost', async () => {
    const { cost } = await run({ prompt: 'fox', model: 'wan2.2-t2i-flash', size: '512*512', n: 3 });
    assert.deepEqual(cost, { amount: 0.42, currency: 'CNY' });
  });

  it('charges for the images that were made', async () => {
    await emulator.addFault({ phase: 'submit', kind: 'partial', failed: 1 });
    const { cost } = await run({ prompt: 'fox', model: 'wan2.2-t2i-flash', size: '512*512', n: 3 });
    assert.deepEqual(cost, { amount: 0.28, currency: 'CNY' });
  });

  it('takes an area by its name', async () => {
    const { images } = await run({ prompt: 'fox', model: 'wan2.7-image', size: '1k' });
    assert.deepEqual([images[0]?.width, images[0]?.height], [1024, 1024]);
  });

  it('has the text that the model wrote, and its images in their order', async () => {
    const result = await run({
      prompt: 'How to fold a crane',
      model: 'wan2.6-image',
      interleave: true,
    });
    assert.ok(result.text && result.text.length > 10, result.text);
    assert.ok(result.images.length > 0);
  });

  it('does not stop a model that is not in the list; the service decides', async () => {
    const typed = { prompt: 'fox', model: 'qwen-image-2.0-2099-01-01', size: '9*9' };
    await assert.rejects(run(typed), { kind: 'invalidRequest', httpStatus: 400 });
  });
});
