import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { seedHistory } from '../bench/historySeed';
import { emulator } from '../emulator/controlClient';
import type { ThemeName } from '../host/openWorkbench';
import { type EmulatorWorkbench, openEmulatorWorkbench, showFailure } from './emulatorWorkbench';
import type { Workbench } from './workbench';

// What a person sees, in every theme and both languages; the pictures are kept in out/screenshots.

const axeSource = readFileSync(
  createRequire(path.resolve('package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface Look {
  readonly name: string;
  readonly theme: ThemeName;
  readonly language?: 'zh-cn';
  readonly viewport?: { width: number; height: number };
}

const looks: readonly Look[] = [
  { name: 'light', theme: 'Light Modern' },
  { name: 'dark-zh', theme: 'Dark Modern', language: 'zh-cn' },
  { name: 'high-contrast', theme: 'Default High Contrast' },
  {
    name: 'high-contrast-light-narrow-zh',
    theme: 'Default High Contrast Light',
    language: 'zh-cn',
    viewport: { width: 760, height: 1000 },
  },
  { name: 'light-narrow', theme: 'Light Modern', viewport: { width: 620, height: 1100 } },
];

const texts = {
  en: {
    openStudio: 'Easel: Open Studio',
    fill: 'Easel: Fill Missing Images in Document…',
    promptLabel: 'Prompt:',
    promptText: 'a red fox in the snow',
    more: 'More options',
    plan: '# The river\n\n![A fox by the river](fox.png)\n\n![An owl at night](owl.png)\n\n![A heron](heron.png)\n',
  },
  'zh-cn': {
    openStudio: 'Easel: 打开画室',
    fill: 'Easel: 补全文档中缺失的图像…',
    promptLabel: '提示词:',
    promptText: '一只在雪地里奔跑的红色狐狸',
    more: '更多选项',
    plan: '# 河边\n\n![河边的一只狐狸](狐狸.png)\n\n![夜里的猫头鹰](猫头鹰.png)\n\n![一只苍鹭](苍鹭.png)\n',
  },
} as const;

for (const look of looks) {
  describe(`The Studio is readable and accessible: ${look.name}`, () => {
    const text = texts[look.language ?? 'en'];
    const viewport = look.viewport ?? { width: 1280, height: 800 };
    let ui: EmulatorWorkbench;
    let workbench: Workbench;
    let studio: FrameLocator;
    // By their places, as these screens are about no text.
    const part = (selector: string) => studio.locator(`${selector}:visible`);
    const shoot = (name: string) => workbench.screenshot(`${name}-${look.name}`);
    const keep = async (name: string) => {
      await decoded(studio);
      await shoot(`studio-${name}`);
      assert.deepEqual(await violations(studio), []);
    };
    const openStudio = async () => {
      await workbench.command(text.openStudio);
      studio = await workbench.webviewWith('textarea');
    };

    // One window for all of them: to open one takes longer than most of these tests.
    before(async () => {
      ui = await openEmulatorWorkbench({ 'plan.md': text.plan }, { ...look, prepare: seed });
      ({ workbench } = ui.open);
      await workbench.command('View: Close Primary Side Bar');
    });

    beforeEach(async () => {
      await emulator.settings({ queueMs: 0, runMs: 0 });
      await workbench.page.setViewportSize(viewport);
      await workbench.command('View: Close All Editors');
    });

    afterEach(async function () {
      await showFailure(this.currentTest, workbench);
    });

    after(() => ui?.close());

    it('with one image', async () => {
      await openStudio();
      await shoot('studio-empty');
      await part('#prompt').fill(text.promptText);
      await studio.getByText(text.more).click();
      await part('.generate').click();
      await studio.getByRole('img', { name: text.promptText }).first().waitFor();
      await keep('image');
    });

    it('with the history, details and a comparison', async () => {
      await openStudio();
      await part('#prompt').fill(text.promptText);
      await part('#prompt-style').selectOption({ index: 3 });
      await part('.sent').waitFor();
      await keep('style');
      await part('#prompt-style').selectOption({ index: 0 });
      await studio.locator('#tab-history').click();
      const cell = (index: number) => part('.cell[data-image]').nth(index);
      await cell(4).locator('img.loaded, canvas').waitFor();
      for (const index of [1, 2]) await cell(index).click({ modifiers: ['Control'] });
      await keep('history');
      await cell(2).press('Enter');
      await part('.details img').waitFor();
      await keep('details');
      await part('.details').press('Escape');
      await part('.gallery-line.selection button').nth(2).click();
      await part('dialog img').first().waitFor();
      await keep('compare');
      await studio.locator('dialog .segment').nth(1).click();
      await keep('swipe');
    });

    it('with a plan of missing images, and so is what a document shows', async () => {
      const { page } = workbench;
      await workbench.openFile('plan.md');
      await workbench.goToLine(3);
      await page.locator('.lightBulbWidget:visible').first().click();
      await page.locator('.action-widget').first().waitFor();
      await shoot('quick-fix');
      await workbench.escape();
      await workbench.command(text.fill);
      studio = await workbench.webviewWith('.fill-row');
      await part('.fill-row').nth(2).waitFor();
      await keep('plan');
      await part('.fill-row .fill-check').last().click();
      await part('.fill-run').click();
      await part('.fill-row[data-status="done"]').nth(1).waitFor();
      await keep('plan-done');
      await workbench.command('View: Focus First Editor Group');
      await workbench.command('Show or Focus Hover');
      await page.locator('.monaco-hover:visible img').first().waitFor();
      await shoot('hover');
      await page.locator('.monaco-hover:visible a[data-href*="showDetails"]').first().click();
      await workbench.tab('.png.txt').waitFor();
      await workbench.editorLine(text.promptLabel).waitFor();
      await shoot('image-details');
    });

    it('with jobs that wait, run, are uncertain or cancelled', async () => {
      await openStudio();
      const job = (status: string) => studio.locator(`.job[data-status='${status}']`).first();
      const generate = async (model: string) => {
        await part('#model').selectOption(model);
        await part('#prompt').fill(text.promptText);
        await part('.generate').click();
      };
      // A call leaves no task that could be found.
      await emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
      await generate('qwen-image-2.0');
      await job('uncertain').waitFor();
      await emulator.settings({ queueMs: 600_000 });
      await generate('wan2.2-t2i-flash');
      await job('running').locator('.cancel-cost').waitFor();
      await job('running').locator('.progress button').click();
      await job('cancelled').waitFor();
      await emulator.settings({ queueMs: 0, runMs: 600_000 });
      await generate('wan2.2-t2i-flash');
      await job('running').locator('.cancel-cost').waitFor();
      await shoot('studio-jobs');
      await job('uncertain').scrollIntoViewIfNeeded();
      await keep('uncertain');
    });

    it('with input images, a mask, colours and boxes', async () => {
      // Tall, so that the whole form is seen.
      await workbench.page.setViewportSize({ width: viewport.width, height: 1500 });
      await openStudio();
      await part('#model').selectOption('qwen-image-2.0-pro');
      await part('#prompt').fill(text.promptText);
      await part('.stepper button').last().click();
      await part('.generate').click();
      const asReference = part('.job')
        .first()
        .locator('.tile:not(.waiting) .toolbar button:nth-child(2)');
      await asReference.nth(1).waitFor();
      await asReference.first().click();
      await part('.input-tile').first().waitFor();
      await asReference.nth(1).click();
      await part('.input-tile').nth(1).waitFor();
      await keep('edit');

      const model = part('#model');
      await model.selectOption('wan2.7-image');
      await studio.getByText(text.more).click();
      await part('.field-colorPalette .button').click();
      await part('.field-boxes .button').first().click();
      await keep('boxes');

      await model.selectOption('wanx2.1-imageedit');
      await part('#editFunction').selectOption('description_edit_with_mask');
      await part('.field-mask .add-input').click();
      const pictures = workbench.page
        .locator('.quick-input-widget .monaco-list-row')
        .filter({ hasText: '.png' });
      await pictures.nth(1).waitFor();
      await shoot('studio-choose');
      await pictures.first().click();
      await part('.field-mask .input-tile').waitFor();
      await model.scrollIntoViewIfNeeded();
      await keep('mask');
    });
  });
}

/** Thirty images of before. */
async function seed(storage: string, folder: string): Promise<void> {
  const imagesFolder = path.join(folder, 'assets/images');
  await seedHistory({ storage, imagesFolder, images: 30, writesFiles: true });
}

/** Resolves when every picture is there to be seen. */
async function decoded(page: FrameLocator): Promise<void> {
  for (const image of await page.locator('img[src]:visible').all()) {
    await image.evaluate((picture: { decode(): Promise<void> }) => picture.decode());
  }
}

/** What axe finds wrong in a page, a line each. */
async function violations(page: FrameLocator): Promise<string[]> {
  const root = await page.locator(':root').elementHandle();
  const frame = await root?.ownerFrame();
  assert.ok(frame);
  // As text, because the page's own policy would forbid it as a script.
  await frame.evaluate(axeSource);
  return frame.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html + failureSummary).join(' | ')))`);
}
