import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { emulator } from '../emulator/controlClient';
import type { OpenWorkbench } from '../host/openWorkbench';
import { type EmulatorWorkbench, openEmulatorWorkbench, showFailure } from './emulatorWorkbench';

// The window is loaded anew in the middle of a job, as a crash or an update of VS Code does it.

const forEver = 600_000;

describe('A job in the workbench', () => {
  let folder: string;
  let open: OpenWorkbench;
  let suite: EmulatorWorkbench;

  before(async () => {
    suite = await openEmulatorWorkbench(
      Object.fromEntries(
        ['shown.md', 'behind.md', 'closed.md', 'queued.md', 'lost.md', 'other.md'].map((name) => [
          name,
          `# About ${name}\n\n\n\nThe end of ${name}.\n`,
        ]),
      ),
      {
        settings: {
          user: { 'easel.model': 'wan2.2-t2i-flash', 'workbench.editor.enablePreview': false },
        },
      },
    );
    ({ folder, open } = suite);
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
    await open.workbench.escape();
    await open.workbench.settleNotifications();
    await emulator.reset();
  });

  after(() => suite?.close());

  /** Starts a job in a document, and waits until its progress says so. */
  const startIn = async (document: string, prompt: string, phase: string) => {
    const { workbench } = open;
    await workbench.openFile(document);
    await workbench.goToLine(3);
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', prompt);
    await workbench.toast(phase).waitFor();
  };
  const reload = async () => {
    // In a browser VS Code writes its state only every 5 s, as nothing can be awaited when a page goes.
    await open.page.waitForTimeout(6000);
    await open.workbench.reload();
  };
  /** One submit, one bill, one file. */
  const assertOnce = async (file: string) => {
    const submits = (await emulator.requests()).filter(
      ({ method, path: route }) => method === 'POST' && route.includes('/aigc/'),
    );
    assert.equal(submits.length, 1);
    assert.equal((await emulator.ledger()).length, 1);
    const names = await readdir(path.join(folder, 'assets', 'images'));
    assert.deepEqual(
      names.filter((name) => name.startsWith(file)),
      [`${file}.png`],
    );
  };
  /** By a part of it, as a long line is wrapped. */
  const linkLines = (file: string) => open.workbench.editorLine(`/${file}`);

  it('goes on after a reload while the service paints, and is linked in the document', async () => {
    const { workbench } = open;
    await emulator.settings({ runMs: forEver });
    await startIn('shown.md', 'a fox', 'Painting');
    await reload();
    await workbench.toast('Painting').waitFor();
    await workbench.screenshot('resumed');
    await emulator.settings({ runMs: 0 });
    await workbench.toast('Saved assets/images/a-fox.png').waitFor();
    await linkLines('a-fox').waitFor();
    assert.equal(await linkLines('a-fox').count(), 1);
    await assertOnce('a-fox');
  });

  it('goes on from the queue, and is linked in a document that is not loaded yet', async () => {
    const { workbench } = open;
    await emulator.settings({ queueMs: forEver });
    await startIn('behind.md', 'an owl', 'Queued');
    await workbench.openFile('other.md');
    await reload();
    await emulator.settings({ queueMs: 0 });
    await workbench.toast('Saved assets/images/an-owl.png').waitFor();
    await workbench.tab('behind.md').click();
    await linkLines('an-owl').waitFor();
    assert.equal(await linkLines('an-owl').count(), 1);
    await assertOnce('an-owl');
  });

  it('offers its link after a reload without the document, and puts it in its place', async () => {
    const { workbench } = open;
    await emulator.settings({ runMs: forEver });
    await startIn('closed.md', 'a heron', 'Painting');
    await workbench.command('View: Close All Editors');
    await reload();
    await emulator.settings({ runMs: 0 });
    await workbench.pressToastButton('Saved assets/images/a-heron.png', 'Insert Link');
    await workbench.tab('closed.md').waitFor();
    await linkLines('a-heron').waitFor();
    await assertOnce('a-heron');
  });

  it('fetches several images once, though the window was loaded anew between them', async () => {
    const { workbench } = open;
    await workbench.command('Easel: Open Studio');
    const studio = await workbench.webviewWith('textarea');
    await emulator.addFault({ phase: 'download', kind: 'stall', times: 2 });
    await studio.getByLabel('Prompt', { exact: true }).fill('three cranes');
    await studio.locator('.stepper button').last().click();
    await studio.locator('.stepper button').last().click();
    await studio.getByRole('button', { name: /^Generate/ }).click();
    await studio
      .getByText(/^Downloading/)
      .first()
      .waitFor();
    await reload();
    await workbench.toast('Saved 3 images').waitFor();
    assert.equal((await emulator.ledger()).length, 3);
    const names = await readdir(path.join(folder, 'assets', 'images'));
    assert.equal(names.filter((name) => name.startsWith('three-cranes')).length, 3);
  });

  it('may have been billed: said in the message and in the Studio, and sent once more by a press', async () => {
    const { workbench } = open;
    // A call leaves no task that could be found.
    await workbench.command('Easel: Select Model…');
    await workbench.pick('Select the model', 'qwen-image-2.0', 'qwen-image-2.0');
    await emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    await startIn('lost.md', 'a lost fox', 'may have been billed');
    await workbench.command('Easel: Open Studio');
    const studio = await workbench.webviewWith('textarea');
    const job = studio.locator(`.job[data-status='uncertain']`).first();
    await job.getByText('May have been billed', { exact: true }).waitFor();
    await workbench.screenshot('maybe-billed');
    // The message lies over the button.
    await workbench.settleNotifications();
    await job.getByRole('button', { name: 'Send Again' }).click();
    await studio.getByRole('img', { name: 'a lost fox' }).first().waitFor();
    // The Studio may have been opened over the document.
    await workbench.openFile('lost.md');
    await linkLines('a-lost-fox').waitFor();
    const submits = (await emulator.requests()).filter(
      ({ method, path: route }) => method === 'POST' && route.includes('/aigc/'),
    );
    assert.equal(submits.length, 2);
    assert.equal((await emulator.ledger()).length, 2, 'the lost one was billed too');
  });

  it('that has begun is cancelled only by letting it go, and says what that costs', async () => {
    const { workbench } = open;
    await emulator.settings({ runMs: forEver });
    await workbench.command('Easel: Open Studio');
    const studio = await workbench.webviewWith('textarea');
    await studio.locator('#model').selectOption('wan2.2-t2i-flash');
    await studio.getByLabel('Prompt', { exact: true }).fill('let go');
    await studio.getByRole('button', { name: /^Generate/ }).click();
    const job = studio.locator('.job').first();
    await job.getByText('The service has begun: billed in any case.').waitFor();
    await job.getByRole('button', { name: 'Cancel' }).click();
    await workbench.toast('is billed in any case').waitFor();
    await job.getByRole('button', { name: 'Cancel' }).waitFor();
    await workbench.screenshot('cancel-begun');
    await workbench.pressToastButton('is billed in any case', 'Let It Go');
    await job.getByText('Let go. The service had begun').waitFor();
  });
});
