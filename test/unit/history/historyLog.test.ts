import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { History } from '../../../src/history/history';
import { facts, HistoryStorage, savedImage, savedJob } from '../../fakes/historyStorage';

describe('the log of the history', () => {
  let storage: HistoryStorage;
  beforeEach(() => {
    storage = new HistoryStorage();
  });
  afterEach(() => storage.dispose());

  /** What a window that comes now knows. */
  async function idsLater(): Promise<readonly string[]> {
    return idsOf(await storage.window('later'));
  }

  it('loses only the line that a crash has torn, wherever it was torn', async () => {
    await (await storage.window()).add(savedJob('torn'), facts);
    const line = storage.text();
    for (let length = 0; length < line.length; length += 7) {
      rmSync(storage.file);
      storage.append(line.slice(0, length));
      const history = await storage.window();
      await history.add(savedJob('next'), facts);
      const isWhole = length >= line.trimEnd().length;
      assert.deepEqual(await idsLater(), isWhole ? ['next-0', 'torn-0'] : ['next-0'], `${length}`);
      assert.deepEqual(idsOf(history), await idsLater());
    }
  });

  it('is read on from a line that was not finished when it was read', async () => {
    await (await storage.window()).add(
      savedJob('slow', { request: { prompt: '雪'.repeat(99) } }),
      facts,
    );
    const line = Buffer.from(storage.text());
    rmSync(storage.file);
    storage.append('\n');
    const history = await storage.window();
    for (const piece of [line.subarray(0, 150), line.subarray(150, 451), line.subarray(451)]) {
      assert.deepEqual(idsOf(history), []);
      storage.append(piece as never);
      await history.load();
    }
    assert.deepEqual(idsOf(history), ['slow-0']);
  });

  it('is read past garbage, and past the lines of a later Easel', async () => {
    const history = await storage.window();
    await history.add(savedJob('a'), facts);
    storage.append('{"version":1,"event":"job","job":{"id":"b"}}\n');
    storage.append('{"version":2,"event":"job","job":{}}\nnull\n[]\n{"version":1}\n');
    storage.append('{"version":1,"event":"renamed","imageIds":["a-0"]}\n\0\0\0\n');
    await history.add(savedJob('c'), facts);
    assert.deepEqual(await idsLater(), ['c-0', 'a-0']);
  });

  it('keeps fields that are not known here when it is written anew', async () => {
    const history = await storage.window('window', { minCompacted: 1 });
    await history.add(savedJob('a', { startedAt: 5 }), facts);
    const text = storage.text().trim().replace('"images"', '"stars":5,"images"');
    rmSync(storage.file);
    storage.append(`${text}\n`);
    await rewriteOften(history);
    assert.match(storage.text(), /"stars":5/);
  });

  it('is written anew when most of it is dead, and says the same then', async () => {
    const history = await storage.window('window', { minCompacted: 20_000 });
    const other = await storage.window('other');
    for (const id of ['a', 'b', 'c']) {
      await history.add(savedJob(id, { images: [savedImage(id, 0), savedImage(id, 1)] }), facts);
    }
    await history.forget(['b-0', 'c-0', 'c-1']);
    await history.setFavourite(['a-1'], true);
    await other.load();
    const before = history.query({}, 0, 100);
    for (let count = 0; count < 60; count += 1) {
      await history.setFavourite(['b-1'], count % 2 === 0);
      for (let image = 0; image < 2; image += 1) {
        await history.add(savedJob('c', { images: [savedImage('c', 0)], endedAt: count }), facts);
      }
      await history.add(
        savedJob('a', { images: [savedImage('a', 0), savedImage('a', 1)], endedAt: 9_000 + count }),
        facts,
      );
    }
    assert.equal(storage.locked[0], `${storage.file}.lock`);
    assert.ok(statSync(storage.file).size < 20_000);
    assert.equal(storage.lines()[0]?.event, 'compacted');
    await other.load();
    for (const each of [history, other, await storage.window('later')]) {
      const { items } = each.query({}, 0, 100);
      assert.deepEqual(
        items.map(({ image }) => image).sort((x, y) => x.id.localeCompare(y.id)),
        before.items.map(({ image }) => image).sort((x, y) => x.id.localeCompare(y.id)),
      );
      assert.deepEqual([each.isFavourite('a-1'), each.isFavourite('b-1')], [true, false]);
    }
    assert.ok(other.isForgotten('c-0'));
  });

  it('is not written anew by one that does not know all of it', async () => {
    const history = await storage.window('window', { minCompacted: 1 });
    storage.append('{"version":2,"event":"job","job":{}}\n');
    await rewriteOften(history);
    assert.match(storage.text(), /"version":2/);
    assert.deepEqual(storage.locked, []);
  });

  it('begins anew when somebody has removed it', async () => {
    const history = await storage.window();
    await history.add(savedJob('a'), facts);
    rmSync(storage.file);
    await history.load();
    assert.deepEqual(idsOf(history), []);
    await history.add(savedJob('b'), facts);
    assert.deepEqual([idsOf(history), await idsLater()], [['b-0'], ['b-0']]);
  });

  it('loses nothing of several windows that write at once while it is written anew again and again', async () => {
    const names = ['north', 'south', 'west'];
    const windows = await Promise.all(
      names.map((name) => storage.window(name, { minCompacted: 1 })),
    );
    await Promise.all(
      windows.map(async (history, index) => {
        for (let count = 0; count < 40; count += 1) {
          const id = `${names[index]}-${count}`;
          await history.add(savedJob(id, { startedAt: count }), facts);
          await history.setFavourite([`${id}-0`], true);
          if (count % 2 === 0) await history.setFavourite([`${id}-0`], false);
          if (count % 4 === 3) await history.forget([`${id}-0`]);
          // Again, so that most of the log is dead soon.
          else await history.add(savedJob(id, { startedAt: count, endedAt: 9_000 }), facts);
        }
      }),
    );
    assert.equal(storage.lines()[0]?.event, 'compacted');
    assert.deepEqual(readdirSync(path.dirname(storage.file)), ['jobs.jsonl']);
    const kept = Array.from({ length: 40 }, (_, count) => count).filter((count) => count % 4 !== 3);
    const ids = names.flatMap((name) => kept.map((count) => `${name}-${count}-0`)).sort();
    const later = await storage.window('later');
    await Promise.all(windows.map((history) => history.load()));
    for (const each of [later, ...windows]) {
      assert.deepEqual([...idsOf(each)].sort(), ids);
      const favourites = each.query({ isFavourite: true }, 0, 1_000).items;
      assert.equal(favourites.length, names.length * 10);
    }
  });
});

/** Makes most of the log dead. */
async function rewriteOften(history: History): Promise<void> {
  for (let count = 0; count < 5; count += 1) {
    await history.add(savedJob('often', { endedAt: 2_000 + count }), facts);
  }
}

function idsOf(history: History): readonly string[] {
  return history.query({}, 0, 1_000).items.map(({ image }) => image.id);
}
