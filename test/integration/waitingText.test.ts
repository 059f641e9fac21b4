import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { WaitingTexts } from '../../src/commands/waitingTexts';
import { captureInsertionPoint } from '../../src/documents/insertionPoint';
import type { InsertionPlace } from '../../src/documents/insertionText';
import { linksOf } from '../../src/documents/jobContent';
import { spotOf } from '../../src/documents/linkSpot';
import type { GenerationJob } from '../../src/generation/generationJob';
import type { HistoryJob } from '../../src/history/historyJob';
import { ImageGenerationError } from '../../src/imageModel/errors';
import type { ImageDelivery, Submitted } from '../../src/imageModel/imageModel';
import { deliveryOf } from '../fakes/fakeImageProvider';
import { MemoryState } from '../fakes/memoryState';
import { FakeWindow } from './fakeWindow';
import { jobInput, openService } from './followedService';
import { cleanWorkspace, openWithCursor, saveDocument, workspaceRoot } from './workspaceFiles';

const comment = '<!-- Generating "a red fox" easel:0000000a -->';
const link = '![a red fox](../assets/1.png)';

/** A job whose answer the test gives. */
class HeldJob {
  readonly services = openService(() => '0000000a-job');
  answer: (delivery: ImageDelivery) => void = () => {};
  fail: (error: Error) => void = () => {};
  /** Called for each request. */
  onSend: () => void = () => {};
  job: GenerationJob | undefined;
  followed: Promise<void> = Promise.resolve();

  constructor() {
    this.services.provider.submit = async (_request, options): Promise<Submitted> => {
      await options.beforeSend?.('call');
      const delivery = await new Promise<ImageDelivery>((resolve, reject) => {
        this.answer = resolve;
        this.fail = reject;
        options.signal.addEventListener('abort', () => reject(options.signal.reason));
        this.onSend();
      });
      return { delivery };
    };
  }

  /** Starts as a command does, and resolves when its comment stands in the document. */
  async start(editor: vscode.TextEditor, place: InsertionPlace = 'cursor'): Promise<void> {
    const { service, follower } = this.services;
    const point = captureInsertionPoint(editor, place);
    const others = editor.selections.slice(1);
    const alsoAt = others.map((selection) => captureInsertionPoint(editor, place, selection));
    this.job = service.start(jobInput(spotOf(point, [])));
    const appeared = contains(editor.document, 'easel:', editor.selections.length);
    const location = vscode.ProgressLocation.Window;
    this.followed = follower.follow(this.job, point, { location, alsoAt });
    await appeared;
  }
}

/** Resolves when a document has a text in it, so many times. */
function contains(document: vscode.TextDocument, text: string, times = 1): Promise<void> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      if (document.getText().split(text).length <= times) return false;
      subscription.dispose();
      resolve();
      return true;
    };
    const subscription = vscode.workspace.onDidChangeTextDocument(look);
    look();
  });
}

/** Resolves when a document has become that text by edits. */
function becomes(document: vscode.TextDocument, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const subscription = vscode.workspace.onDidChangeTextDocument(() => {
      if (document.getText() !== wanted) return;
      subscription.dispose();
      resolve();
    });
  });
}

function type(text: string): Thenable<unknown> {
  return vscode.commands.executeCommand('type', { text });
}

function waitingTexts(job: HistoryJob | undefined) {
  const history = { load: async () => {}, jobBeginning: () => job };
  return new WaitingTexts({ state: new MemoryState(), jobs: { jobs: () => [] }, history });
}

const made: HistoryJob = {
  ...{ id: '0000000a-job', regionId: 'cn-beijing', requestId: 'r', startedAt: 1 },
  request: jobInput().request,
  images: [
    {
      ...{ id: 'i', position: 0, mediaType: 'image/png', size: { width: 64, height: 32 } },
      uri: vscode.Uri.joinPath(workspaceRoot(), 'assets/1.png').toString(),
    },
  ],
};

