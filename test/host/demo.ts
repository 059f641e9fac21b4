import { cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { imageSize } from 'image-size';
import { parseSize } from '../../src/imageModel/imageSize';
import { startEmulator } from '../emulator/emulator';
import type { Workbench } from '../ui/workbench';
import { mainScript } from './mainScript';
import { launchOptions } from './npmHost';
import { openWorkbench } from './openWorkbench';
import { packageExtension } from './vsix';

// npm run demo -- "a red fox in the snow": a new user's first image, unattended. The last line of stdout is JSON.

const folder = path.resolve('out/demo');
const screenshot = path.resolve('out/demo.png');

/** How long the real service may take. */
const patience = 5 * 60_000;

mainScript(async () => {
  const prompt = process.argv.slice(2).join(' ').trim() || 'a red fox in the snow';
  launchOptions(); // says at once that there is no Chromium
  await rm(screenshot, { force: true });
  await rm(folder, { recursive: true, force: true });
  await cp('test/workspace', folder, { recursive: true });
  const vsix = await packageExtension();
  const key = process.env.DASHSCOPE_API_KEY;
  const emulator = key ? undefined : await startEmulator({ queueMs: 300, runMs: 1000 });
  try {
    const window = await openWorkbench({
      ...{ vsix, folder, endpoint: emulator?.url, apiKey: key ?? 'sk-emulator' },
      viewport: { width: 1440, height: 900 },
    });
    let shownSize: string;
    try {
      shownSize = await generate(window.workbench, prompt);
      await showInPreview(window.workbench);
    } finally {
      await window.page.screenshot({ path: screenshot });
      await window.close();
    }
    const saved = await savedImages();
    await checkSizes(saved, emulator?.ledger().at(-1)?.size ?? shownSize);
    console.log(JSON.stringify({ saved, screenshot }));
  } finally {
    await emulator?.stop();
  }
});

/** Resolves when Easel says that the image is saved, to what the prompt's box said of its size. */
async function generate(workbench: Workbench, prompt: string): Promise<string> {
  await workbench.openFile('welcome.md');
  await workbench.goToLine(await lineAfter('describe the image'));
  // A paragraph of its own.
  for (const key of ['Enter', 'Enter', 'ArrowUp']) await workbench.page.keyboard.press(key);
  await workbench.command('Easel: Generate Image…');
  const box = workbench.quickInput('Describe the image');
  const title = await box.locator('.quick-input-title').textContent();
  await workbench.answer('Describe the image', prompt);
  const saved = workbench.toast('Saved ');
  const failed = workbench.toasts.filter({ has: workbench.page.locator('.codicon-error') });
  await saved.or(failed).first().waitFor({ timeout: patience });
  if (await failed.count()) throw new Error((await failed.allInnerTexts()).join('\n'));
  return title ?? '';
}

/** The empty line, counted from 1, below the one with this text. */
async function lineAfter(text: string): Promise<number> {
  const lines = (await readFile(path.join(folder, 'welcome.md'), 'utf8')).split('\n');
  return lines.findIndex((line) => line.includes(text)) + 2;
}

async function showInPreview(workbench: Workbench): Promise<void> {
  await workbench.save();
  const preview = await workbench.openPreviewToSide();
  const picture = preview.locator('img').first();
  await picture.scrollIntoViewIfNeeded();
  await workbench.until(
    () => picture.evaluate((node) => 'naturalWidth' in node && Number(node.naturalWidth) > 0),
    'the preview does not show the picture',
  );
}

/** Everything in the workspace that is an image; the sample has none. */
async function savedImages(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /\.(png|jpe?g|webp)$/.test(name))
    .map((name) => path.join(folder, name));
}

async function checkSizes(files: string[], asked: string): Promise<void> {
  const want = parseSize(/\d+\s*[*×]\s*\d+/.exec(asked)?.[0] ?? '');
  if (files.length === 0 || typeof want !== 'object')
    throw new Error(`No image of ${asked} was saved.`);
  for (const file of files) {
    const { width, height } = imageSize(await readFile(file));
    if (width !== want.width || height !== want.height) {
      throw new Error(`${file} is ${width}×${height}, and ${asked} was asked for.`);
    }
  }
}
