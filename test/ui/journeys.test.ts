import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { readImageHeader } from '../../src/util/imageHeader';
import { emulator } from '../emulator/controlClient';
import { type OpenWorkbench, openWorkbench } from '../host/openWorkbench';
import { showFailure } from './emulatorWorkbench';

// A new user's way: the packaged extension in a clean VS Code, with no key.

const chinesePrompt = '一只在雪地里奔跑的红色狐狸，水彩画';
const story = `# 故事\n\n${chinesePrompt}\n\n完。\n`;

describe('Easel in the workbench', () => {
  let folder: string;
  let open: OpenWorkbench;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'easel-ui-'));
    await cp('test/workspace', folder, { recursive: true });
    await writeFile(path.join(folder, 'story.md'), story);
    await writeFile(path.join(folder, 'notes.md'), '# Notes\n\n\n');
    await writeFile(path.join(folder, 'studio.md'), '# Studio\n\n\n');
    await writeFile(path.join(folder, 'long.md'), `${'fox '.repeat(1400)}\n`);
    await emulator.reset();
    open = await openWorkbench({
      vsix: process.env.EASEL_VSIX ?? '',
      folder,
      endpoint: emulator.address,
      theme: 'Dark Modern',
    });
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
    await open.workbench.escape();
    await open.workbench.settleNotifications();
    await emulator.reset();
  });

  after(async () => {
    await open?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const images = async (): Promise<string[]> => {
    const names = await readdir(path.join(folder, 'assets', 'images')).catch(() => []);
    return names.sort();
  };

  /** Waits until a saved file has this text. */
  const fileToBe = async (name: string, text: string): Promise<void> => {
    const file = path.join(folder, name);
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      if ((await readFile(file, 'utf8')) === text) return;
      await open.page.waitForTimeout(50);
    }
    assert.equal(await readFile(file, 'utf8'), text);
  };

  it('explains the missing key at first use, takes it, and makes the image', async () => {
    const { workbench, page } = open;
    await workbench.openFile('notes.md');
    await workbench.goToLine(3);
    await workbench.command('Easel: Generate Image…');
    const box = workbench.quickInput('Describe the image');
    await box.waitFor();
    await workbench.screenshot('palette-prompt');
    await workbench.answer('Describe the image', 'a red fox in the snow');
    await workbench.toast('Easel needs an API key').waitFor();
    await workbench.screenshot('first-use-key');
    await workbench.pressToastButton('Easel needs an API key', 'Set API Key');
    await workbench.quickInput('Paste the API key').locator('input[type=password]').waitFor();
    await workbench.screenshot('key-dialog');
    await workbench.answer('Paste the API key', 'sk-emulator');
    await workbench.toast('Saved').waitFor();
    await workbench
      .editorLine('![a red fox in the snow](assets/images/a-red-fox-in-the-snow.png)')
      .waitFor();
    await workbench.screenshot('palette-result');
    const file = path.join(folder, 'assets', 'images', 'a-red-fox-in-the-snow.png');
    const header = readImageHeader(await readFile(file));
    assert.deepEqual(header, { mediaType: 'image/png', size: { width: 2048, height: 2048 } });
    assert.equal((await emulator.ledger()).length, 1);
    await page.keyboard.press('Control+z');
    await workbench.editorLine('a-red-fox').waitFor({ state: 'detached' });
  });

  it('keeps the key over a reload', async () => {
    const { workbench } = open;
    await workbench.reload();
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', 'an owl at night');
    await workbench.toast('Saved').waitFor();
    assert.ok((await images()).includes('an-owl-at-night.png'));
  });

  it('links an image below a Chinese text by right-click, and the preview shows it', async () => {
    const { workbench } = open;
    await workbench.openFile('story.md');
    await workbench.selectText(chinesePrompt);
    await workbench.screenshot('selection');
    await workbench.editorMenu('Generate Image from Selection');
    const link = `![${chinesePrompt}](assets/images/一只在雪地里奔跑的红色狐狸-水彩画.png)`;
    await workbench.editorLine(link).waitFor();
    await workbench.save();
    await fileToBe('story.md', story.replace('水彩画\n', `水彩画\n\n${link}\n`));
    const preview = await workbench.openPreviewToSide();
    const picture = preview.locator('img');
    await picture.waitFor();
    await assertShown(picture);
    await workbench.screenshot('selection-preview');
    await workbench.command('View: Close Editor');
  });

  it('saves in a folder of the Explorer', async () => {
    const { workbench } = open;
    await workbench.explorerMenu('assets', 'Generate Image Here…');
    await workbench.answer('Describe the image', 'paper texture');
    await workbench.toast('Saved assets/paper-texture.png').waitFor();
    await readFile(path.join(folder, 'assets', 'paper-texture.png'));
  });

  it('warns while typing of what the service would cut, and does not start on nothing', async () => {
    const { workbench, page } = open;
    await workbench.command('Easel: Generate Image…');
    await workbench.quickInput('Describe the image').waitFor();
    const box = workbench.quickInput('2048 × 2048 · 1 image');
    await box.locator('input.input').fill('fox '.repeat(1400));
    await workbench.quickInput('reads only about 1300 tokens').waitFor();
    await workbench.screenshot('palette-warning');
    await box.locator('input.input').fill('  ');
    await page.keyboard.press('Enter');
    await workbench.quickInput('The prompt is empty').waitFor();
    assert.deepEqual(await emulator.requests(), []);
  });

  it('asks before a selection is sent that the service would cut', async () => {
    const { workbench, page } = open;
    await workbench.openFile('long.md');
    await workbench.goToLine(1);
    await page.keyboard.press('Control+a');
    await workbench.editorMenu('Generate Image from Selection');
    await workbench.toast('reads only about 1300 tokens').waitFor();
    assert.deepEqual(await emulator.requests(), []);
    await workbench.pressToastButton('reads only about 1300 tokens', 'Generate Anyway');
    await workbench.toast('Saved').waitFor();
    assert.equal((await emulator.ledger()).length, 1);
  });

  it('says of a refused key what to do next', async () => {
    const { workbench } = open;
    await refuseSubmit(401, 'InvalidApiKey', 'Invalid API-key provided.');
    await workbench.openFile('notes.md');
    await workbench.command('Easel: Generate Image…');
    await workbench.answer('Describe the image', 'a fox');
    await workbench.toast('each region has its own keys').waitFor();
    await workbench.screenshot('error-key');
    assert.deepEqual(await emulator.ledger(), []);
  });

  it('picks another model, which the next prompt names', async () => {
    const { workbench } = open;
    await workbench.command('Easel: Select Model…');
    await workbench.quickInput('Select the model').waitFor();
    await workbench.screenshot('select-model');
    await workbench.pick('Select the model', 'wan2.6-t2i', 'wan2.6-t2i');
    await workbench.statusBar.getByText('New images: Wan 2.6').waitFor();
    await workbench.command('Easel: Generate Image…');
    await workbench.quickInput('Wan 2.6 · 1280 × 1280 · 1 image').waitFor();
  });

  it('generates in the Studio, shows the picture, and inserts it', async () => {
    const { workbench } = open;
    await workbench.openFile('studio.md');
    await workbench.goToLine(3);
    await workbench.command('Easel: Open Studio');
    const studio = await workbench.webviewWith('textarea');
    await studio.getByLabel('Prompt', { exact: true }).fill('a lighthouse at dusk');
    await workbench.screenshot('studio-form');
    await studio.getByRole('button', { name: /^Generate/ }).click();
    const picture = studio.getByRole('img', { name: 'a lighthouse at dusk' }).first();
    await picture.waitFor();
    await assertShown(picture);
    await studio.getByRole('button', { name: 'Open a-lighthouse-at-dusk.png' }).hover();
    await workbench.screenshot('studio-result');
    await studio.getByRole('button', { name: 'Copy Path' }).first().click();
    await workbench.statusBar.getByText('Path copied').waitFor();
    assert.equal(
      await open.page.evaluate<string>('navigator.clipboard.readText()'),
      'assets/images/a-lighthouse-at-dusk.png',
    );
    await studio.getByRole('button', { name: 'Insert into Editor' }).first().click();
    await workbench.editorLine('![a lighthouse at dusk](').waitFor();
    assert.deepEqual(
      (await emulator.ledger()).map(({ model }) => model),
      ['wan2.6-t2i'],
    );
  });

  it('restores the Studio after a reload, with what was typed and what was made', async () => {
    const { workbench } = open;
    const studio = await workbench.webviewWith('textarea');
    await studio.getByLabel('Prompt', { exact: true }).fill('half a thou');
    // In a browser VS Code writes its state only every 5 s, as nothing can be awaited when a page goes.
    await open.page.waitForTimeout(6000);
    await workbench.reload();
    const restored = await workbench.webviewWith('textarea');
    const prompt = restored.getByLabel('Prompt', { exact: true });
    await prompt.waitFor();
    assert.equal(await prompt.inputValue(), 'half a thou');
    const picture = restored.getByRole('img', { name: 'a lighthouse at dusk' }).first();
    await picture.waitFor();
    await assertShown(picture);
    await workbench.screenshot('studio-restored');
  });

  it('cancels a queued job from the Studio, at no cost', async () => {
    const { workbench } = open;
    await emulator.settings({ queueMs: 60_000 });
    const studio = await workbench.webviewWith('textarea');
    await studio.getByLabel('Prompt', { exact: true }).fill('never made');
    await studio.getByRole('button', { name: /^Generate/ }).click();
    await studio.getByText('Queued').first().waitFor();
    await workbench.screenshot('studio-running');
    await studio
      .getByRole('button', { name: /^Cancel/ })
      .first()
      .click();
    await studio.getByText('nothing is billed').first().waitFor();
    assert.deepEqual(await emulator.ledger(), []);
    const paths = (await emulator.requests()).map(({ path }) => path);
    assert.ok(paths.some((path) => path.endsWith('/cancel')));
  });

  it('offers in the Studio to set the key that was refused, and to try again', async () => {
    const { workbench } = open;
    await refuseSubmit(401, 'InvalidApiKey', 'Invalid API-key provided.');
    const studio = await workbench.webviewWith('textarea');
    await studio.getByLabel('Prompt', { exact: true }).fill('tried twice');
    await studio.getByRole('button', { name: /^Generate/ }).click();
    await studio.getByRole('button', { name: 'Set API Key' }).first().waitFor();
    await workbench.screenshot('studio-failed-key');
    await studio.getByRole('button', { name: 'Try Again' }).first().click();
    await studio.getByRole('img', { name: 'tried twice' }).first().waitFor();
    assert.equal((await emulator.ledger()).length, 1);
  });

  it('shows a failure in the Studio with its next step', async () => {
    const { workbench } = open;
    await refuseSubmit(
      400,
      'DataInspectionFailed',
      'Input data may contain inappropriate content.',
    );
    const studio = await workbench.webviewWith('textarea');
    await studio.getByLabel('Prompt', { exact: true }).fill('<b>markup</b> & "quotes"');
    await studio.getByRole('button', { name: /^Generate/ }).click();
    await studio.getByText('content check refused').first().waitFor();
    await studio.getByText('<b>markup</b> & "quotes"').first().waitFor();
    // The same prompt would be refused again, so no other try is offered.
    assert.equal(await studio.getByRole('button', { name: 'Try Again' }).count(), 0);
    await studio.getByRole('button', { name: 'Show Log' }).first().waitFor();
    await workbench.screenshot('studio-failed');
  });
});

/** The next request is refused by the service. */
async function refuseSubmit(status: number, code: string, message: string): Promise<void> {
  await emulator.addFault({ phase: 'submit', kind: 'refuse', status, code, message });
}

/** A picture that was loaded, not the browser's mark for a broken one. */
async function assertShown(picture: Locator): Promise<void> {
  // Pictures out of view are loaded when they come near.
  await picture.scrollIntoViewIfNeeded();
  await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
  const width = await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth);
  assert.ok(width > 0);
}
