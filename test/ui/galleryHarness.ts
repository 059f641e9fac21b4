import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { GalleryHostMessage } from '../../src/shared/galleryProtocol';
import { type PageMessage, pageMessageSchema } from '../../src/shared/pageMessage';
import type { GallerySetup } from '../fakes/fakeHistory';
import { type OpenStudio, type StudioPage, studioPages } from './pageHarness';

// The gallery by itself, in the Studio's document. A history of made-up images answers it, unless the test does.

/** How a gallery is opened. */
interface GalleryOptions extends Partial<GallerySetup> {
  readonly width?: number;
  readonly height?: number;
  /** Besides the theme of the harness. */
  readonly css?: string;
  /** Before the gallery loads its first picture. */
  readonly prepare?: (studio: StudioPage) => Promise<void>;
}

/** When the images of a test were made at the latest. */
const galleryNow = Date.UTC(2026, 10, 28, 12);

/** The gallery in a page. */
export class GalleryPage {
  readonly list: Locator;
  readonly cells: Locator;
  readonly search: Locator;
  readonly details: Locator;
  readonly selection: Locator;

  constructor(readonly studio: StudioPage) {
    const { page } = studio;
    this.list = page.getByRole('listbox', { name: 'History' });
    this.cells = page.getByRole('option').and(page.locator('.cell'));
    this.search = page.getByRole('searchbox');
    this.details = page.getByRole('region', { name: 'Details' });
    this.selection = page.getByRole('toolbar', { name: 'Actions for the selected images' });
  }

  get page() {
    return this.studio.page;
  }

  /** By its number in the grid, from 0. */
  cell(index: number): Locator {
    return this.page.locator(`.cell[data-index="${index}"]`);
  }

  image(id: string): Locator {
    return this.page.locator(`.cell[data-image="${id}"]`);
  }

  /** What it has said to the host. @throws for what the host would refuse. */
  async posted(): Promise<PageMessage[]> {
    const messages = await this.page.evaluate<Record<string, unknown>[]>('galleryTest.posted');
    return messages.map((message) => {
      const { bytes } = message;
      return pageMessageSchema.parse(
        Array.isArray(bytes) ? { ...message, bytes: Uint8Array.from(bytes) } : message,
      );
    });
  }

  async postedOf<Type extends PageMessage['type']>(
    type: Type,
  ): Promise<Extract<PageMessage, { type: Type }>[]> {
    const isOfType = (message: PageMessage): message is Extract<PageMessage, { type: Type }> =>
      message.type === type;
    return (await this.posted()).filter(isOfType);
  }

  async said(): Promise<string[]> {
    return this.page.evaluate<string[]>('galleryTest.said');
  }

  async receive(message: GalleryHostMessage): Promise<void> {
    await this.page.evaluate(`galleryTest.receive(${JSON.stringify(message)})`);
  }

  async run(code: string): Promise<void> {
    await this.page.evaluate(`${code}; undefined`);
  }

  /** Resolves when the page's condition is met. */
  async until(condition: string): Promise<void> {
    // Not waitForFunction, whose polling the policy forbids.
    await this.page.evaluate(`new Promise((resolve) => {
      const look = () => ((${condition}) ? resolve() : requestAnimationFrame(look));
      look();
    })`);
  }

  /** The id of the image in focus. */
  async focusedImage(): Promise<string | undefined> {
    return this.page.evaluate('document.activeElement?.dataset?.image');
  }

  /** The ids of the cells that are selected. */
  async selected(): Promise<string[]> {
    // What was pressed is drawn with the next frame.
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))');
    return this.page.evaluate(
      `[...document.querySelectorAll('.cell[aria-selected=true]')].map(({ dataset }) => dataset.image)`,
    );
  }
}

/** Opens a gallery and waits for its first answer. */
export type OpenGallery = (options?: GalleryOptions) => Promise<GalleryPage>;

/** To be called in a `describe`. */
export function galleryPages(): OpenGallery {
  const open: OpenStudio = studioPages();
  return async (options = {}) => {
    const { width = 900, height = 700, css = '', prepare, ...setup } = options;
    const studio = await open(undefined, { width, height });
    await prepare?.(studio);
    const all: GallerySetup = { count: 100, now: galleryNow, ...setup };
    await studio.page.evaluate(`
      globalThis.gallerySetup = ${JSON.stringify(all)};
      {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(${JSON.stringify(css)});
        document.adoptedStyleSheets.push(sheet);
      }`);
    await studio.page.evaluate(
      readFileSync(path.resolve('out/test/webview/galleryPage.js'), 'utf8'),
    );
    const gallery = new GalleryPage(studio);
    if (!setup.isSilent) {
      await gallery.until(`!/Loading/.test(document.querySelector('.gallery-count').textContent)`);
    }
    return gallery;
  };
}
