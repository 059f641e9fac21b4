import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Locator,
  type Page,
  type Route,
} from 'playwright-core';
import { panelHtml } from '../../src/panel/panelHtml';
import { type PageMessage, pageMessageSchema } from '../../src/shared/pageMessage';
import { type Draft, draftSchema, type HostMessage } from '../../src/shared/panelProtocol';
import { panelTexts } from '../fakes/panelFixtures';
import { launchOptions } from '../host/npmHost';

// The Studio's page as it is built, under its real policy, in a plain browser: here the test plays the host.

const origin = 'http://studio.test';

const styleSheets = ['studio', 'prompt', 'gallery', 'compare', 'fill'];

const documentOf = (name: string, styles: readonly string[]): string =>
  panelHtml({
    cspSource: "'self'",
    nonce: 'bm9uY2U+/w==',
    scriptUri: `${origin}/${name}.js`,
    styleUris: styles.map((style) => `${origin}/${style}.css`),
    language: 'en',
    strings: panelTexts,
  });

/** What a page's pictures are answered with; as wide and high as the page makes them. */
export const picture = {
  contentType: 'image/svg+xml',
  body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

/** By path. */
const responses: Readonly<Record<string, Parameters<Route['fulfill']>[0]>> = {
  '/': {
    contentType: 'text/html',
    body: documentOf('studio', styleSheets),
  },
  // A part of the page by itself.
  '/compare': { contentType: 'text/html', body: documentOf('compare', ['studio', 'compare']) },
  '/compare.js': { path: path.resolve('out/test/webview/comparePage.js') },
  '/studio.js': { path: path.resolve('dist/webview/studio.js') },
  ...Object.fromEntries(
    styleSheets.map((name) => [`/${name}.css`, { path: path.resolve(`media/${name}.css`) }]),
  ),
  '/images/gone.png': { contentType: 'image/png', body: '' }, // a 404 would be among the problems
};

/** What VS Code gives every webview, as far as the page's layout and contrast depend on it: Dark Modern. */
const theme = `
@layer vscode-default {
  body { margin: 0; padding: 0 20px; font: 13px system-ui, sans-serif; }
  img { max-width: 100%; max-height: 100%; }
}
:root {
  --vscode-foreground: #cccccc;
  --vscode-descriptionForeground: #9d9d9d;
  --vscode-disabledForeground: rgba(204, 204, 204, 0.5);
  --vscode-errorForeground: #f85149;
  --vscode-icon-foreground: #cccccc;
  --vscode-focusBorder: #0078d4;
  --vscode-textLink-foreground: #4daafc;
  --vscode-progressBar-background: #0078d4;
  --vscode-editor-background: #1f1f1f;
  --vscode-editorWidget-background: #202020;
  --vscode-editorWarning-foreground: #cca700;
  --vscode-input-background: #313131;
  --vscode-input-foreground: #cccccc;
  --vscode-input-placeholderForeground: #989898;
  --vscode-inputOption-activeBackground: rgba(36, 137, 219, 0.51);
  --vscode-inputOption-activeForeground: #ffffff;
  --vscode-dropdown-background: #313131;
  --vscode-dropdown-foreground: #cccccc;
  --vscode-checkbox-foreground: #cccccc;
  --vscode-badge-background: #616161;
  --vscode-badge-foreground: #f8f8f8;
  --vscode-checkbox-background: #313131;
  --vscode-checkbox-border: #3c3c3c;
  --vscode-button-background: #0078d4;
  --vscode-button-foreground: #ffffff;
  --vscode-button-secondaryBackground: rgba(0, 0, 0, 0);
  --vscode-button-secondaryForeground: #cccccc;
}`;

/** VS Code's side in the page. The session's storage outlives a reload, as what VS Code keeps does. */
const fakeApi = `
globalThis.acquireVsCodeApi = () => ({
  postMessage: (message) => {
    const posted = JSON.parse(sessionStorage.posted ?? '[]');
    // JSON has no bytes.
    const bytes = (_key, value) => value instanceof Uint8Array ? { bytes: [...value] } : value;
    sessionStorage.posted = JSON.stringify([...posted, JSON.parse(JSON.stringify(message, bytes))]);
  },
  getState: () => sessionStorage.memory && JSON.parse(sessionStorage.memory),
  setState: (memory) => { sessionStorage.memory = JSON.stringify(memory); },
});
const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(theme)});
document.adoptedStyleSheets = [sheet];`;

/** How a page is opened; without any of it: a window of 900 × 860, nothing kept, and time as it passes. */
interface StudioOptions extends Pick<BrowserContextOptions, 'reducedMotion'> {
  readonly width?: number;
  readonly height?: number;
  /** The Studio, or a part of it by itself. */
  readonly path?: '/' | '/compare';
  /** What an earlier page has kept. */
  readonly memory?: unknown;
  /** Stops the page's clock at this time, in milliseconds since the epoch; `page.clock` moves it on. */
  readonly now?: number;
}

/** The page, and the host's end of the line. Code for the page is text: the tests do not know the types of its DOM. */
export class StudioPage {
  /** Errors, warnings and what the policy has forbidden. The test fails when there are any. */
  readonly problems: string[] = [];
  readonly prompt: Locator;
  readonly model: Locator;
  readonly seed: Locator;
  readonly count: Locator;
  readonly generate: Locator;
  readonly moreOptions: Locator;
  readonly jobs: Locator;

  constructor(readonly page: Page) {
    const form = page.locator('.form');
    this.prompt = form.getByLabel('Prompt', { exact: true });
    this.model = form.getByLabel('Model', { exact: true });
    this.seed = form.getByLabel('Seed', { exact: true });
    this.count = form.getByLabel('Images', { exact: true });
    this.generate = page.getByRole('button', { name: 'Generate', exact: true });
    this.moreOptions = page.getByText('More options', { exact: true });
    this.jobs = page.getByRole('article');
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.problems.push(message.text());
    });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Resolves when the page has dealt with the message. */
  async send(message: HostMessage): Promise<void> {
    // The page was the first to listen, so it has its turn before this does.
    await this.page.evaluate(`new Promise((resolve) => {
      addEventListener('message', resolve, { once: true });
      postMessage(${JSON.stringify(message)}, '*');
    }).then(() => {})`);
  }

  /** Everything that the page has said, in order and over reloads. @throws for what the host would refuse. */
  async posted(): Promise<PageMessage[]> {
    const text = await this.page.evaluate<string>(`sessionStorage.posted ?? '[]'`);
    const messages: unknown[] = JSON.parse(text, (_key, value) =>
      Array.isArray(value?.bytes) ? Uint8Array.from(value.bytes) : value,
    );
    return messages.map((message) => pageMessageSchema.parse(message));
  }

  /** Resolves when the page has said so many messages of this type. */
  async untilPosted(type: PageMessage['type'], count = 1): Promise<void> {
    await this.page.evaluate(`new Promise((resolve) => {
      const look = () => {
        const posted = JSON.parse(sessionStorage.posted ?? '[]');
        const isThere = posted.filter(({ type }) => type === '${type}').length >= ${count};
        isThere ? resolve() : requestAnimationFrame(look);
      };
      look();
    }).then(() => {})`);
  }

  /** The drafts of all messages of this type. */
  async postedDrafts(type: 'draftChanged' | 'generate'): Promise<Draft[]> {
    const messages = await this.posted();
    return messages.flatMap((message) => (message.type === type ? [message.draft] : []));
  }

  /** What the form holds, as the page keeps it; unlike `draftChanged` it is never behind. */
  async draft(): Promise<Draft> {
    const text = await this.page.evaluate<string>('sessionStorage.memory');
    return draftSchema.parse(JSON.parse(text).draft);
  }

  /** What has the focus, by its label, id or tag. */
  async focused(): Promise<string> {
    return this.page.evaluate<string>(
      `(({ ariaLabel, id, tagName }) => ariaLabel || id || tagName)(document.activeElement)`,
    );
  }

  /** The parts whose contents are wider than they are: these would scroll sideways, or cut a text. */
  async tooWide(): Promise<string[]> {
    return this.page.evaluate<string[]>(`
      [...document.querySelectorAll('html, .side, .results, .job-prompt, .outcome p')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ localName, className }) => localName + '.' + className)`);
  }

  /** What axe finds wrong, a line each. */
  async violations(): Promise<string[]> {
    const axe = createRequire(path.resolve('package.json')).resolve('axe-core/axe.min.js');
    await this.page.evaluate(readFileSync(axe, 'utf8'));
    return this.page.evaluate<string[]>(`axe.run().then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
  }

  /** For keys that only the browser's own protocol can press, such as those of an input method. */
  async protocol(): Promise<CDPSession> {
    return this.page.context().newCDPSession(this.page);
  }
}

/** Opens the page; the message, if any, is the host's answer to `ready`. */
export type OpenStudio = (answer?: HostMessage, options?: StudioOptions) => Promise<StudioPage>;

/** To be called in a `describe`: one browser for its tests, which opens and closes by itself, and a fresh page for each call. */
export function studioPages(): OpenStudio {
  let browser: Browser | undefined;
  let opened: StudioPage[] = [];
  before(async () => {
    browser = await chromium.launch(launchOptions());
  });
  after(async () => browser?.close());
  afterEach('nothing was forbidden and nothing threw', async () => {
    const problems = opened.flatMap((studio) => studio.problems);
    await Promise.all(opened.map(({ page }) => page.context().close()));
    opened = [];
    assert.deepEqual(problems, []);
  });

  return async (answer, options = {}) => {
    const { width = 900, height = 860, memory, now, reducedMotion = 'no-preference' } = options;
    const { path: pagePath = '/' } = options;
    assert.ok(browser);
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion });
    const page = await context.newPage();
    const studio = new StudioPage(page);
    opened.push(studio);
    await context.route('**/*', serve);
    await page.addInitScript({ content: fakeApi });
    if (memory !== undefined) {
      const kept = JSON.stringify(JSON.stringify(memory));
      await page.addInitScript({ content: `sessionStorage.memory ??= ${kept};` });
    }
    if (now !== undefined) {
      // Well before, because the clock runs until it is stopped, and cannot be put back.
      await page.clock.install({ time: now - 3_600_000 });
      await page.clock.pauseAt(now);
    }
    await page.goto(`${origin}${pagePath}`);
    if (answer) await studio.send(answer);
    return studio;
  };
}

async function serve(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const other = pathname.startsWith('/images/') ? picture : { status: 404 };
  await route.fulfill(responses[pathname] ?? other);
}
