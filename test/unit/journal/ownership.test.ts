import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { JobTakenOver } from '../../../src/generation/jobJournal';
import type { FileJournal } from '../../../src/journal/fileJournal';
import { formatRecord } from '../../../src/journal/recordSchema';
import { JournalDisk } from '../../fakes/journalDisk';
import { fullSteps, recordOf, storedRecord } from '../../fakes/journalRecords';
import { JournalStorage } from '../../fakes/journalStorage';

const noProcess = 2 ** 30;

describe('what the journal owns', () => {
  let storage: JournalStorage;
  const disk = new JournalDisk();
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => {
    disk.restore();
    storage.dispose();
  });

  function read(jobId: string): Record<string, unknown> {
    return JSON.parse(readFileSync(path.join(storage.folder, `jobs/${jobId}.json`), 'utf8'));
  }

  async function claimedIds(journal: FileJournal): Promise<readonly string[]> {
    return (await journal.claim()).map(({ job }) => job.id);
  }

  /** Of another machine, so that only its silence tells that it is gone. */
  function sleeper(): FileJournal {
    return storage.journal('a', { mark: storage.mark('a', { host: 'elsewhere', pid: noProcess }) });
  }

  /** The window `b`, which has found that `a` is silent and has taken over what it had. */
  async function helperOf(...jobIds: readonly string[]): Promise<FileJournal> {
    const helper = storage.journal('b');
    await helper.claim();
    await storage.beat(12, 'b');
    assert.deepEqual(await claimedIds(helper), jobIds);
    return helper;
  }

  describe('when something fails while it claims', () => {
    it('still hands out what it has taken over', async () => {
      storage.putRecord(storedRecord('paid', { step: fullSteps.delivered }));
      const old = { ...fullSteps.failed, endedAt: 0 };
      storage.putRecord(storedRecord('old', { step: old }));
      storage.put('jobs/other.json.dead.3.tmp', '');
      storage.put('limits/other.json.dead.3.tmp', '');
      disk.fail('rm', '.tmp', 'EIO');
      disk.fail('rm', 'old.json', 'EIO');
      disk.fail('writeFile', 'old.gone', 'EIO');
      assert.deepEqual((await claimedIds(storage.journal('a'))).toSorted(), ['old', 'paid']);
      assert.ok(storage.logger.lines.some((line) => /warn.*EIO/.test(line)));
    });

    it('hands out at the next claim what it took over without knowing', async () => {
      storage.putRecord(storedRecord('paid', { step: fullSteps.delivered }));
      const journal = storage.journal('a');
      // The record has its new name by then.
      disk.fail('open', `${path.sep}jobs`, 'EIO');
      assert.deepEqual(await claimedIds(journal), []);
      disk.restore();
      assert.equal(read('paid').owner, 'a');
      assert.deepEqual(await claimedIds(journal), ['paid']);
      assert.deepEqual(await claimedIds(journal), []);
    });

    it('does not hand out what this window has written', async () => {
      const journal = storage.journal('a');
      disk.fail('open', `${path.sep}jobs`, 'EIO');
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.task)));
      disk.restore();
      assert.equal(read('job-1').owner, 'a');
      assert.deepEqual(await claimedIds(journal), []);
    });
  });

  describe('when a job is over and its record cannot be removed', () => {
    it('leaves it to no other window, and removes it as soon as that works', async () => {
      const mark = storage.mark('a');
      const journal = storage.journal('a', { mark });
      await journal.write(recordOf('job-1'));
      disk.fail('rm', 'job-1.json', 'EIO');
      await journal.remove('job-1');
      assert.deepEqual(await claimedIds(journal), []);
      mark.dispose();
      const next = storage.journal('b');
      assert.deepEqual(await claimedIds(next), []);
      assert.equal(read('job-1').owner, 'a');
      disk.restore();
      assert.deepEqual(await claimedIds(next), []);
      assert.deepEqual(storage.names('jobs'), ['job-1.gone']);
    });

    it('waits until whoever has it open is done', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1'));
      let tries = 0;
      disk.before('rm', 'job-1.json', async () => {
        tries += 1;
        if (tries < 3) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      });
      await journal.remove('job-1');
      assert.deepEqual(storage.names('jobs'), []);
    });

    it('says so where nothing helps, and tries again at the next claim', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1'));
      disk.fail('rm', 'job-1.json', 'EROFS');
      disk.fail('writeFile', 'job-1.gone', 'EROFS');
      await assert.rejects(journal.remove('job-1'), { code: 'EROFS' });
      assert.deepEqual(await claimedIds(journal), []);
      disk.restore();
      await journal.claim();
      assert.deepEqual(storage.names('jobs'), []);
    });

    it('needs no more of it than its owner', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1'));
      storage.put('jobs/job-1.json', '{"version":1,"owner":"a","step":"unknown"}');
      await journal.remove('job-1');
      assert.deepEqual(storage.names('jobs'), []);
    });

    it('goes on with it where the person wants it again', async () => {
      const mark = storage.mark('a');
      const journal = storage.journal('a', { mark });
      await journal.write(recordOf('job-1'));
      disk.fail('rm', 'job-1.json', 'EIO');
      await journal.remove('job-1');
      disk.restore();
      await journal.write(recordOf('job-1', fullSteps.task));
      await journal.claim();
      mark.dispose();
      assert.deepEqual(await claimedIds(storage.journal('b')), ['job-1']);
    });
  });

  describe('when its window is closed', () => {
    it('writes nothing more, and leaves all to the next window', async () => {
      const mark = storage.mark('a');
      const journal = storage.journal('a', { mark });
      await journal.write(recordOf('job-1'));
      mark.dispose();
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.sending)), JobTakenOver);
      assert.equal(Object(read('job-1').step).at, 'waiting');
      assert.deepEqual(storage.names('windows'), []);
      assert.deepEqual(await claimedIds(storage.journal('b')), ['job-1']);
    });

    it('leaves a step half written', async () => {
      const mark = storage.mark('a');
      const journal = storage.journal('a', { mark });
      await journal.write(recordOf('job-1'));
      disk.before('open', '.tmp', async () => mark.dispose());
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.sending)), JobTakenOver);
      assert.equal(Object(read('job-1').step).at, 'waiting');
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });
  });

  describe('when windows meet', () => {
    it('does not write over a record that was taken over since it looked', async () => {
      const journal = sleeper();
      await journal.write(recordOf('job-1'));
      let isHeld = true;
      disk.before('open', '.tmp', async () => {
        if (isHeld) {
          isHeld = false;
          await helperOf('job-1');
        }
      });
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.sending)), JobTakenOver);
      assert.equal(read('job-1').owner, 'b');
      assert.equal(Object(read('job-1').step).at, 'waiting');
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });

    it('does not write again what was taken over and ended since it looked', async () => {
      const journal = sleeper();
      await journal.write(recordOf('job-1'));
      let isHeld = true;
      disk.before('open', '.tmp', async () => {
        if (isHeld) {
          isHeld = false;
          await (await helperOf('job-1')).remove('job-1');
        }
      });
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.sending)), JobTakenOver);
      assert.deepEqual(storage.names('jobs'), ['job-1.gone']);
    });

    it('does not take over a record whose owner has written it since', async () => {
      const journal = sleeper();
      await journal.write(recordOf('job-1'));
      const helper = storage.journal('b');
      await helper.claim();
      await storage.beat(12, 'b');
      let isHeld = true;
      disk.before('open', '.tmp', async () => {
        if (isHeld) {
          isHeld = false;
          await journal.write(recordOf('job-1', fullSteps.sending));
        }
      });
      assert.deepEqual(await claimedIds(helper), []);
      assert.equal(read('job-1').owner, 'a');
      assert.equal(Object(read('job-1').step).at, 'sending');
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });

    it('tells a window that was asleep of a job that another one has ended, for a day', async () => {
      const journal = sleeper();
      await journal.write(recordOf('job-1', fullSteps.task));
      const helper = await helperOf('job-1');
      await helper.remove('job-1');
      assert.deepEqual(storage.names('jobs'), ['job-1.gone']);
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.sending)), JobTakenOver);
      await helper.claim();
      assert.deepEqual(storage.names('jobs'), ['job-1.gone']);
      const seconds = storage.now / 1000 - 25 * 60 * 60;
      utimesSync(path.join(storage.folder, 'jobs/job-1.gone'), seconds, seconds);
      await helper.claim();
      assert.deepEqual(storage.names('jobs'), []);
    });

    it('can take up again what it has taken over and ended itself', async () => {
      storage.putRecord(storedRecord('job-1', { step: fullSteps.failed }));
      const journal = storage.journal('b');
      storage.now = fullSteps.failed.endedAt;
      assert.deepEqual(await claimedIds(journal), ['job-1']);
      await journal.remove('job-1');
      await journal.write(recordOf('job-1'));
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
      await journal.remove('job-1');
      assert.deepEqual(storage.names('jobs'), ['job-1.gone']);
    });

    it('does not go on with a job that a window had ended when it crashed', async () => {
      storage.putRecord(storedRecord('job-1', { step: fullSteps.task, claim: 2 }));
      storage.put('jobs/job-1.gone', 'dead-window');
      assert.deepEqual(await claimedIds(storage.journal('b')), []);
      assert.deepEqual(storage.names('jobs'), ['job-1.gone']);
    });
  });

  describe('when a record cannot be read', () => {
    function damage(jobId: string): void {
      const text = readFileSync(path.join(storage.folder, `jobs/${jobId}.json`), 'utf8');
      storage.put(`jobs/${jobId}.json`, text.replace('"call"', '"stream"'));
    }

    it('leaves it to its window while that lives', async () => {
      const mark = storage.mark('a');
      const journal = storage.journal('a', { mark });
      await journal.write(recordOf('job-1', { ...fullSteps.sending, mode: 'call' }));
      damage('job-1');
      const other = storage.journal('b');
      await other.claim();
      await other.claim();
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
      assert.equal(storage.logger.lines.filter((line) => /job-1 is damaged/.test(line)).length, 1);
      await journal.write(recordOf('job-1', fullSteps.delivered));
      assert.equal(Object(read('job-1').step).at, 'delivered');
      storage.put('jobs/job-1.json', '{"version":1,"owner":"a"}');
      mark.dispose();
      await other.claim();
      assert.deepEqual(storage.names('jobs'), ['job-1.json.damaged']);
    });

    it('learns from it that another window has it', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1'));
      storage.put('jobs/job-1.json', '{"version":1,"owner":"b"}');
      await assert.rejects(journal.write(recordOf('job-1', fullSteps.task)), JobTakenOver);
    });

    it('writes it anew after it was set aside, or has vanished', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1', fullSteps.sending));
      storage.put('jobs/job-1.json', 'no JSON');
      await storage.journal('b').claim();
      assert.equal(existsSync(path.join(storage.folder, 'jobs/job-1.json')), false);
      await journal.write(recordOf('job-1', fullSteps.task));
      assert.equal(Object(read('job-1').step).at, 'task');
      rmSync(path.join(storage.folder, 'jobs/job-1.json'));
      await journal.write(recordOf('job-1', fullSteps.delivered));
      assert.equal(Object(read('job-1').step).at, 'delivered');
    });

    it('keeps the number that it had', async () => {
      storage.put('jobs/job-1.json', formatRecord(storedRecord('job-1', { claim: 4 })));
      const journal = storage.journal('a');
      assert.deepEqual(await claimedIds(journal), ['job-1']);
      rmSync(path.join(storage.folder, 'jobs/job-1.json'));
      await journal.write(recordOf('job-1', fullSteps.task));
      assert.equal(read('job-1').claim, 5);
    });
  });
});
