import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { JobTakenOver } from '../../../src/generation/jobJournal';
import { JournalStorage } from '../../fakes/journalStorage';

/** Above what any system gives out. */
const noProcess = 2 ** 30;

describe('the mark of a window', () => {
  let storage: JournalStorage;
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => storage.dispose());

  it('is made at its first use and removed at the end', async () => {
    const mark = storage.mark('a');
    assert.deepEqual(storage.names('windows'), []);
    await Promise.all([mark.begin(), mark.begin()]);
    assert.deepEqual(storage.names('windows'), ['a.json']);
    mark.dispose();
    assert.deepEqual(storage.names('windows'), []);
    assert.equal(await mark.isAlive('a'), false);
  });

  it('is not left behind by a window that ends while it is made', async () => {
    const mark = storage.mark('a');
    const begun = mark.begin();
    mark.dispose();
    await assert.rejects(begun, JobTakenOver);
    assert.deepEqual(storage.names('windows'), []);
  });

  it('is not made again after the end', async () => {
    const mark = storage.mark('a');
    await mark.begin();
    mark.dispose();
    await assert.rejects(mark.begin(), JobTakenOver);
    assert.deepEqual(storage.names('windows'), []);
  });

  it('tells that a window lives, and that it is gone when its file is', async () => {
    const mark = storage.mark('a');
    const other = storage.mark('b');
    assert.equal(await mark.isAlive('b'), false);
    await other.begin();
    assert.equal(await mark.isAlive('b'), true);
    other.dispose();
    assert.equal(await mark.isAlive('b'), false);
    assert.equal(await mark.isAlive('../windows/b'), false);
  });

  it('tells at once that a process of this machine is gone', async () => {
    await storage.mark('b', { pid: noProcess }).begin();
    assert.equal(await storage.mark('a').isAlive('b'), false);
  });

  it('stands still while the window does not answer its extension host, which may outlive it', async () => {
    const mark = storage.mark('a');
    await mark.begin();
    let answer = (): void => {};
    const answers = () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      });
    const deserted = storage.mark('deserted', { answers });
    await deserted.begin();
    assert.equal(await mark.isAlive('deserted'), true);
    const beat = storage.beat(1, 'deserted');
    await storage.beat(12, 'a');
    assert.equal(await mark.isAlive('deserted'), false);
    answer();
    await beat;
    assert.equal(await mark.isAlive('deserted'), true);
  });

  it('takes a window of another machine for dead after a minute of silence, and not when it still beats', async () => {
    const mark = storage.mark('a');
    await mark.begin();
    for (const id of ['silent', 'lively']) {
      await storage.mark(id, { host: 'elsewhere', pid: noProcess }).begin();
      assert.equal(await mark.isAlive(id), true);
    }
    await storage.beat(11, 'a', 'lively');
    assert.equal(await mark.isAlive('silent'), true);
    await storage.beat(1, 'a', 'lively');
    assert.equal(await mark.isAlive('silent'), false);
    assert.equal(await mark.isAlive('lively'), true);
  });

  it('does not take a window for dead that slept as long as this one', async () => {
    const mark = storage.mark('a');
    await mark.begin();
    await storage.mark('b', { host: 'elsewhere' }).begin();
    assert.equal(await mark.isAlive('b'), true);
    storage.now += 8 * 60 * 60 * 1000;
    await storage.beat(1, 'a');
    assert.equal(await mark.isAlive('b'), true);
    await storage.beat(1, 'b');
    await storage.beat(11, 'a');
    assert.equal(await mark.isAlive('b'), true);
  });

  it('takes a window whose file is just being written for a living one', async () => {
    storage.put('windows/b.json', '{"pid":');
    assert.equal(await storage.mark('a').isAlive('b'), true);
  });

  it('comes back where somebody has cleared it away', async () => {
    await storage.mark('a').begin();
    rmSync(path.join(storage.folder, 'windows'), { recursive: true });
    await storage.beat(1, 'a');
    assert.deepEqual(storage.names('windows'), ['a.json']);
  });

  it('counts the living windows once a beat, and clears away the dead', async () => {
    const mark = storage.mark('a');
    assert.equal(mark.windowsSeen(), 1);
    await storage.mark('b').begin();
    await storage.mark('gone', { pid: noProcess }).begin();
    await mark.begin();
    await storage.beat(1, 'a');
    assert.equal(await mark.livingWindows(), 2);
    assert.equal(mark.windowsSeen(), 2);
    assert.deepEqual(storage.names('windows'), ['a.json', 'b.json']);
    await storage.mark('d').begin();
    assert.equal(await mark.livingWindows(), 2);
    await storage.beat(1, 'a');
    assert.equal(await mark.livingWindows(), 3);
  });

  it('keeps the file of a silent window for a day, as that may wake up', async () => {
    const mark = storage.mark('a');
    await mark.begin();
    await storage.mark('b', { host: 'elsewhere' }).begin();
    assert.equal(await mark.livingWindows(), 2);
    await storage.beat(13, 'a');
    assert.equal(await mark.livingWindows(), 1);
    assert.deepEqual(storage.names('windows'), ['a.json', 'b.json']);
    storage.now += 25 * 60 * 60 * 1000;
    await storage.beat(1, 'a');
    assert.equal(await mark.livingWindows(), 1);
    assert.deepEqual(storage.names('windows'), ['a.json']);
  });

  it('is for this user only', async function () {
    if (process.platform === 'win32') this.skip();
    await storage.mark('a').begin();
    assert.equal(statSync(path.join(storage.folder, 'windows')).mode & 0o777, 0o700);
    assert.equal(statSync(path.join(storage.folder, 'windows/a.json')).mode & 0o777, 0o600);
  });
});
