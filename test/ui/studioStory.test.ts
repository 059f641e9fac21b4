import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { OpenWorkbench } from '../host/openWorkbench';
import { type EmulatorWorkbench, openEmulatorWorkbench, showFailure } from './emulatorWorkbench';

// The host's side of an answer of text and images: remembered, copied, and inserted; and of prices that are doubtful.

describe('The Studio with text and images', () => {
  let folder: string;
  let open: OpenWorkbench;
  let suite: EmulatorWorkbench;
  let studio: FrameLocator;
  const show = async () => {
    await open.workbench.command('Easel: Open Studio');
    studio = await open.workbench.webviewWith('textarea');
  };
  /** What is read at last: once it is as it should be, or after ten seconds. */
  const untilTrue = async (read: () => Promise<string>, isRight: (text: string) => boolean) => {
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      const text = await read();
      if (isRight(text)) return text;
      await open.page.waitForTimeout(50);
    }
    return read();
  };
  const written = () => studio.locator('.written:visible').first();

  before(async () => {
    suite = await openEmulatorWorkbench(
      { 'tea.md': '' },
      {
        settings: { user: { 'easel.model': 'qwen-image-2.1-pro' } },
      },
    );
    ({ folder, open } = suite);
    await open.workbench.openFile('tea.md');
    await show();
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
  });

  after(() => suite?.close());

  it('says of a price that is not official where it comes from', async () => {
    await studio.getByText('third-party price of').waitFor();
    await studio.getByLabel('Prompt', { exact: true }).fill('making tea');
    await studio.getByRole('button', { name: /^Generate · ≈ ¥0\.\d\d$/ }).waitFor();
  });

  it('keeps the text over a reload, copies it, and inserts it with its images', async () => {
    const { workbench, page } = open;
    await studio.locator('#model').selectOption('wan2.6-image');
    await studio.getByLabel('Text with images').click();
    await studio.getByRole('button', { name: /^Generate · up to/ }).click();
    await studio.locator('.job[data-status="saved"]').waitFor();
    const text = (await written().textContent()) ?? '';
    assert.match(text, /A story about: making tea\s+Step 1: see below\./);
    // In a browser VS Code writes its state only every 5 s.
    await page.waitForTimeout(6000);
    await workbench.reload();
    studio = await workbench.webviewWith('textarea');
    await written().waitFor();
    assert.equal(await written().textContent(), text);
    await workbench.screenshot('studio-story');
    await studio.getByRole('button', { name: 'Copy Text' }).click();
    await studio.getByText('Text copied').waitFor({ state: 'attached' });
    const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(await untilTrue(clipboard, (copied) => copied === text), text);
    const editor = page.locator('.editor-instance .monaco-editor .view-lines').first();
    await editor.click();
    await studio.getByRole('button', { name: 'Insert Text and Images' }).click();
    await workbench.editorLine('Step 1: see below.').waitFor();
    await editor.click();
    await workbench.command('File: Save');
    const file = () => readFile(path.join(folder, 'tea.md'), 'utf8');
    const document = await untilTrue(file, (saved) => saved !== '');
    const images = await readdir(path.join(folder, 'assets', 'images'));
    const links = document.match(/!\[making tea\]\(assets\/images\/[^)]+\)/g) ?? [];
    assert.deepEqual([links.length > 0, links.length], [true, images.length]);
    assert.ok(document.indexOf('A story about') < document.indexOf(links[0] ?? ''));
  });
});
