import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import type { GenerationJob } from '../../../src/generation/generationJob';
import type { History } from '../../../src/history/history';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import { facts, HistoryStorage, savedImage, savedJob } from '../../fakes/historyStorage';
import { fullRequest } from '../../fakes/journalRecords';

describe('the history', () => {
  let storage: HistoryStorage;
  let history: History;
  beforeEach(async () => {
    storage = new HistoryStorage();
    history = await storage.window();
  });
  afterEach(() => storage.dispose());

  /** The ids of all images, as a window that comes now has them. */
  async function idsLater(): Promise<readonly string[]> {
    return idsOf(await storage.window('later'));
  }

  it('is empty at first, and writes nothing for that', async () => {
    assert.deepEqual(history.query({}, 0, 10), { total: 0, items: [] });
    assert.deepEqual([history.models(), history.folders(), history.prompts(9, 9)], [[], [], []]);
    await assert.rejects(async () => storage.text());
  });

  it('remembers a whole request, and everything that its details show, over a restart', async () => {
    const cost = { amount: 0.4, currency: 'CNY', isUpTo: false } as const;
    const images = [savedImage('a', 0), savedImage('a', 1)];
    const job = savedJob('a', { images, request: { ...fullRequest } });
    await history.add(job, { workspace: 'file:///w', cost });
    const later = await storage.window('later');
    const { job: found, image } = later.find('a-1') ?? {};
    assert.deepEqual(found?.request, {
      ...fullRequest,
      images: fullRequest.images,
      mask: fullRequest.mask,
    });
    assert.deepEqual([found?.startedAt, found?.endedAt, found?.cost], [1_000, 6_000, cost]);
    assert.deepEqual(
      [found?.workspace, found?.regionId, found?.requestId],
      ['file:///w', 'cn-beijing', 'request-of-a'],
    );
    assert.deepEqual(image, { ...images[1], actualPrompt: 'rewritten for a-1' });
    assert.deepEqual(later.job('a'), found);
  });

  it('is for this user only, and has no address that opens a door', async () => {
    const signed = 'https://example.com/in.png?OSSAccessKeyId=key-id&Signature=abc#part';
    const plain = 'https://example.com/in.png?size=large';
    const images = [{ uri: signed }, { uri: plain }, { uri: 'https://me:pass@example.com/a.png' }];
    await history.add(savedJob('a', { request: { images } }), facts);
    assert.equal(statSync(storage.file).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600);
    assert.doesNotMatch(storage.text(), /secret|Signature|key-id|pass/);
    assert.deepEqual(
      history.job('a')?.request.images?.map(({ uri }) => uri),
      ['https://example.com/in.png#part', plain, 'https://example.com/a.png'],
    );
  });

  it('keeps an image whose request is damaged, with what is sure of the request', async () => {
    await history.add(savedJob('a', { request: { seed: 7, negativePrompt: 'no' } }), facts);
    const text = storage.text();
    rmSync(storage.file);
    storage.append(text.replace('"seed":7', '"seed":"7"'));
    const later = await storage.window('later');
    const sure = { modelId: 'm', prompt: 'a fox', size: { width: 1024, height: 1024 }, count: 1 };
    assert.deepEqual(later.find('a-0')?.job.request, sure);
    assert.deepEqual(later.query({}, 0, 1).items[0]?.job.request, sure);
    assert.deepEqual(later.recent('file:///w', 1)[0]?.request, sure);
    assert.deepEqual(later.job('a')?.request, sure);
  });

  it('has no jobs without images, and none that still run', async () => {
    const { endedAt: _, ...running } = savedJob('running');
    const cancelled: GenerationJob = {
      ...savedJob('cancelled'),
      state: { status: 'cancelled', billed: 'no' },
    };
    for (const job of [running, cancelled, savedJob('empty', { images: [] })]) {
      await history.add(job, facts);
    }
    assert.deepEqual(await idsLater(), []);
  });

  it('has one entry for a job that was tried again, with all its images', async () => {
    const error = new ImageGenerationError('download', 'no', { code: 'X', requestId: 'r' });
    const first = savedJob('a', { images: [savedImage('a', 0)] });
    const images = [savedImage('a', 0)];
    await history.add({ ...first, state: { status: 'failed', error, images } }, facts);
    await history.setFavourite(['a-0'], true);
    const all = [savedImage('a', 0), savedImage('a', 1)];
    await history.add(savedJob('a', { images: all }), { ...facts, workspace: 'file:///other' });
    const later = await storage.window('later');
    assert.deepEqual(idsOf(later), ['a-0', 'a-1']);
    assert.equal(later.job('a')?.workspace, 'file:///w');
    assert.ok(later.isFavourite('a-0'));
  });

  it('does not write the same entry twice', async () => {
    await history.add(savedJob('a'), facts);
    const before = storage.text();
    await (await storage.window('other')).add(savedJob('a'), facts);
    assert.equal(storage.text(), before);
  });

  it('keeps favourites, and forgets what is removed, also when its job is tried again', async () => {
    const images = [savedImage('a', 0), savedImage('a', 1)];
    await history.add(savedJob('a', { images }), facts);
    await history.add(savedJob('b'), facts);
    await history.setFavourite(['a-1', 'b-0', 'made-up'], true);
    await history.setFavourite(['b-0'], false);
    await history.forget(['a-0', 'made-up']);
    await history.add(savedJob('a', { images, endedAt: 7_000 }), facts);
    for (const each of [history, await storage.window('later')]) {
      assert.deepEqual([...idsOf(each)].sort(), ['a-1', 'b-0']);
      assert.deepEqual([each.isFavourite('a-1'), each.isFavourite('b-0')], [true, false]);
      assert.deepEqual([each.find('a-0'), each.isForgotten('a-0')], [undefined, true]);
    }
    await history.forget(['a-1']);
    assert.equal(history.job('a'), undefined);
  });

  it('tells of every change, of other windows when it looks, and of nothing else', async () => {
    const other = await storage.window('other');
    let changes = 0;
    history.onDidChange(() => {
      changes += 1;
    });
    await history.add(savedJob('a'), facts);
    assert.equal(changes, 1);
    await other.add(savedJob('b'), facts);
    await history.load();
    assert.equal(changes, 2);
    assert.deepEqual([...idsOf(history)].sort(), ['a-0', 'b-0']);
    await history.load();
    await history.setFavourite(['a-0'], false);
    assert.equal(changes, 2);
  });

  it('has the newest first, by when they were started', async () => {
    for (const [id, startedAt] of [
      ['b', 20],
      ['a', 10],
      ['c', 30],
      ['d', 30],
    ] as const) {
      const images = [savedImage(id, 0), savedImage(id, 1)];
      const workspace = id === 'a' ? undefined : 'file:///w';
      await history.add(savedJob(id, { startedAt, images }), { ...facts, workspace });
    }
    const ids = ['d-0', 'd-1', 'c-0', 'c-1', 'b-0', 'b-1', 'a-0', 'a-1'];
    assert.deepEqual(idsOf(history), ids);
    assert.deepEqual(
      history.query({}, 3, 2).items.map(({ image }) => image.id),
      ids.slice(3, 5),
    );
    assert.deepEqual(
      history.recent('file:///w', 2).map(({ id }) => id),
      ['d', 'c'],
    );
    assert.deepEqual(
      history.recent(undefined, 9).map(({ id }) => id),
      ['a'],
    );
  });

  it('knows the models, the folders and the prompts, each once', async () => {
    const jobs = [
      savedJob('a', { startedAt: 1, request: { modelId: 'x', prompt: 'a fox' } }),
      savedJob('b', { startedAt: 2, request: { modelId: 'y', prompt: ' an owl ' } }),
      savedJob('c', {
        startedAt: 3,
        request: { modelId: 'x', prompt: 'a fox\n' },
        images: [{ ...savedImage('c'), uri: 'vscode-remote://host/home/me/c.png' }],
      }),
      savedJob('d', { startedAt: 4, request: { prompt: '  ' } }),
    ];
    for (const job of jobs) await history.add(job, facts);
    assert.deepEqual(history.models(), ['m', 'x', 'y']);
    assert.deepEqual(history.folders(), ['file:///w/images', 'vscode-remote://host/home/me']);
    assert.deepEqual(history.prompts(10, 100), ['a fox', 'an owl']);
    assert.deepEqual(history.prompts(1, 100), ['a fox']);
    assert.deepEqual(history.prompts(10, 7), ['a fox']);
  });

  it('lets the oldest go when there are too many, but no favourites', async () => {
    const small = await storage.window('small', { maxImages: 3 });
    for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      const images = [savedImage(id, 0), savedImage(id, 1)];
      await history.add(savedJob(id, { startedAt: index, images }), facts);
    }
    await history.setFavourite(['b-1'], true);
    await small.load();
    assert.deepEqual(idsOf(small), ['e-0', 'e-1', 'b-1']);
  });

  it('goes on without what cannot be read, and says so in the log', async () => {
    await history.add(savedJob('a'), facts);
    const broken = await storage.window('broken', { folder: storage.file });
    assert.deepEqual(idsOf(broken), []);
    assert.deepEqual(storage.logger.lines, ['warn: The history cannot be read: ENOTDIR.']);
    await assert.rejects(broken.add(savedJob('b'), facts));
  });
});

function idsOf(history: History): readonly string[] {
  return history.query({}, 0, 1_000).items.map(({ image }) => image.id);
}
