import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { History } from '../../../src/history/history';
import type { HistoryFilter } from '../../../src/history/historyFilter';
import type { FoundImage } from '../../../src/history/historyJob';
import { Thumbnails } from '../../../src/history/thumbnails';
import { readImageHeader } from '../../../src/util/imageHeader';
import { seedHistory } from '../../bench/historySeed';
import { facts, HistoryStorage, savedImage, savedJob } from '../../fakes/historyStorage';

const newestAt = Date.UTC(2026, 10, 1);
const day = 24 * 60 * 60 * 1000;

const words = [
  'fox',
  'SNOW',
  '雪山',
  'no. 12',
  'qwen',
  'the',
  '“面馆”',
  'png',
  'nothing-like-it',
  'ｆｏｘ',
];

const filters: fc.Arbitrary<HistoryFilter> = fc.record(
  {
    text: fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((all) => all.join(' ')),
    modelId: fc.constantFrom('qwen-image-plus', 'wan2.6-t2i', 'none'),
    since: fc.integer({ min: 0, max: 80 }).map((days) => newestAt - days * day),
    shape: fc.constantFrom('landscape', 'portrait', 'square'),
    madeIn: fc.constantFrom({ workspace: 'file:///w' }, { workspace: undefined }),
    isFavourite: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('a history of 10,000 images', function () {
  this.timeout(60_000);
  const storage = new HistoryStorage();
  let history: History;
  let all: readonly FoundImage[];
  const favourites = new Set<string>();
  before(async () => {
    const options = { storage: storage.folder, images: 10_000, workspace: 'file:///w', newestAt };
    const jobs = await seedHistory(options);
    all = jobs.toReversed().flatMap((job) => job.images.map((image) => ({ job, image })));
    for (const [index, { id }] of jobs.flatMap(({ images }) => images).entries()) {
      if (index % 100 === 0) favourites.add(id);
    }
    history = await storage.window();
  });
  after(() => storage.dispose());

  /** Slow and plain. */
  function passes(filter: HistoryFilter, { job, image }: FoundImage): boolean {
    const { modelId, prompt } = job.request;
    const name = decodeURIComponent(image.uri.split('/').at(-1) ?? '');
    const text = `${prompt} | ${name} | The ${modelId}`.toLowerCase();
    const wanted = (filter.text ?? '').toLowerCase().replaceAll('ｆｏｘ', 'fox');
    const { width, height } = image.size;
    const shape = width === height ? 'square' : width > height ? 'landscape' : 'portrait';
    return (
      wanted.split(' ').every((word) => text.includes(word)) &&
      (filter.modelId === undefined || filter.modelId === modelId) &&
      (filter.since === undefined || filter.since <= job.startedAt) &&
      (filter.shape === undefined || filter.shape === shape) &&
      (filter.madeIn === undefined || filter.madeIn.workspace === 'file:///w') &&
      (filter.isFavourite !== true || favourites.has(image.id))
    );
  }

  it('has them all, newest first', () => {
    const { total, items } = history.query({}, 0, 20_000);
    assert.equal(total, 10_000);
    assert.deepEqual(items, all);
  });

  it('finds what a plain look at each image finds, whatever is looked for', () => {
    fc.assert(
      fc.property(
        filters,
        fc.nat(300),
        fc.integer({ min: 1, max: 200 }),
        (filter, offset, limit) => {
          const expected = all
            .filter((found) => passes(filter, found))
            .map(({ image }) => image.id);
          const { total, items } = history.query(filter, offset, limit);
          assert.equal(total, expected.length);
          assert.deepEqual(
            items.map(({ image }) => image.id),
            expected.slice(offset, offset + limit),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('finds each image by its id, with its job', () => {
    for (const { job, image } of all) {
      const found = history.find(image.id);
      assert.ok(found?.image.uri === image.uri && found.job.id === job.id);
    }
    assert.equal(history.find('none'), undefined);
  });

  it('answers anew after a change', async () => {
    const filter = { text: 'fox', isFavourite: true };
    const before = history.query(filter, 0, 1).total;
    await history.add(savedJob('new', { startedAt: newestAt + 1 }), facts);
    await history.setFavourite(['new-0'], true);
    assert.equal(history.query(filter, 0, 1).items[0]?.image.id, 'new-0');
    assert.equal(history.query(filter, 0, 1).total, before + 1);
    await history.forget(['new-0']);
    assert.equal(history.query(filter, 0, 1).total, before);
  });
});

describe('a made-up history', () => {
  it('has files and thumbnails where they are wanted', async () => {
    const storage = new HistoryStorage();
    try {
      const options = { storage: storage.folder, images: 7 };
      await seedHistory({ ...options, writesFiles: true, writesThumbnails: true });
      const thumbnails = new Thumbnails(storage.folder, 'window');
      await thumbnails.load();
      const { items } = (await storage.window()).query({}, 0, 100);
      assert.equal(items.length, 7);
      for (const { image } of items) {
        const file = readFileSync(new URL(image.uri));
        assert.ok(readImageHeader(file));
        assert.deepEqual(readFileSync(thumbnails.path(image.id) ?? ''), file);
      }
    } finally {
      storage.dispose();
    }
  });
});

describe('a search of the history', () => {
  let storage: HistoryStorage;
  let history: History;
  beforeEach(async () => {
    storage = new HistoryStorage();
    history = await storage.window();
  });
  afterEach(() => storage.dispose());

  it('finds names that are written as addresses write them, and bare percent signs', async () => {
    const uris = ['file:///w/%E9%9B%AA%20fox.png', 'file:///w/100%.png'];
    const images = uris.map((uri, index) => ({ ...savedImage('a', index), uri }));
    await history.add(savedJob('a', { images, request: { prompt: '' } }), facts);
    for (const [text, id] of [
      ['雪 FOX', 'a-0'],
      ['100%', 'a-1'],
    ] as const) {
      const { items } = history.query({ text }, 0, 9);
      assert.deepEqual(
        items.map(({ image }) => image.id),
        [id],
        text,
      );
    }
  });

  it('takes a nearly square image for a square one', async () => {
    const size = { width: 1024, height: 1040 };
    await history.add(savedJob('a', { images: [{ ...savedImage('a'), size }] }), facts);
    assert.equal(history.query({ shape: 'square' }, 0, 9).total, 1);
    assert.equal(history.query({ shape: 'portrait' }, 0, 9).total, 0);
  });

  it('tells a window without a folder from any window', async () => {
    await history.add(savedJob('a'), { ...facts, workspace: undefined });
    await history.add(savedJob('b'), facts);
    assert.equal(history.query({ madeIn: { workspace: undefined } }, 0, 9).total, 1);
    assert.equal(history.query({}, 0, 9).total, 2);
  });
});
