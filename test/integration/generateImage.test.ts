import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerateResult } from '../../src/commands/generateWithArguments';
import { emulator } from '../emulator/controlClient';
import { cleanWorkspace, filesIn, openWithCursor, workspaceRoot } from './workspaceFiles';

const small = { model: 'wan2.2-t2i-flash', size: '512*512' };

async function generate(input: object): Promise<GenerateResult> {
  return vscode.commands.executeCommand<GenerateResult>('easel.generateImage', input);
}

function relative({ images }: GenerateResult): string[] {
  return images.map(({ uri }) => vscode.workspace.asRelativePath(uri));
}

/** The bodies of the requests that submitted something. */
async function submitted(): Promise<unknown[]> {
  return (await emulator.requests())
    .filter(({ method, origin }) => method === 'POST' && origin === 'api')
    .map(({ body }) => body);
}

async function rejectsWith(input: unknown, expected: object): Promise<void> {
  const run = vscode.commands.executeCommand('easel.generateImage', input);
  await assert.rejects(Promise.resolve(run), expected);
  assert.deepEqual(await emulator.ledger(), [], 'nothing was billed');
}

describe('easel.generateImage with arguments', () => {
  beforeEach(() => emulator.reset());
  afterEach(cleanWorkspace);

  it('saves a PNG of the asked size in the assets folder and returns where', async () => {
    const result = await generate({ prompt: 'a red fox in the snow', ...small });
    assert.deepEqual(relative(result), ['assets/images/a-red-fox-in-the-snow.png']);
    const [image] = result.images;
    assert.ok(image);
    assert.deepEqual([image.width, image.height], [512, 512]);
    const bytes = await vscode.workspace.fs.readFile(image.uri);
    assert.equal(Buffer.from(bytes.subarray(0, 8)).toString('latin1'), '\x89PNG\r\n\x1a\n');
    assert.match(result.requestId, /^[0-9a-f-]{36}$/);
    assert.deepEqual(result.warnings, []);
    assert.equal((await emulator.ledger()).length, 1);
  });

  it('speaks each protocol as the service documents it', async () => {
    const common = { n: 1, seed: 7, promptExtend: false, negativePrompt: 'blur' };
    await generate({ prompt: 'sync', model: 'qwen-image-2.0', size: '512x512', ...common });
    await generate({ prompt: 'async', model: 'wan2.6-t2i', size: '1280*1280', ...common });
    await generate({ prompt: 'legacy', model: 'wanx-v1', size: '1024*1024', style: '<anime>' });
    const messages = (text: string) => [{ role: 'user', content: [{ text }] }];
    const parameters = {
      n: 1,
      seed: 7,
      negative_prompt: 'blur',
      prompt_extend: false,
      watermark: false,
    };
    assert.deepEqual(await submitted(), [
      {
        model: 'qwen-image-2.0',
        input: { messages: messages('sync') },
        parameters: { ...parameters, size: '512*512' },
      },
      {
        model: 'wan2.6-t2i',
        input: { messages: messages('async') },
        parameters: { ...parameters, size: '1280*1280' },
      },
      {
        model: 'wanx-v1',
        input: { prompt: 'legacy' },
        parameters: { size: '1024*1024', n: 1, style: '<anime>' },
      },
    ]);
  });

  it('asks for one image where the service would make four', async () => {
    await generate({ prompt: 'one owl', ...small });
    assert.equal((await emulator.ledger()).length, 1);
  });

  it('keeps Chinese in names, and never writes over a file', async () => {
    await generate({ prompt: '一只在雪地里奔跑的红色狐狸，水彩画', ...small });
    await generate({ prompt: '一只在雪地里奔跑的红色狐狸，水彩画', ...small, n: 2, seed: 5 });
    assert.deepEqual(await filesIn('assets/images'), [
      '一只在雪地里奔跑的红色狐狸-水彩画-1.png',
      '一只在雪地里奔跑的红色狐狸-水彩画-2.png',
      '一只在雪地里奔跑的红色狐狸-水彩画.png',
    ]);
  });

  it('saves in a folder given as a path or as a Uri', async () => {
    const folder = vscode.Uri.joinPath(workspaceRoot(), 'draft');
    const first = await generate({ prompt: 'here', folder: 'pictures/new', ...small });
    const second = await generate({ prompt: 'there', folder, ...small });
    assert.deepEqual(relative(first), ['pictures/new/here.png']);
    assert.deepEqual(relative(second), ['draft/there.png']);
  });

  it('warns of what the service would cut, in the result', async () => {
    const { warnings } = await generate({ prompt: 'x'.repeat(801), ...small });
    assert.equal(warnings.length, 1);
    assert.match(warnings.join(), /800 characters.*801/);
  });

  it('keeps the good images of a set and tells why one is missing', async () => {
    await emulator.addFault({ phase: 'submit', kind: 'partial', failed: 1 });
    const result = await generate({ prompt: 'three owls', ...small, n: 3 });
    assert.deepEqual(relative(result).length, 2);
    assert.equal(result.warnings.length, 1);
    assert.match(result.warnings.join(), /not billed/);
    assert.equal((await emulator.ledger()).length, 2);
  });

  it('leaves no temporary files', async () => {
    await generate({ prompt: 'tidy', ...small });
    assert.deepEqual(await filesIn('assets/images'), ['tidy.png']);
  });

  describe('refuses before anything is sent:', () => {
    const cases: readonly (readonly [string, unknown, object])[] = [
      ['no prompt', { ...small }, { code: 'ArgumentsInvalid' }],
      ['an empty prompt', { prompt: ' ', ...small }, { code: 'promptEmpty' }],
      ['an unknown field', { prompt: 'x', colour: 'red' }, { code: 'ArgumentsInvalid' }],
      ['an unknown model', { prompt: 'x', model: 'nope' }, { code: 'UnknownModel' }],
      ['a size in words', { prompt: 'x', size: 'large' }, { code: 'ArgumentsInvalid' }],
      [
        'a size out of the rule',
        { prompt: 'x', ...small, size: '100*100' },
        { code: 'sizeOutOfRange' },
      ],
      ['a number out of range', { prompt: 'x', ...small, n: 5 }, { code: 'numberOutOfRange' }],
      ['a seed out of range', { prompt: 'x', ...small, seed: -1 }, { code: 'numberOutOfRange' }],
      [
        'an unknown style',
        { prompt: 'x', model: 'wanx-v1', size: '1024*1024', style: 'x' },
        { code: 'choiceUnknown' },
      ],
      [
        'a folder outside the workspace',
        { prompt: 'x', ...small, folder: '../out' },
        { code: 'FolderOutside' },
      ],
      ['an absolute folder', { prompt: 'x', ...small, folder: '/tmp' }, { code: 'FolderOutside' }],
    ];
    for (const [name, input, expected] of cases) {
      it(name, async () => {
        await rejectsWith(input, { name: 'ImageGenerationError', billed: 'no', ...expected });
        assert.deepEqual(await submitted(), []);
      });
    }

    it('an assets folder that cannot be written to', async () => {
      const file = vscode.Uri.joinPath(workspaceRoot(), 'pictures');
      await vscode.workspace.fs.writeFile(file, new Uint8Array());
      const expected = { kind: 'storage', code: 'FolderReadOnly' };
      await rejectsWith({ prompt: 'x', ...small, folder: 'pictures' }, expected);
      assert.deepEqual(await submitted(), []);
    });

    it('a missing key', async () => {
      const key = process.env.DASHSCOPE_API_KEY;
      delete process.env.DASHSCOPE_API_KEY;
      try {
        await rejectsWith({ prompt: 'x', ...small }, { kind: 'auth', code: 'NoApiKey' });
        assert.deepEqual(await submitted(), []);
      } finally {
        process.env.DASHSCOPE_API_KEY = key;
      }
    });
  });

  it('says of a wrong key that key and region must belong together', async () => {
    const key = process.env.DASHSCOPE_API_KEY;
    process.env.DASHSCOPE_API_KEY = 'sk-wrong';
    try {
      await rejectsWith(
        { prompt: 'x', ...small },
        { kind: 'auth', code: 'InvalidApiKey', httpStatus: 401, message: /region/ },
      );
    } finally {
      process.env.DASHSCOPE_API_KEY = key;
    }
  });

  it("passes the service's refusal on with its code and request id", async () => {
    await emulator.addFault({
      phase: 'submit',
      kind: 'refuse',
      status: 400,
      code: 'DataInspectionFailed',
      message: 'Input data may contain inappropriate content.',
    });
    await rejectsWith(
      { prompt: 'x', ...small },
      { kind: 'contentFilter', code: 'DataInspectionFailed', requestId: /^[0-9a-f-]{36}$/ },
    );
  });

  it('does not send again what may have been taken, and says that it may have been billed', async () => {
    await emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    const run = generate({ prompt: 'x', model: 'qwen-image-2.0', size: '512*512' });
    await assert.rejects(run, {
      kind: 'network',
      billed: 'maybe',
      message: /may have been billed/,
    });
    assert.equal((await submitted()).length, 1);
  });

  it('finds the task of a lost answer in the list of the service, for one bill', async () => {
    await emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    const result = await generate({ prompt: 'found', ...small });
    assert.deepEqual(relative(result), ['assets/images/found.png']);
    assert.equal((await submitted()).length, 1);
    assert.equal((await emulator.ledger()).length, 1);
  });

  it('says of a lost task that is not in the list that it was most likely not taken', async () => {
    await emulator.addFault({ phase: 'submit', kind: 'reset', model: small.model });
    const run = generate({ prompt: 'x', ...small });
    await assert.rejects(run, {
      code: 'LostTaskNotFound',
      message: /Most likely it was not taken/,
    });
    assert.deepEqual(await emulator.ledger(), []);
  });

  it('fetches a broken download again, for one bill', async () => {
    await emulator.addFault({ phase: 'download', kind: 'truncate' });
    const result = await generate({ prompt: 'again', ...small });
    assert.deepEqual(relative(result), ['assets/images/again.png']);
    assert.equal((await emulator.ledger()).length, 1);
  });
});

