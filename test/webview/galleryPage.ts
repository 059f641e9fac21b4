import type { GalleryHostMessage } from '../../src/shared/galleryProtocol';
import type { PageMessage } from '../../src/shared/pageMessage';
import { createGallery } from '../../src/webview/gallery/gallery';
import { readGalleryMemory } from '../../src/webview/gallery/galleryMemory';
import { FakeHistory, type GallerySetup } from '../fakes/fakeHistory';
import { galleryTexts } from '../fakes/galleryTexts';

// The gallery by itself in a page: the tests run this in the Studio's document, under its policy, and look at what it has said.

interface GalleryTest {
  readonly posted: unknown[];
  readonly said: string[];
  readonly compared: (readonly string[])[];
  readonly copied: string[];
  /** Milliseconds of each long task. */
  readonly longTasks: number[];
  receive(message: GalleryHostMessage): void;
  setVisible(isVisible: boolean): void;
  remove(ids: readonly string[]): void;
  add(id: string): void;
}

declare global {
  var galleryTest: GalleryTest;
  var gallerySetup: GallerySetup;
  var galleryMemory: unknown;
}

const longTasks: number[] = [];
new PerformanceObserver((list) => {
  longTasks.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ entryTypes: ['longtask'] });

const posted: unknown[] = [];
const said: string[] = [];
const compared: (readonly string[])[] = [];
const copied: string[] = [];
const { count, now, images, isSilent, memory: kept } = globalThis.gallerySetup;
const history = new FakeHistory(count, now, images);
const memory = readGalleryMemory(kept);
const gallery = createGallery({
  strings: galleryTexts,
  language: 'en',
  ...(memory && { memory }),
  post: (message) => {
    posted.push(asJson(message));
    const answer = isSilent ? undefined : history.answer(message);
    // Never before the page has done what it is doing, as in life.
    if (answer) setTimeout(() => gallery.receive(answer));
  },
  announce: (text) => said.push(text),
  onRemember: (next) => {
    globalThis.galleryMemory = next;
  },
  onCompare: (images) => compared.push(images.map(({ id }) => id)),
  copyImage: async ({ src }) => {
    copied.push(src);
    return true;
  },
});
const panel = document.createElement('main');
const heading = document.createElement('h1');
heading.className = 'visually-hidden';
heading.textContent = 'Studio';
panel.style.height = '100vh';
panel.append(heading, gallery.element);
document.body.replaceChildren(panel);
globalThis.galleryTest = {
  posted,
  said,
  compared,
  copied,
  longTasks,
  receive: gallery.receive,
  setVisible: gallery.setVisible,
  remove: (ids) => {
    history.remove(ids);
    gallery.receive({ type: 'imagesGone', imageIds: ids });
    gallery.receive({ type: 'historyChanged' });
  },
  add: (id) => {
    history.add(id);
    gallery.receive({ type: 'historyChanged' });
  },
};
gallery.setVisible(true);

/** Bytes would not come through to the test. */
function asJson(message: PageMessage): unknown {
  return 'bytes' in message ? { ...message, bytes: [...message.bytes] } : message;
}
