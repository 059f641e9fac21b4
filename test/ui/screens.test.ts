import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
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

const texts = {
  en: {
    openStudio: 'Easel: Open Studio',
    prompt: 'Prompt',
    generate: /^Generate/,
    more: 'More options',
  },
  'zh-cn': { openStudio: 'Easel: 打开画室', prompt: '提示词', generate: /^生成/, more: '更多选项' },
} as const;

describe('The Studio', () => {
  for (const screen of screens) {
    it(`is readable and accessible: ${screen.name}`, async () => {
      await emulator.reset();
      const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-ui-'));
      await cp('test/workspace', folder, { recursive: true });
      const { workbench, close } = await openWorkbench({
        ...screen,
        vsix: process.env.EASEL_VSIX ?? '',
        folder,
        endpoint: emulator.address,
        apiKey: 'sk-emulator',
      });
      try {
        const text = texts[screen.language ?? 'en'];
        await workbench.command(text.openStudio);
        const studio = await workbench.webviewWith('textarea');
        await workbench.screenshot(`studio-empty-${screen.name}`);
        const prompt = screen.language ? '一只在雪地里奔跑的红色狐狸' : 'a red fox in the snow';
        await studio.getByLabel(text.prompt, { exact: true }).fill(prompt);
        await studio.getByText(text.more).click();
        await studio.getByRole('button', { name: text.generate }).click();
        const picture = studio.getByRole('img', { name: prompt }).first();
        await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
        await workbench.screenshot(`studio-${screen.name}`);
        assert.deepEqual(await violations(studio), []);
      } finally {
        await close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});

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
