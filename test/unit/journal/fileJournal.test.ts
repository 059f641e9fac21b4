import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { JobTakenOver } from '../../../src/generation/jobJournal';
import type { FileJournal } from '../../../src/journal/fileJournal';
import { formatRecord, maxRecordBytes } from '../../../src/journal/recordSchema';
import { fullSteps, recordOf, storedRecord } from '../../fakes/journalRecords';
import { JournalStorage } from '../../fakes/journalStorage';

const dayMs = 24 * 60 * 60 * 1000;
const noProcess = 2 ** 30;

describe('the journal', () => {
  let storage: JournalStorage;
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => storage.dispose());

  function read(jobId: string): Record<string, unknown> {
    return JSON.parse(readFileSync(path.join(storage.folder, `jobs/${jobId}.json`), 'utf8'));
  }

  async function claimedIds(journal: FileJournal): Promise<readonly string[]> {
    return (await journal.claim()).map(({ job }) => job.id);
  }

  describe('when it writes', () => {
    it('replaces the step before, in a file that names its window and workspace', async () => {
      const journal = storage.journal('a', { workspace: 'ws' });
      await journal.write(recordOf('job-1'));
      await journal.write(recordOf('job-1', fullSteps.task));
      const { version, owner, claim, workspace, step } = read('job-1');
      assert.deepEqual(
        { version, owner, claim, workspace },
        {
          version: 1,
          owner: 'a',
          claim: 1,
          workspace: 'ws',
        },
      );
      assert.equal(Object(step).at, 'task');
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });

    it('is for this user only', async function () {
      if (process.platform === 'win32') this.skip();
      await storage.journal('a').write(recordOf('job-1'));
      assert.equal(statSync(path.join(storage.folder, 'jobs')).mode & 0o777, 0o700);
      assert.equal(statSync(path.join(storage.folder, 'jobs/job-1.json')).mode & 0o777, 0o600);
    });

    it('keeps the order of the calls, also with a removal between', async () => {
      const journal = storage.journal('a');
      const steps = Object.values(fullSteps);
      await Promise.all(steps.map((step) => journal.write(recordOf('job-1', step))));
      assert.equal(Object(read('job-1').step).at, 'failed');
      await Promise.all([
        journal.remove('job-1'),
        journal.write(recordOf('job-1', fullSteps.task)),
        journal.remove('job-1'),
        journal.remove('job-1'),
      ]);
      assert.deepEqual(storage.names('jobs'), []);
    });

    it('refuses an id that would leave its folder', async () => {
      await assert.rejects(storage.journal('a').write(recordOf('../job')), /no job id/);
    });

    it('leaves the step before where the next one cannot be written', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1'));
      const step = { ...fullSteps.sending, sentAt: Number.NaN };
      await assert.rejects(journal.write(recordOf('job-1', step)), /cannot be written down/);
      assert.equal(Object(read('job-1').step).at, 'waiting');
    });

    it('leaves no temporary file where it fails', async () => {
      const journal = storage.journal('a');
      storage.put('jobs/job-1.json/in-the-way', '');
      await assert.rejects(journal.write(recordOf('job-1')));
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });

    it('learns that another window has taken the job over', async () => {
      const sleeper = storage.journal('a', {
        mark: storage.mark('a', { host: 'elsewhere', pid: noProcess }),
      });
      await sleeper.write(recordOf('job-1', fullSteps.task));
      const helper = storage.journal('b');
      assert.deepEqual(await claimedIds(helper), []);
      await storage.beat(12, 'b');
      assert.deepEqual(await claimedIds(helper), ['job-1']);
      await assert.rejects(sleeper.write(recordOf('job-1')), JobTakenOver);
      await sleeper.remove('job-1');
      assert.equal(read('job-1').owner, 'b');
      await helper.write(recordOf('job-1', fullSteps.delivered));
      await helper.remove('job-1');
      await assert.rejects(sleeper.write(recordOf('job-1')), JobTakenOver);
    });

    it('begins anew where somebody has cleared the storage', async () => {
      const journal = storage.journal('a');
      await journal.write(recordOf('job-1'));
      rmSync(path.join(storage.folder, 'jobs'), { recursive: true });
      await journal.write(recordOf('job-1', fullSteps.task));
      assert.equal(Object(read('job-1').step).at, 'task');
    });

    it('keeps what a later Easel has added', async () => {
      const file = storage.putRecord(storedRecord('job-1'));
      const text = readFileSync(file, 'utf8').replace('{', '{ "color": "blue",');
      storage.put('jobs/job-1.json', text.replace('"job": {', '"job": { "mood": "good",'));
      const journal = storage.journal('a');
      const [record] = await journal.claim();
      assert.ok(record);
      await journal.write({ ...record, step: fullSteps.task });
      assert.equal(read('job-1').color, 'blue');
      assert.equal(Object(read('job-1').job).mood, 'good');
    });
  });

  describe('when it claims', () => {
    it('takes over what dead windows have left, oldest first, and that only once', async () => {
      for (const [id, startedAt] of Object.entries({ late: 2_000, early: 1_000 })) {
        const record = storedRecord(id, { step: fullSteps.task });
        storage.putRecord({ ...record, job: { ...record.job, startedAt } });
      }
      const journal = storage.journal('a');
      const claimed = await journal.claim();
      assert.deepEqual(
        claimed.map(({ job, step }) => [job.id, step.at]),
        [
          ['early', 'task'],
          ['late', 'task'],
        ],
      );
      assert.deepEqual(Object.keys(claimed[0] ?? {}), ['job', 'step']);
      assert.equal(read('early').owner, 'a');
      assert.equal(read('early').claim, 2);
      assert.deepEqual(await journal.claim(), []);
      assert.deepEqual(storage.names('jobs'), ['early.json', 'late.json']);
    });

    it('leaves what living windows own', async () => {
      await storage.journal('b').write(recordOf('job-1'));
      assert.deepEqual(await storage.journal('a').claim(), []);
      assert.equal(read('job-1').owner, 'b');
    });

    it('leaves the jobs of another workspace to that for five minutes', async () => {
      storage.putRecord(storedRecord('ours', { workspace: 'ws' }));
      storage.putRecord(storedRecord('none'));
      const file = storage.putRecord(storedRecord('theirs', { workspace: 'other' }));
      const journal = storage.journal('a', { workspace: 'ws' });
      assert.deepEqual((await claimedIds(journal)).toSorted(), ['none', 'ours']);
      utimesSync(file, storage.now / 1000 - 301, storage.now / 1000 - 301);
      assert.deepEqual(await claimedIds(journal), ['theirs']);
      assert.equal(read('theirs').workspace, 'other');
    });

    it('waits while a living window is claiming, and goes on where one has crashed in it', async () => {
      storage.putRecord(storedRecord('job-1'));
      const other = storage.mark('b');
      await other.begin();
      storage.put('jobs/job-1.2.claim', 'b');
      const journal = storage.journal('a');
      assert.deepEqual(await claimedIds(journal), []);
      other.dispose();
      assert.deepEqual(await claimedIds(journal), ['job-1']);
      assert.equal(read('job-1').claim, 3);
      await journal.claim();
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });

    it('goes on after a crash between the record and its claim file', async () => {
      storage.putRecord(storedRecord('job-1', { claim: 2 }));
      storage.put('jobs/job-1.2.claim', 'dead-window');
      assert.deepEqual(await claimedIds(storage.journal('a')), ['job-1']);
      assert.deepEqual(storage.names('jobs'), ['job-1.json']);
    });

    it('takes an empty claim file for one that is just being made, for a minute', async () => {
      storage.putRecord(storedRecord('job-1'));
      storage.put('jobs/job-1.2.claim', '');
      const journal = storage.journal('a');
      assert.deepEqual(await claimedIds(journal), []);
      storage.now += 61_000;
      assert.deepEqual(await claimedIds(journal), ['job-1']);
    });

    it('clears away what dead windows left half written', async () => {
      await storage.mark('b').begin();
      storage.put('jobs/job-1.json.dead-window.3.tmp', '{');
      storage.put('jobs/job-1.json.b.3.tmp', '{');
      storage.put('jobs/job-2.9.claim', 'dead-window');
      storage.put('jobs/notes.txt', 'of somebody else');
      storage.put('limits/model.json.dead-window.3.tmp', '{');
      storage.put('limits/model.json.b.3.tmp', '{');
      await storage.journal('a').claim();
      assert.deepEqual(storage.names('jobs'), ['job-1.json.b.3.tmp', 'notes.txt']);
      assert.deepEqual(storage.names('limits'), ['model.json.b.3.tmp']);
    });

    it('sets damaged records aside, and keeps ten of them', async () => {
      for (let index = 0; index < 12; index += 1) storage.put(`jobs/bad-${index}.json`, '{');
      storage.put('jobs/large.json', ' '.repeat(maxRecordBytes + 1));
      storage.put('jobs/copy.json', formatRecord(storedRecord('original')));
      storage.putRecord(storedRecord('good'));
      assert.deepEqual(await claimedIds(storage.journal('a')), ['good']);
      const names = storage.names('jobs');
      assert.equal(names.filter((name) => name.endsWith('.damaged')).length, 10);
      assert.deepEqual(
        names.filter((name) => name.endsWith('.json')),
        ['good.json'],
      );
      assert.equal(storage.logger.lines.filter((line) => /damaged/.test(line)).length, 14);
    });

    it('leaves a record of a later version as it is, and says so once', async () => {
      const text = '{"version":2,"step":{"at":"resting"}}';
      const file = storage.put('jobs/job-1.json', text);
      const journal = storage.journal('a');
      assert.deepEqual(await journal.claim(), []);
      assert.deepEqual(await journal.claim(), []);
      await journal.remove('job-1');
      await assert.rejects(journal.write(recordOf('job-1')), JobTakenOver);
      assert.equal(readFileSync(file, 'utf8'), text);
      assert.equal(storage.logger.lines.filter((line) => /later version/.test(line)).length, 1);
    });

    it('writes a record of an older version in the present form', async () => {
      const { claim: _, ...old } = JSON.parse(formatRecord(storedRecord('job-1')));
      storage.put('jobs/job-1.json', JSON.stringify({ ...old, version: 0 }));
      const upgrades = { 0: (record: object) => ({ ...record, claim: 7 }) };
      assert.deepEqual(await claimedIds(storage.journal('a', { upgrades })), ['job-1']);
      assert.equal(read('job-1').version, 1);
      assert.equal(read('job-1').claim, 8);
    });

    it('forgets failures after a week, and keeps the last two hundred', async function () {
      this.timeout(60_000); // So many writes take as long as the disk likes.
      for (let index = 0; index < 203; index += 1) {
        const step = { ...fullSteps.failed, endedAt: storage.now - index };
        storage.putRecord(storedRecord(`failed-${index}`, { step }));
      }
      const old = { ...fullSteps.failed, endedAt: storage.now - 8 * dayMs };
      storage.putRecord(storedRecord('old', { step: old }));
      storage.putRecord(storedRecord('open', { step: fullSteps.task }));
      const ids = await claimedIds(storage.journal('a'));
      assert.equal(ids.length, 201);
      const names = storage.names('jobs').filter((name) => name.endsWith('.json'));
      assert.equal(names.length, 201);
      for (const id of ['old', 'failed-200', 'failed-202']) assert.ok(!ids.includes(id));
      for (const id of ['open', 'failed-0', 'failed-199']) assert.ok(ids.includes(id));
    });
  });
});
