import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { seedHistory } from '../bench/historySeed';
import { emulator } from '../emulator/controlClient';
import type { OpenWorkbench } from '../host/openWorkbench';
import { type EmulatorWorkbench, openEmulatorWorkbench, showFailure } from './emulatorWorkbench';

// The history in the real workbench: what earlier sessions made, found again and used.

const imageCount = 12;

describe('The history in the workbench', () => {
  let folder: string;
  let open: OpenWorkbench;
  let suite: EmulatorWorkbench;
  let studio: FrameLocator;
  const part = (selector: string): Locator => studio.locator(`${selector}:visible`);
  const cells = (): Locator => studio.locator('.cell[data-image]');
  const show = async () => {
    studio = await open.workbench.webviewWith('textarea');
    await studio.getByRole('tab', { name: 'History' }).click();
    await cells().first().locator('img.loaded, canvas').waitFor();
  };
  /** Right-clicks an image and chooses from VS Code's own menu. */
  const choose = async (cell: Locator, item: string) => {
    await cell.click({ button: 'right' });
    await open.workbench.chooseFromMenu(item);
  };
  /** Resolves when every picture in view is there to be seen. */
  const decoded = async () => {
    for (const image of await part('img[src]').all()) {
      await image.evaluate((picture: { decode(): Promise<void> }) => picture.decode());
    }
  };
  const files = async (): Promise<string[]> =>
    (await readdir(path.join(folder, 'assets/images'))).sort();

  before(async () => {
    suite = await openEmulatorWorkbench(
      { 'note.md': '# Note\n\n\n' },
      {
        viewport: { width: 1500, height: 900 },
        prepare: async (storage, folder) => {
          const imagesFolder = path.join(folder, 'assets/images');
          await seedHistory({ storage, imagesFolder, images: imageCount, writesFiles: true });
        },
      },
    );
    ({ folder, open } = suite);
    await open.workbench.openFile('note.md');
    await open.workbench.goToLine(3);
    await open.workbench.command('Easel: Open Studio');
    await show();
  });

  afterEach(async function () {
    await showFailure(this.currentTest, open?.workbench);
  });

  after(() => suite?.close());

  it('shows what earlier sessions made, and makes thumbnails once', async () => {
    assert.equal(await cells().count(), imageCount);
    await studio.getByText(`${imageCount} images`).first().waitFor();
    const thumbnails = path.join(
      open.server.dataDir,
      'data/User/globalStorage/easel.easel/thumbnails',
    );
    await open.workbench.until(
      async () => (await readdir(thumbnails).catch(() => [])).length === imageCount,
      'the thumbnails are not kept',
    );
    await open.workbench.screenshot('studio-history-dark');
  });

  it('finds images by their words, and keeps that over a reload', async () => {
    await studio.getByRole('searchbox').fill('no. 0');
    await open.workbench.until(
      async () => (await cells().count()) < imageCount,
      'the search finds everything',
    );
    await open.page.waitForTimeout(6000); // VS Code in a browser writes its state every 5 s
    await open.workbench.reload();
    await show();
    assert.equal(await studio.getByRole('searchbox').inputValue(), 'no. 0');
    await studio.getByRole('button', { name: 'Clear Filters' }).first().click();
    await open.workbench.until(
      async () => (await cells().count()) === imageCount,
      'the filter is still there',
    );
  });

  it('tells all about an image, and fills the form from it by VS Code’s menu', async () => {
    const cell = cells().first();
    const title = await cell.getAttribute('title');
    await choose(cell, 'Show Generation Details');
    await studio.getByText('request-').first().waitFor();
    await open.workbench.screenshot('studio-details-dark');
    await studio.getByRole('button', { name: 'Close Details' }).click();
    await choose(cell, 'Remix');
    const prompt = part('#prompt');
    await open.workbench.until(
      async () => (await prompt.inputValue()) === title,
      'the prompt is not in the form',
    );
  });

  it('does not replace what was typed without a question', async () => {
    const prompt = part('#prompt');
    await prompt.fill('my own words');
    await choose(cells().nth(2), 'Use Prompt');
    await studio.getByText('Replace the prompt that you typed?').waitFor();
    await open.workbench.screenshot('studio-replace-dark');
    await studio.getByRole('button', { name: 'Keep Mine' }).click();
    assert.equal(await prompt.inputValue(), 'my own words');
  });

  it('links an image where it is dropped in a document', async () => {
    const line = open.workbench.editorLine('# Note');
    await cells().nth(1).scrollIntoViewIfNeeded();
    const from = await cells().nth(1).boundingBox();
    const to = await line.boundingBox();
    assert.ok(from && to);
    const { mouse } = open.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 12, { steps: 4 });
    await mouse.move(to.x + to.width / 2, to.y + to.height * 2.5, { steps: 20 });
    await mouse.move(to.x + 40, to.y + to.height * 2.5, { steps: 4 });
    await mouse.up();
    await open.workbench.editorLine('](').first().waitFor();
    await open.workbench.command('File: Save All Files');
    const link = /!\[[^\]]+\]\(<?assets\/images\/[^)]+\.png>?\)/;
    await open.workbench.until(
      async () => link.test(await readFile(path.join(folder, 'note.md'), 'utf8')),
      'the link is not in the document',
    );
  });

  it('compares two images and keeps one of them', async () => {
    const before = await files();
    await cells()
      .nth(3)
      .click({ modifiers: ['Control'] });
    await cells()
      .nth(4)
      .click({ modifiers: ['Control'] });
    await studio
      .getByRole('toolbar', { name: 'Actions for the selected images' })
      .getByRole('button', { name: 'Compare' })
      .click();
    await studio.getByRole('dialog').waitFor();
    await decoded();
    await open.workbench.screenshot('studio-compare-dark');
    await open.page.keyboard.press('1');
    const question = open.page.locator('.monaco-dialog-box');
    await question.getByText(/^Keep .+ and move .+ to the trash\?$/).waitFor();
    await question.getByRole('button', { name: 'Move to Trash' }).click();
    // A server has no trash.
    await question.getByText('Delete it for good?').waitFor();
    await question.getByRole('button', { name: 'Delete', exact: true }).click();
    await studio.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal((await files()).length, before.length - 1);
    await open.workbench.until(
      async () => (await cells().count()) === imageCount - 1,
      'the image is still in the history',
    );
  });

  it('knows the seed of a new image, and a favourite when it is marked', async () => {
    await part('#model').selectOption('qwen-image-2.0');
    await part('#prompt').fill('a lighthouse in the fog');
    await part('.generate').click();
    await part('.job[data-status="saved"]').first().waitFor();
    const [request] = await emulator.requests();
    assert.match(JSON.stringify(request), /"seed":\d+/);
    await studio.getByRole('tab', { name: 'History' }).click();
    const cell = studio.locator('.cell[title="a lighthouse in the fog"]').first();
    await choose(cell, 'Add to or Remove from Favorites');
    await studio.locator('.cell.favourite[title="a lighthouse in the fog"]').first().waitFor();
    await choose(cell, 'Use Seed');
    await open.workbench.until(
      async () => /^\d+$/.test(await part('#seed').inputValue()),
      'the seed is not in the form',
    );
  });
});