describe('a place that waits for its image', () => {
  let window: FakeWindow;
  let held: HeldJob;
  beforeEach(() => {
    window = new FakeWindow();
    held = new HeldJob();
  });
  afterEach(async () => {
    window.restore();
    await cleanWorkspace();
  });

  it('has a comment with the prompt, which follows the text and becomes the link', async () => {
    const editor = await openWithCursor('draft/wait.md', 'One\n\nTwo|\n\nThree\n');
    await held.start(editor, 'belowSelection');
    assert.equal(editor.document.getText(), `One\n\nTwo\n\n${comment}\n\nThree\n`);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'Zero\n\n');
      edit.insert(new vscode.Position(6, 5), ' and more');
    });
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(editor.document.getText(), `Zero\n\nOne\n\nTwo\n\n${link}\n\nThree and more\n`);
  });

  it('is one step of undo and of redo with its link, also when the cursor has moved meanwhile', async () => {
    const text = 'One\n\nTwo\n';
    const editor = await openWithCursor('draft/undo.md', 'One|\n\nTwo\n');
    await held.start(editor, 'belowSelection');
    await vscode.commands.executeCommand('cursorMove', { to: 'down' });
    held.answer(deliveryOf('one'));
    await held.followed;
    const done = editor.document.getText();
    assert.equal(done, `One\n\n${link}\n\nTwo\n`);
    const undone = becomes(editor.document, text);
    await vscode.commands.executeCommand('undo');
    await undone;
    const redone = becomes(editor.document, done);
    await vscode.commands.executeCommand('redo');
    await redone;
  });

  it('does not come back when its link is undone after something was typed meanwhile', async () => {
    const editor = await openWithCursor('draft/typed-meanwhile.md', 'One|\n\nTwo\n');
    await held.start(editor, 'belowSelection');
    const { end } = editor.document.lineAt(4).range;
    editor.selection = new vscode.Selection(end, end);
    await type(' and more');
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(editor.document.getText(), `One\n\n${link}\n\nTwo and more\n`);
    const undone = becomes(editor.document, 'One\n\nTwo and more\n');
    await vscode.commands.executeCommand('undo');
    await undone;
  });

  it('comes back at no cursor when something was typed meanwhile', async () => {
    const editor = await openWithCursor('draft/typed-at-cursors.md', '|One \n\nTwo \n\nend\n');
    editor.selections = [new vscode.Selection(0, 4, 0, 4), new vscode.Selection(2, 4, 2, 4)];
    await held.start(editor);
    const { end } = editor.document.lineAt(4).range;
    editor.selection = new vscode.Selection(end, end);
    await type(' of it');
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(editor.document.getText(), `One ${link}\n\nTwo ${link}\n\nend of it\n`);
    const undone = becomes(editor.document, 'One \n\nTwo \n\nend of it\n');
    await vscode.commands.executeCommand('undo');
    await undone;
  });

  it('stands between words, and in a line of its own where the language wants it', async () => {
    const inline = await openWithCursor('draft/inline.md', 'A |fox\n');
    await held.start(inline);
    assert.equal(inline.document.getText(), `A ${comment}fox\n`);
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(inline.document.getText(), `A ${link}fox\n`);
    const block = await openWithCursor('draft/block.rst', 'A |fox\n');
    const other = new HeldJob();
    await other.start(block);
    assert.equal(block.document.getText(), 'A fox\n\n.. Generating "a red fox" easel:0000000a\n');
    other.answer(deliveryOf('one', 'two'));
    await other.followed;
    const directive = '.. image:: ../assets/1.png\n   :alt: a red fox';
    assert.equal(block.document.getText(), `A fox\n\n${directive}\n\n${directive}\n`);
  });

  it('is at each cursor, and one step of undo takes all of it back', async () => {
    const editor = await openWithCursor('draft/cursors.md', '|One \n\nTwo \n');
    editor.selections = [new vscode.Selection(0, 4, 0, 4), new vscode.Selection(2, 4, 2, 4)];
    await held.start(editor);
    assert.equal(editor.document.getText(), `One ${comment}\n\nTwo ${comment}\n`);
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(editor.document.getText(), `One ${link}\n\nTwo ${link}\n`);
    const undone = becomes(editor.document, 'One \n\nTwo \n');
    await vscode.commands.executeCommand('undo');
    await undone;
  });

  it('is at each of three cursors, also after another try', async () => {
    const editor = await openWithCursor('draft/three-cursors.md', '|One \n\nTwo \n\nThree \n');
    const before = editor.document.getText();
    editor.selections = [0, 2, 4].map((line) => {
      const { end } = editor.document.lineAt(line).range;
      return new vscode.Selection(end, end);
    });
    window.toPress.push('Try Again');
    await held.start(editor);
    const sentAgain = new Promise<void>((resolve) => {
      held.onSend = resolve;
    });
    held.fail(new ImageGenerationError('server', 'It failed.', { code: 'Failed' }));
    await held.followed;
    await Promise.all([sentAgain, contains(editor.document, 'easel:', 3)]);
    const linked = `One ${link}\n\nTwo ${link}\n\nThree ${link}\n`;
    const done = becomes(editor.document, linked);
    held.answer(deliveryOf('one'));
    await done;
    const undone = becomes(editor.document, before);
    await vscode.commands.executeCommand('undo');
    await undone;
  });

  it('is undone without other steps when its comment stands elsewhere too', async () => {
    const editor = await openWithCursor('draft/copied.md', `One |\n\nTwo ${comment}\n`);
    const sent = new Promise<void>((resolve) => {
      held.onSend = resolve;
    });
    await held.start(editor);
    await Promise.all([sent, contains(editor.document, 'easel:', 2)]);
    held.answer(deliveryOf('one'));
    await held.followed;
    editor.selection = new vscode.Selection(4, 0, 4, 0);
    await type('a');
    await type(' ');
    await type('b');
    const typed = editor.document.getText();
    assert.equal(typed, `One ${link}\n\nTwo ${comment}\na b`);
    await vscode.commands.executeCommand('undo');
    // Further steps would have come before these.
    for (let step = 0; step < 5; step++) await vscode.commands.executeCommand('cursorTop');
    assert.match(editor.document.getText(), /^One !\[a red fox\]/);
  });

  for (const [index, text] of ['One|\n\nTwo\n', '|', '  |  \nTwo\n', 'A |fox\n'].entries()) {
    it(`is as it was before when the job is cancelled or fails, ${JSON.stringify(text)}`, async () => {
      const editor = await openWithCursor(`draft/taken-back-${index}.md`, text);
      const before = editor.document.getText();
      await held.start(editor, index % 2 === 0 ? 'belowSelection' : 'cursor');
      held.services.service.letGo('0000000a-job');
      await held.followed;
      assert.equal(editor.document.getText(), before);
      const other = new HeldJob();
      await other.start(editor);
      other.fail(new ImageGenerationError('server', 'It failed.', { code: 'Failed' }));
      await other.followed;
      assert.equal(editor.document.getText(), before);
    });
  }

  it('gets no link unasked when the person has taken the comment away', async () => {
    const editor = await openWithCursor('draft/unwanted.md', 'One|\n');
    await held.start(editor);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'One\n');
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(editor.document.getText(), 'One\n');
    await window.until(({ messages }) => messages.length > 0);
    assert.deepEqual(window.messages[0]?.buttons, ['Open Image', 'Insert Link']);
  });

  it('is found in a document that was closed, changed elsewhere and opened again', async () => {
    const name = 'draft/closed-while-waiting.md';
    const editor = await openWithCursor(name, 'One\n\n|\n');
    await held.start(editor);
    await saveDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const uri = vscode.Uri.joinPath(workspaceRoot(), name);
    const written = `Zero\n\nOne and a half\n\n${comment}\n`;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(written));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await contains(document, 'Zero');
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(document.getText(), written.replace(comment, link));
  });

  it('gets no second link from the message when opening its document has linked it', async () => {
    const name = 'draft/linked-by-opening.md';
    const editor = await openWithCursor(name, 'One\n\n|\n');
    await held.start(editor);
    await saveDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { service, actions } = held.services;
    const spot = service.job('0000000a-job')?.link;
    held.answer(deliveryOf('one'));
    await held.followed;
    const ended = service.job('0000000a-job');
    assert.ok(spot && ended);
    const links = linksOf(ended);
    const { document } = await openWithCursor(name, `One\n\n${comment}|\n`);
    await Promise.all([
      waitingTexts({ ...made, images: links.images }).settle(document),
      actions.insertAt(spot, links),
    ]);
    assert.equal(document.getText(), `One\n\n${link}\n`);
    await actions.insertAt(spot, links);
    assert.equal(document.getText(), `One\n\n${link}\n`);
    assert.equal(window.messages.length, 1);
  });

  it('keeps typed text when somebody writes in front of the comment and behind it', async () => {
    const editor = await openWithCursor('draft/typed.md', '|\n');
    await held.start(editor);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await type('before ');
    const end = editor.document.lineAt(0).range.end;
    editor.selection = new vscode.Selection(end, end);
    await type(' behind');
    held.answer(deliveryOf('one'));
    await held.followed;
    assert.equal(editor.document.getText(), `before ${link} behind\n`);
  });
});

describe('a document that is opened when its job has ended', () => {
  afterEach(cleanWorkspace);

  for (const [name, before, after] of [
    ['open.md', `One ${comment} two\n`, `One ${link} two\n`],
    [
      'open.typ',
      'One\n\n// Generating "a red fox" easel:0000000a\n',
      'One\n\n#image("../assets/1.png", alt: "a red fox")\n',
    ],
  ] as const) {
    it(`gets its link, ${name}`, async () => {
      const { document } = await openWithCursor(`draft/reopened-${name}`, before);
      await waitingTexts(made).settle(document);
      assert.equal(document.getText(), after);
    });
  }

  it('loses the comment of a job without an image, and keeps that of a job elsewhere', async () => {
    const { document } = await openWithCursor('draft/lost-comment.md', `One\n\n${comment}\n`);
    const texts = waitingTexts(undefined);
    await texts.settle(document);
    assert.equal(document.getText(), `One\n\n${comment}\n`);
    await texts.leave('0000000a-job');
    await texts.settle(document);
    assert.equal(document.getText(), 'One\n\n\n');
  });
});
