import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { JobTakenOver } from '../../../src/generation/jobJournal';
import { FileLock } from '../../../src/journal/fileLock';
import { FileSlotLedger } from '../../../src/journal/fileSlotLedger';
import type { WindowMark } from '../../../src/journal/windowMark';
import { storedRecord } from '../../fakes/journalRecords';
import { JournalStorage } from '../../fakes/journalStorage';

const key = 'beijing some-model';
const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
const two = { key, perMinute: 2 };
/** No distance to speak of. */
const places = { key, perMinute: 6_000_000, concurrentTasks: 2 };

describe('the ledger of slots', () => {
  let storage: JournalStorage;
  /** Of the lock; moves with its pauses. */
  let elapsed: number;
  beforeEach(() => {
    storage = new JournalStorage();
    elapsed = 0;
  });
  afterEach(() => storage.dispose());

  function ledgerOf(windowId: string, mark: WindowMark = storage.mark(windowId)): FileSlotLedger {
    const { folder, logger } = storage;
    const pause = async (ms: number): Promise<void> => {
      elapsed += ms;
    };
    const lock = new FileLock({ mark, pause, elapsed: () => elapsed, random: () => 0.5 });
    return new FileSlotLedger({ folder, mark, lock, now: () => storage.now, logger });
  }

  it('spaces submits evenly, a little wider than allowed, and remembers that over a reload', async () => {
    assert.equal(await ledgerOf('a').take(two, 'job-1'), 0);
    const reloaded = ledgerOf('b');
    const wait = await reloaded.take(two, 'job-2');
    assert.ok(wait >= 30_000 && wait <= 30_600, String(wait));
    storage.now += wait - 1;
    assert.equal(await reloaded.take(two, 'job-2'), 1);
    storage.now += 1;
    assert.equal(await reloaded.take(two, 'job-2'), 0);
    assert.equal(await reloaded.take(two, 'job-3'), 30_600);
  });

  it('lets a batch run at 95 % of the rate and never faster than allowed, although timers are late', async () => {
    const ledger = ledgerOf('a');
    const limits = { key, perMinute: 120 };
    const times: number[] = [];
    for (let job = 0; job < 100; job += 1) {
      for (;;) {
        const wait = await ledger.take(limits, `job-${job}`);
        if (wait === 0) break;
        storage.now += wait + (job % 3) * 7;
      }
      times.push(storage.now);
    }
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok(Math.min(...gaps) >= 500, `${Math.min(...gaps)}`);
    const rate = (99 * 60_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
    assert.ok(rate >= 0.95 * 120, String(rate));
  });

  it('keeps each key apart', async () => {
    const ledger = ledgerOf('a');
    assert.equal(await ledger.take(two, 'job-1'), 0);
    assert.equal(await ledger.take({ ...two, key: 'other' }, 'job-2'), 0);
  });

  it('gives out so many places, over all windows, and again when one is given back', async () => {
    const [a, b] = [ledgerOf('a'), ledgerOf('b')];
    assert.equal(await a.take(places, 'job-1'), 0);
    storage.now += 1;
    assert.equal(await b.take(places, 'job-2'), 0);
    storage.now += 1;
    assert.equal(await b.take(places, 'job-3'), 1_000);
    // A job has one place, however often it is sent.
    assert.equal(await a.take(places, 'job-1'), 0);
    await b.release(key, 'job-1');
    await b.release(key, 'job-1');
    storage.now += 1;
    assert.equal(await a.take(places, 'job-3'), 0);
    storage.now += 1;
    assert.equal(await a.take(places, 'job-4'), 1_000);
  });

  it('gives no place to a call, and stops none for want of one', async () => {
    const ledger = ledgerOf('a');
    const { concurrentTasks: _, ...calls } = places;
    for (const job of ['job-1', 'job-2', 'job-3']) {
      assert.equal(await ledger.take(calls, job), 0);
      storage.now += 1;
    }
    assert.equal(await ledger.take(places, 'job-4'), 0);
  });

  it('counts the place of a dead window while its job has a record, for ten minutes', async () => {
    const gone = storage.mark('gone');
    const dying = ledgerOf('gone', gone);
    for (const job of ['recorded', 'over']) {
      assert.equal(await dying.take(places, job), 0);
      storage.now += 1;
    }
    storage.putRecord(storedRecord('recorded'));
    gone.dispose();
    const ledger = ledgerOf('a');
    assert.equal(await ledger.take(places, 'job-1'), 0);
    storage.now += 1;
    assert.equal(await ledger.take(places, 'job-2'), 1_000);
    storage.now += 10 * 60 * 1000;
    assert.equal(await ledger.take(places, 'job-2'), 0);
  });

  it('lets nobody submit while the service is busy; the longer of two times counts', async () => {
    const ledger = ledgerOf('a');
    await ledger.hold(key, 5_000);
    await ledger.hold(key, 2_000);
    assert.equal(await ledgerOf('b').take(places, 'job-1'), 5_000);
    storage.now += 5_000;
    assert.equal(await ledger.take(places, 'job-1'), 0);
  });

  it('drops what lies in the future because the clock was set back', async () => {
    const ledger = ledgerOf('a');
    await ledger.hold(key, 5_000);
    storage.now += 5_000;
    const one = { ...two, concurrentTasks: 1 };
    assert.equal(await ledger.take(one, 'job-1'), 0);
    storage.now -= 60 * 60 * 1000;
    assert.equal(await ledger.take(one, 'job-2'), 0);
  });

  it('breaks the lock of a dead window at once, and that of a living one after five seconds', async () => {
    const ledger = ledgerOf('a');
    const lock = storage.put(`limits/${name}.lock`, 'gone 1');
    assert.equal(await ledger.take(two, 'job-1'), 0);
    assert.equal(elapsed, 0);
    await storage.mark('b').begin();
    storage.put(`limits/${name}.lock`, 'b 1');
    await ledger.take(two, 'job-1');
    assert.ok(elapsed >= 2_000 && elapsed < 2_100, String(elapsed));
    assert.deepEqual(storage.names('limits'), [`${name}.json`, `${name}.lock`]);
    await ledger.take(two, 'job-1');
    await ledger.take(two, 'job-1');
    assert.ok(elapsed > 5_000 && elapsed < 5_100, String(elapsed));
    assert.deepEqual(storage.names('limits'), [`${name}.json`]);
    rmSync(lock, { force: true });
  });

  it('lets nothing leave once its window is closed, but takes back what was given out', async () => {
    const mark = storage.mark('a');
    const ledger = ledgerOf('a', mark);
    assert.equal(await ledger.take(places, 'job-1'), 0);
    mark.dispose();
    await assert.rejects(ledger.take(places, 'job-2'), JobTakenOver);
    await ledger.release(key, 'job-1');
    await ledger.hold(key, 1_000);
    assert.deepEqual(
      storage.logger.lines.filter((line) => line.startsWith('warn')),
      [],
    );
  });

  it('starts anew from a file that is none of its own', async () => {
    storage.put(`limits/${name}.json`, '{"places":');
    assert.equal(await ledgerOf('a').take(two, 'job-1'), 0);
    assert.equal(await ledgerOf('a').take(two, 'job-2'), 30_600);
  });

  it('goes on by its own memory where the disk fails, and says so once', async () => {
    const inTheWay = storage.put('limits', 'a file where the folder would be');
    const ledger = ledgerOf('a');
    assert.equal(await ledger.take(two, 'job-1'), 0);
    assert.equal(await ledger.take(two, 'job-2'), 30_600);
    assert.equal(storage.logger.lines.filter((line) => /limits/.test(line)).length, 1);
    rmSync(inTheWay);
    storage.now += 30_600;
    assert.equal(await ledger.take(two, 'job-2'), 0);
    assert.deepEqual(storage.names('limits'), [`${name}.json`]);
    assert.equal(await ledgerOf('b').take(two, 'job-3'), 30_600);
  });
});
