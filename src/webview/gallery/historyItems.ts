import type { GalleryHostMessage, GalleryImage } from '../../shared/galleryProtocol';
import { maxPageItems } from './galleryLimits';
import type { IndexRange } from './gridLayout';

/** An answer of the host with a part of the history. */
export type HistoryPage = Extract<GalleryHostMessage, { type: 'historyPage' }>;

/** What the host is asked for. */
export interface HistoryQuery {
  readonly queryId: number;
  readonly offset: number;
  readonly limit: number;
}

/** The images that pass the filter, as far as they are known: a few thousand around what is in view. */
export interface HistoryItems {
  /** How many there are; undefined until the host has said so. */
  readonly total: number | undefined;
  at(index: number): GalleryImage | undefined;
  indexOf(id: string): number | undefined;
  loaded(): readonly GalleryImage[];
  /** Asks for what is unknown or old among these. Of two queries that wait the host answers the later, so one waits at a time. */
  need(range: IndexRange): void;
  /** There is another filter: what is known stays until the next answer, and goes then. */
  restart(): void;
  /** What is known may have changed, and is asked for again when it is needed. */
  outdate(): void;
  /** False for an answer that came too late. */
  receive(page: HistoryPage): boolean;
  replace(image: GalleryImage): void;
}

interface Chunk {
  readonly images: readonly GalleryImage[];
  readonly isOld: boolean;
}

const chunkSize = maxPageItems / 2;
const maxChunks = 30;

/** Makes an empty history that asks through `post`. */
export function createHistoryItems(post: (query: HistoryQuery) => void): HistoryItems {
  const chunks = new Map<number, Chunk>();
  let total: number | undefined;
  let wanted: IndexRange = { first: 0, last: 0 };
  let asked: HistoryQuery | undefined;
  let lastQueryId = 0;
  let isRestarting = false;

  const outdate = (): void => {
    for (const [number, chunk] of chunks) chunks.set(number, { ...chunk, isOld: true });
    asked = undefined;
  };
  const lacks = (number: number): boolean => chunks.get(number)?.isOld ?? true;
  const ask = (): void => {
    const last = Math.max(wanted.first, Math.min(wanted.last, (total ?? Infinity) - 1));
    const numbers: number[] = [];
    for (let at = chunkOf(wanted.first); at <= chunkOf(last); at++) if (lacks(at)) numbers.push(at);
    const [first, second] = numbers;
    if (first === undefined) return;
    // The one that waits will bring a part of it.
    if (asked && numbers.some((number) => isAsked(asked, number))) return;
    lastQueryId++;
    const limit = second === first + 1 ? 2 * chunkSize : chunkSize;
    asked = { queryId: lastQueryId, offset: first * chunkSize, limit };
    post(asked);
  };
  const forget = (): void => {
    const middle = chunkOf((wanted.first + wanted.last) / 2);
    const far = [...chunks.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const number of far.slice(0, Math.max(0, chunks.size - maxChunks))) chunks.delete(number);
  };
  return {
    get total() {
      return total;
    },
    at: (index) => chunks.get(chunkOf(index))?.images[index % chunkSize],
    indexOf: (id) => {
      for (const isOld of [false, true]) {
        for (const [number, chunk] of chunks) {
          const at = chunk.isOld === isOld ? chunk.images.findIndex((each) => each.id === id) : -1;
          if (at >= 0) return number * chunkSize + at;
        }
      }
      return undefined;
    },
    loaded: () =>
      [...chunks.entries()].sort(([a], [b]) => a - b).flatMap(([, { images }]) => images),
    need: (range) => {
      wanted = range;
      ask();
    },
    restart: () => {
      isRestarting = true;
      outdate();
    },
    outdate,
    receive: (page) => {
      if (page.queryId !== asked?.queryId) return false;
      const { offset, limit } = asked;
      asked = undefined;
      if (isRestarting) chunks.clear();
      else if (total !== page.total) outdate();
      isRestarting = false;
      total = page.total;
      for (let start = 0; start < limit; start += chunkSize) {
        const images = page.items.slice(start, start + chunkSize);
        chunks.set(chunkOf(offset + start), { images, isOld: false });
      }
      for (const number of [...chunks.keys()]) {
        if (number > 0 && number * chunkSize >= total) chunks.delete(number);
      }
      forget();
      return true;
    },
    replace: (image) => {
      for (const [number, chunk] of chunks) {
        const at = chunk.images.findIndex(({ id }) => id === image.id);
        if (at >= 0) chunks.set(number, { ...chunk, images: chunk.images.with(at, image) });
      }
    },
  };
}

function chunkOf(index: number): number {
  return Math.floor(index / chunkSize);
}

function isAsked(query: HistoryQuery | undefined, chunk: number): boolean {
  if (!query) return false;
  const start = chunk * chunkSize;
  return start >= query.offset && start < query.offset + query.limit;
}
