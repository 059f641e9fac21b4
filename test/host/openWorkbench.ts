import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { Workbench } from '../ui/workbench';
import {
  installVsix,
  launchOptions,
  type SeededSettings,
  serveMintKey,
  startServer,
  type VsCodeServer,
  workbenchUrl,
} from './npmHost';

/** The themes that a screenshot is worth taking in, with the class that the window then has. */
const themeClass = {
  'Light Modern': 'vs',
  'Dark Modern': 'vs-dark',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

/** By the name in `workbench.colorTheme`. */
export type ThemeName = keyof typeof themeClass;

/** A clean VS Code to be driven. */
export interface WorkbenchOptions {
  /** The packaged extension, installed as a person would. */
  readonly vsix: string;
  /** The workspace, used as it is; without one the window is empty. */
  readonly folder?: string | undefined;
  /** The service's stand-in, as `easel.endpoint`. */
  readonly endpoint?: string | undefined;
  /** As DASHSCOPE_API_KEY; without it Easel finds no key. */
  readonly apiKey?: string | undefined;
  readonly theme?: ThemeName | undefined;
  /** What Easel speaks. The workbench itself stays English: its own translations are not in npm. */
  readonly language?: 'zh-cn' | undefined;
  readonly settings?: SeededSettings;
  readonly trust?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Called with Easel's own storage, before VS Code is started. */
  readonly prepare?: (storage: string) => Promise<void>;
}

/** A window that is up; closing it ends everything that it brought. */
export interface OpenWorkbench {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: VsCodeServer;
  close(): Promise<void>;
}

/** Installs the extension into an empty VS Code and opens its window in a headless Chromium. */
export async function openWorkbench(options: WorkbenchOptions): Promise<OpenWorkbench> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'easel-data-'));
  const closers = [() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    await installVsix(dataDir, options.vsix);
    const { endpoint, theme, settings } = options;
    await options.prepare?.(path.join(dataDir, 'data/User/globalStorage/easel.easel'));
    const server = await startServer({
      dataDir,
      settings: {
        user: { ...(theme ? { 'workbench.colorTheme': theme } : {}), ...settings?.user },
        always: { ...(endpoint ? { 'easel.endpoint': endpoint } : {}), ...settings?.always },
      },
      environment: { DASHSCOPE_API_KEY: options.apiKey },
      ...(options.trust === undefined ? {} : { trust: options.trust }),
    });
    closers.push(() => server.stop());
    const browser = await chromium.launch(launchOptions());
    closers.push(() => browser.close().catch(() => {})); // crashed already, perhaps
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
      locale: options.language ?? 'en',
    });
    context.setDefaultTimeout(20_000);
    await serveMintKey(context);
    if (options.language) await speak(context, options.language);
    const page = await context.newPage();
    await page.goto(workbenchUrl(server.url, { folder: options.folder }));
    const workbench = new Workbench(page);
    await workbench.ready();
    // The window comes up light, and takes its theme when it has read the settings.
    if (theme) await page.locator(`.monaco-workbench.${themeClass[theme]}`).waitFor();
    return { workbench, page, context, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a language pack would set: VS Code picks package.nls.<language>.json and the l10n bundle of every extension by it. */
async function speak(context: BrowserContext, language: string): Promise<void> {
  await context.addInitScript((name) => {
    Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name });
  }, language);
}
