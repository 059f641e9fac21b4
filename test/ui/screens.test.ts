import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { seedHistory } from '../bench/historySeed';
import { emulator } from '../emulator/controlClient';
import { openWorkbench, type ThemeName } from '../host/openWorkbench';

// What a person sees, in every theme and both languages; the pictures are kept in out/screenshots.

const axeSource = readFileSync(
  createRequire(path.resolve('package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface Screen {
  readonly name: string;
  readonly theme: ThemeName;
  readonly language?: 'zh-cn';
  readonly viewport?: { width: number; height: number };
}

const screens: readonly Screen[] = [
  { name: 'light', theme: 'Light Modern' },
  { name: 'dark-zh', theme: 'Dark Modern', language: 'zh-cn' },
  { name: 'high-contrast', theme: 'Default High Contrast' },
  {
    name: 'high-contrast-light-narrow-zh',
    theme: 'Default High Contrast Light',
    language: 'zh-cn',
    viewport: { width: 760, height: 1000 },
  },
];

const narrowLight: Screen = {
  name: 'light-narrow',
  theme: 'Light Modern',
  viewport: { width: 620, height: 1100 },
};

/** Tall, so that the whole form is seen. */
const editScreens: readonly Screen[] = [
  { name: 'dark', theme: 'Dark Modern', viewport: { width: 1280, height: 1500 } },
  {
    name: 'high-contrast-narrow-zh',
    theme: 'Default High Contrast',
    language: 'zh-cn',
    viewport: { width: 760, height: 1500 },
  },
];

const texts = {
  en: {
    openStudio: 'Easel: Open Studio',
    fill: 'Easel: Fill Missing Images in Document…',
    prompt: 'Prompt',
    promptLabel: 'Prompt:',
    promptText: 'a red fox in the snow',
    model: 'Model',
    generate: /^Generate/,
    more: 'More options',
    plan: '# The river\n\n![A fox by the river](fox.png)\n\n![An owl at night](owl.png)\n\n![A heron](heron.png)\n',
  },
  'zh-cn': {
    openStudio: 'Easel: 打开画室',
    fill: 'Easel: 补全文档中缺失的图像…',
    prompt: '提示词',
    promptLabel: '提示词:',
    promptText: '一只在雪地里奔跑的红色狐狸',
    model: '模型',
    generate: /^生成/,
    more: '更多选项',
    plan: '# 河边\n\n![河边的一只狐狸](狐狸.png)\n\n![夜里的猫头鹰](猫头鹰.png)\n\n![一只苍鹭](苍鹭.png)\n',
  },
} as const;

describe('The Studio', () => {
  for (const screen of screens) {
    it(`is readable and accessible: ${screen.name}`, async () => {
      const { open, text, close } = await openScreen(screen);
      try {
        const { workbench } = open;
        await workbench.command(text.openStudio);
        const studio = await workbench.webviewWith('textarea');
        await workbench.screenshot(`studio-empty-${screen.name}`);
        await studio.getByLabel(text.prompt, { exact: true }).fill(text.promptText);
        await studio.getByText(text.more).click();
        await studio.getByRole('button', { name: text.generate }).click();
        const picture = studio.getByRole('img', { name: text.promptText }).first();
        await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
        await workbench.screenshot(`studio-${screen.name}`);
        assert.deepEqual(await violations(studio), []);
      } finally {
        await close();
      }
    });
  }

  for (const screen of [...screens, narrowLight]) {
    it(`is so with jobs that wait, run, are uncertain or cancelled: ${screen.name}`, async () => {
      const { open, text, close } = await openScreen(screen, { 'easel.model': 'qwen-image-2.0' });
      try {
        const { workbench } = open;
        await workbench.command(text.openStudio);
        const studio = await workbench.webviewWith('textarea');
        const job = (status: string) => studio.locator(`.job[data-status='${status}']`).first();
        const generate = async (model: string) => {
          await studio.locator('#model').selectOption(model);
          await studio.getByLabel(text.prompt, { exact: true }).fill(text.promptText);
          await studio.getByRole('button', { name: text.generate }).click();
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
        await workbench.screenshot(`studio-jobs-${screen.name}`);
        await job('uncertain').scrollIntoViewIfNeeded();
        await workbench.screenshot(`studio-uncertain-${screen.name}`);
        assert.deepEqual(await violations(studio), []);
      } finally {
        await close();
      }
    });
  }

  for (const screen of [...screens, narrowLight]) {
    it(`is so with the history, details and a comparison: ${screen.name}`, async () => {
      const { open, text, close } = await openScreen(screen, {}, 30);
      try {
        const { workbench } = open;
        await workbench.command('View: Close Primary Side Bar');
        await workbench.command(text.openStudio);
        const studio = await workbench.webviewWith('textarea');
        // By their places, as these screens are about no text.
        const part = (selector: string) => studio.locator(`${selector}:visible`);
        const keep = async (name: string) => {
          await decoded(studio);
          await workbench.screenshot(`studio-${name}-${screen.name}`);
          assert.deepEqual(await violations(studio), []);
        };
        await part('#prompt').fill(text.promptText);
        await part('#prompt-style').selectOption({ index: 3 });
        await part('.sent').waitFor();
        await keep('style');
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
      } finally {
        await close();
      }
    });
  }

  for (const screen of [...screens, narrowLight]) {
    it(`is so with a plan of missing images, and so is what a document shows: ${screen.name}`, async () => {
      const { open, text, folder, close } = await openScreen(screen, {
        'easel.model': 'wan2.2-t2i-flash',
      });
      try {
        const { workbench, page } = open;
        await writeFile(path.join(folder, 'plan.md'), text.plan);
        await workbench.command('View: Close Primary Side Bar');
        await workbench.openFile('plan.md');
        await workbench.goToLine(3);
        await page.locator('.lightBulbWidget:visible').first().click();
        await page.locator('.action-widget').first().waitFor();
        await workbench.screenshot(`quick-fix-${screen.name}`);
        await workbench.escape();
        await workbench.command(text.fill);
        const studio = await workbench.webviewWith('.fill-row');
        const part = (selector: string) => studio.locator(`${selector}:visible`);
        const keep = async (name: string) => {
          await decoded(studio);
          await workbench.screenshot(`studio-${name}-${screen.name}`);
          assert.deepEqual(await violations(studio), []);
        };
        await part('.fill-row').nth(2).waitFor();
        await keep('plan');
        await part('.fill-row .fill-check').last().click();
        await part('.fill-run').click();
        await part('.fill-row[data-status="done"]').nth(1).waitFor();
        await keep('plan-done');
        await workbench.command('View: Focus First Editor Group');
        await workbench.command('Show or Focus Hover');
        await page.locator('.monaco-hover:visible img').first().waitFor();
        await workbench.screenshot(`hover-${screen.name}`);
        await page.locator('.monaco-hover:visible a[data-href*="showDetails"]').first().click();
        await workbench.tab('.png.txt').waitFor();
        await workbench.editorLine(text.promptLabel).waitFor();
        await workbench.screenshot(`image-details-${screen.name}`);
      } finally {
        await close();
      }
    });
  }

  for (const screen of editScreens) {
    it(`is so with input images, a mask, colours and boxes: ${screen.name}`, async () => {
      const { open, text, close } = await openScreen(screen);
      try {
        const { workbench } = open;
        await workbench.command(text.openStudio);
        const studio = await workbench.webviewWith('textarea');
        // By their places, as these screens are about no text.
        const part = (selector: string) => studio.locator(`${selector}:visible`);
        const keep = async (name: string) => {
          await decoded(studio);
          await workbench.screenshot(`studio-${name}-${screen.name}`);
          assert.deepEqual(await violations(studio), []);
        };
        await studio.getByLabel(text.prompt, { exact: true }).fill(text.promptText);
        await part('.stepper button').last().click();
        await part('.generate').click();
        const asReference = part('.tile:not(.waiting) .toolbar button:nth-child(2)');
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
        await workbench.screenshot(`studio-choose-${screen.name}`);
        await pictures.first().click();
        await part('.field-mask .input-tile').waitFor();
        await model.scrollIntoViewIfNeeded();
        await keep('mask');
      } finally {
        await close();
      }
    });
  }
});

/** A window with the workspace of the tests, a key, and nothing made yet. */
async function openScreen(screen: Screen, user: Record<string, unknown> = {}, history = 0) {
  await emulator.reset();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-ui-'));
  await cp('test/workspace', folder, { recursive: true });
  const open = await openWorkbench({
    ...screen,
    vsix: process.env.EASEL_VSIX ?? '',
    folder,
    endpoint: emulator.address,
    apiKey: 'sk-emulator',
    settings: { user },
    prepare: async (storage) => {
      const imagesFolder = path.join(folder, 'assets/images');
      if (history > 0) {
        await seedHistory({ storage, imagesFolder, images: history, writesFiles: true });
      }
    },
  });
  const close = async () => {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { open, text: texts[screen.language ?? 'en'], folder, close };
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