describe('links', () => {
  beforeEach(() => emulator.reset());
  afterEach(cleanWorkspace);

  const path = '../assets/images/red-fox.png';
  const inline = 'before |after';
  const block = 'before\n|\nafter';
  const expectations: readonly (readonly [string, string, string])[] = [
    ['page.md', inline, `before ![red fox](${path})after`],
    ['page.html', inline, `before <img src="${path}" alt="red fox">after`],
    ['page.adoc', block, `before\n\nimage::${path}[red fox]\n\nafter`],
    ['page.rst', block, `before\n\n.. image:: ${path}\n   :alt: red fox\n\nafter`],
    [
      'page.tex',
      block,
      `before\n\\includegraphics[width=\\linewidth, alt={red fox}]{${path}}\nafter`,
    ],
    ['page.typ', block, `before\n#image("${path}", alt: "red fox")\nafter`],
    ['page.txt', inline, `before ${path}after`],
  ];
  for (const [name, before, expected] of expectations) {
    it(`inserts into ${name} at the cursor, with one undo`, async () => {
      const editor = await openWithCursor(`draft/${name}`, before);
      await generate({ prompt: 'red fox', insert: true, ...small });
      assert.equal(editor.document.getText(), expected);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), before.replace('|', ''));
    });
  }

  it('are inserted where the command was given, though the text has moved meanwhile', async () => {
    const editor = await openWithCursor('draft/moving.md', 'first\n\n|\n\nlast\n');
    const running = generate({ prompt: 'red fox', insert: true, ...small });
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'a new line above\n'));
    await running;
    assert.equal(
      editor.document.getText(),
      `a new line above\nfirst\n\n![red fox](${path})\n\nlast\n`,
    );
  });

  it('are not inserted unless asked for', async () => {
    const editor = await openWithCursor('draft/quiet.md', 'text|');
    await generate({ prompt: 'red fox', ...small });
    assert.equal(editor.document.getText(), 'text');
  });
});

