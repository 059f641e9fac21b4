import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { captureInsertionPoint } from '../../src/documents/insertionPoint';
import { spotOf } from '../../src/documents/linkSpot';
import type { LinkSpot } from '../../src/generation/generationJob';
import type { JobStep } from '../../src/generation/jobJournal';
import { deliveryOf, taskOf } from '../fakes/fakeImageProvider';
import { FakeWindow } from './fakeWindow';
import { leftBehind, openService } from './followedService';
import { cleanWorkspace, openWithCursor, saveDocument, workspaceRoot } from './workspaceFiles';

const text = '# Story\n\nBefore the image.\n\n|\n\nAfter the image.\n';
const link = '![a red fox](../assets/1.png)';
const linked = text.replace('|', link);

/** Where a job that was started in this document would link. */
async function spotIn(name: string): Promise<{ editor: vscode.TextEditor; spot: LinkSpot }> {
  const editor = await openWithCursor(name, text);
  const point = captureInsertionPoint(editor, 'cursor');
  const spot = spotOf(point, []);
  point.dispose();
  return { editor, spot };
}

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function contentOf(name: string): Promise<string> {
  const uri = vscode.Uri.joinPath(workspaceRoot(), name);
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

describe('a job of an earlier window', () => {
  let window: FakeWindow;
  beforeEach(() => {
    window = new FakeWindow();
  });
  afterEach(async () => {
    window.restore();
    await cleanWorkspace();
  });

  const steps: readonly (readonly [string, JobStep])[] = [
    ['whose task is running', { at: 'task', task: taskOf('t') }],
    [
      'whose images are at the service',
      {
        ...{ at: 'delivered', delivery: deliveryOf('one'), deliveredAt: 1 },
        ...{ images: [], chosen: {} },
      },
    ],
    ['that waited for its turn', { at: 'waiting' }],
  ];
  for (const [index, [name, step]] of steps.entries()) {
    it(`${name} is saved once, and linked once where its document is open`, async () => {
      const { editor, spot } = await spotIn(`draft/open-${index}.md`);
      const { journal, sink, resumer } = openService();
      journal.orphans = [leftBehind('a', spot, step)];
      await resumer.resume();
      await resumer.resume();
      assert.equal(editor.document.getText(), linked);
      assert.equal(sink.saved.length, 1);
      await saveDocument(editor.document);
      assert.equal(journal.records.size, 0, 'nothing is left to do');
      await window.until(({ messages }) => messages.length > 0);
      assert.deepEqual(window.texts(), ['Saved assets/1.png']);
      assert.deepEqual(window.messages[0]?.buttons, ['Open Image']);
    });
  }

  it('is linked where the text has moved meanwhile, and moves on', async () => {
    const { editor, spot } = await spotIn('draft/moved.md');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New above.\n\n'));
    const { journal, provider, resumer } = openService();
    journal.orphans = [leftBehind('a', spot)];
    provider.wait = async () => {
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'And more.\n\n'));
      return deliveryOf('one');
    };
    await resumer.resume();
    assert.equal(editor.document.getText(), `And more.\n\nNew above.\n\n${linked}`);
  });

  it('is not linked again where its link is already', async () => {
    const { editor, spot } = await spotIn('draft/already.md');
    const image = { id: 'a-0', position: 0, uri: `${workspaceRoot()}/assets/1.png` };
    const saved = { ...image, mediaType: 'image/png', size: { width: 64, height: 32 } } as const;
    const done = text.replace('|', link.replace('a red fox', 'my fox'));
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, done));
    const { journal, resumer } = openService();
    const delivered = { at: 'delivered', delivery: deliveryOf('one'), deliveredAt: 1 } as const;
    const step = { ...delivered, images: [saved], chosen: {} };
    journal.orphans = [leftBehind('a', spot, step)];
    await resumer.resume();
    assert.equal(editor.document.getText(), done);
    await window.until(({ messages }) => messages.length === 1);
    // What the window before had told of as well is not told again.
    journal.orphans = [leftBehind('b', { ...spot, linked: ['a-0'] }, step)];
    await resumer.resume();
    assert.equal(editor.document.getText(), done);
    assert.equal(window.messages.length, 1);
    await saveDocument(editor.document);
    assert.equal(journal.records.size, 0);
  });

  it('is linked again where its link was lost with what was not saved', async () => {
    const { editor, spot } = await spotIn('draft/unsaved.md');
    const image = { id: 'a-0', position: 0, uri: `${workspaceRoot()}/assets/1.png` };
    const saved = { ...image, mediaType: 'image/png', size: { width: 64, height: 32 } } as const;
    const { journal, resumer, sink } = openService();
    const delivered = { at: 'delivered', delivery: deliveryOf('one'), deliveredAt: 1 } as const;
    const step = { ...delivered, images: [saved], chosen: {} };
    journal.orphans = [leftBehind('a', { ...spot, linked: ['a-0'] }, step)];
    await resumer.resume();
    assert.equal(editor.document.getText(), linked);
    assert.equal(sink.saved.length, 0, 'the file is there already');
  });

  it('offers its link where the document is closed, and puts it in its place there', async () => {
    const { spot } = await spotIn('draft/closed.md');
    await closeAll();
    window.toPress.push('Insert Link');
    const { journal, resumer } = openService();
    journal.orphans = [leftBehind('a', spot)];
    await resumer.resume();
    await window.until(({ messages }) => messages.length > 0);
    assert.deepEqual(window.messages[0]?.buttons, ['Open Image', 'Insert Link']);
    const inserted = await new Promise<string>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!document.getText().includes('1.png')) return;
        subscription.dispose();
        resolve(document.getText());
      });
    });
    assert.equal(inserted, linked);
    assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith('closed.md'));
    assert.equal(journal.records.size, 0);
  });

  it('is offered, and not guessed at, where the place is gone', async () => {
    const { editor, spot } = await spotIn('draft/gone.md');
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, 'All is rewritten here.\n'));
    const { journal, resumer } = openService();
    journal.orphans = [leftBehind('a', spot)];
    await resumer.resume();
    await window.until(({ messages }) => messages.length > 0);
    assert.deepEqual(window.messages[0]?.buttons, ['Open Image', 'Insert Link']);
    assert.equal(editor.document.getText(), 'All is rewritten here.\n');
  });

  it('is summed up where there are several, each linked in its document', async () => {
    const { spot: first, editor } = await spotIn('draft/first.md');
    await vscode.window.showTextDocument(editor.document, { preview: false });
    const { spot: second } = await spotIn('draft/second.md');
    const { journal, resumer } = openService();
    journal.orphans = [leftBehind('a', first), leftBehind('b', second)];
    await resumer.resume();
    await window.until(({ messages }) => messages.length === 3);
    assert.equal(window.texts()[0], 'Easel goes on with 2 images from before.');
    const { Window } = vscode.ProgressLocation;
    assert.deepEqual(
      window.progress.map(({ location }) => location),
      [Window, Window],
    );
    for (const name of ['draft/first.md', 'draft/second.md']) {
      assert.match(await contentOf(name), /!\[a red fox\]\(\.\.\/assets\/[12]\.png\)/);
    }
  });

  it('runs quietly where there are many, which end in one message', async () => {
    const { spot } = await spotIn('draft/many.md');
    await closeAll();
    const { journal, resumer } = openService();
    journal.orphans = ['a', 'b', 'c', 'd'].map((id) =>
      leftBehind(id, id === 'a' ? spot : undefined),
    );
    await resumer.resume();
    await window.until(({ messages }) => messages.length === 2);
    assert.deepEqual(window.progress, []);
    assert.deepEqual(window.texts(), [
      'Easel goes on with 4 images from before.',
      'The jobs from before have ended, with 4 images saved.',
    ]);
    assert.deepEqual(window.messages[1]?.buttons, ['Insert Links', 'Open Studio']);
  });

  const interrupted: JobStep = { at: 'sending', mode: 'call', sentAt: 1 };

  it('that was interrupted says that it may have been billed, and is sent again by one press only', async () => {
    const { editor, spot } = await spotIn('draft/lost.md');
    const { journal, provider, service, resumer } = openService();
    journal.orphans = [leftBehind('a', spot, interrupted)];
    window.toPress.push('Send Again');
    await resumer.resume();
    await window.until(({ messages }) => messages.length === 2);
    const [told] = window.messages;
    assert.match(told?.text ?? '', /^"a red fox": VS Code was closed .* may have been billed/i);
    assert.deepEqual(told?.buttons, ['Open Console', 'Show Log', 'Send Again']);
    assert.equal(provider.requests.length, 1);
    assert.equal(service.job('a')?.state.status, 'saved');
    assert.equal(editor.document.getText(), linked);
    await saveDocument(editor.document);
    assert.equal(journal.records.size, 0);
  });

  it('is linked where its document is, also when the Studio sends it again', async () => {
    const { editor, spot } = await spotIn('draft/studio.md');
    const { journal, service, follower, resumer } = openService();
    journal.orphans = [leftBehind('a', spot, interrupted)];
    await resumer.resume();
    assert.equal(service.job('a')?.state.status, 'failed');
    // As somebody writes on while the decision waits.
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New.\n'));
    service.retry('a');
    await follower.followQuietly('a');
    assert.equal(editor.document.getText(), `New.\n${linked}`);
    await saveDocument(editor.document);
    assert.equal(journal.records.size, 0);
  });

  it('stays in the journal where somebody else links it, until that is done', async () => {
    const { spot } = await spotIn('draft/linked-later.md');
    await closeAll();
    const { journal, service, follower, resumer } = openService();
    journal.orphans = [leftBehind('a', spot, interrupted)];
    await resumer.resume();
    service.retry('a');
    const { isLinkMissing } = await follower.followQuietly('a', true);
    assert.equal(isLinkMissing, true);
    assert.equal(journal.records.get('a')?.job.link?.document, spot.document);
    service.setLink('a', undefined);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(journal.records.size, 0);
  });

  it('that had failed before is named in its message; more than two are one message', async () => {
    const error = {
      kind: 'network',
      message: 'lost',
      code: 'Interrupted',
      billed: 'maybe',
    } as const;
    const failed: JobStep = { at: 'failed', error, endedAt: 2, images: [] };
    const few = openService();
    few.journal.orphans = ['a', 'b'].map((id) => leftBehind(id, undefined, failed));
    await few.resumer.resume();
    await window.until(({ messages }) => messages.length === 2);
    for (const each of window.texts()) assert.match(each, /^"a red fox": VS Code was closed/);
    const many = openService();
    many.journal.orphans = ['a', 'b', 'c'].map((id) => leftBehind(id, undefined, failed));
    await many.resumer.resume();
    await window.until(({ messages }) => messages.length === 3);
    assert.equal(window.texts()[2], '3 jobs from before wait for your decision in the Studio.');
    assert.deepEqual([...few.provider.requests, ...many.provider.requests], []);
  });
});