describe('easel.generateFromSelection', () => {
  beforeEach(() => emulator.reset());
  afterEach(cleanWorkspace);

  it('links the image below the selected text; one undo takes it back', async () => {
    const text = 'Intro\n\nA red fox in the snow.\n\nOutro\n';
    const editor = await openWithCursor('draft/story.md', text);
    editor.selection = new vscode.Selection(2, 0, 2, 21);
    await vscode.commands.executeCommand('easel.generateFromSelection');
    assert.equal(
      editor.document.getText(),
      'Intro\n\nA red fox in the snow.\n\n![A red fox in the snow](../assets/images/A-red-fox-in-the-snow.png)\n\nOutro\n',
    );
    assert.deepEqual(
      (await emulator.ledger()).map(({ prompt }) => prompt),
      ['A red fox in the snow'],
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });

  it('makes one image for each selection', async () => {
    const editor = await openWithCursor('draft/two.md', 'fox\n\nowl\n');
    editor.selections = [new vscode.Selection(0, 0, 0, 3), new vscode.Selection(2, 0, 2, 3)];
    await vscode.commands.executeCommand('easel.generateFromSelection');
    assert.equal(
      editor.document.getText(),
      'fox\n\n![fox](../assets/images/fox.png)\n\nowl\n\n![owl](../assets/images/owl.png)\n',
    );
  });
});
