import assert from 'node:assert/strict';
import { readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { JournalDisk } from '../../fakes/journalDisk';
import { fullSteps, recordOf, storedRecord } from '../../fakes/journalRecords';
import { JournalStorage } from '../../fakes/journalStorage';

const hourMs = 60 * 60 * 1000;
const minuteMs = 60 * 1000;

describe('the tasks that are reserved', () => {
  let storage: JournalStorage;
  const disk = new JournalDisk();
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => {
    disk.restore();
    storage.dispose();
  });

  it('go to one job each, among all windows', async () => {
    const [a, b] = [storage.journal('a'), storage.journal('b')];
    const answers = await Promise.all([
      a.reserveTask('task-1', 'job-1'),
      a.reserveTask('task-1', 'job-2'),
      b.reserveTask('task-1', 'job-3'),
      b.reserveTask('task-1', 'job-4'),
    ]);
    assert.equal(answers.filter(Boolean).length, 1);
    assert.deepEqual(storage.names('tasks'), ['task-1']);
    assert.equal(await b.reserveTask('task-2', 'job-2'), true);
    assert.deepEqual(await a.knownTasks(), new Set(['task-1', 'task-2']));
  });

  it('stay with their job when another window resumes it', async () => {
    const dying = storage.mark('a');
    assert.equal(await storage.journal('a', { mark: dying }).reserveTask('task-1', 'job-1'), true);
    dying.dispose();
    const next = storage.journal('b');
    assert.equal(await next.reserveTask('task-1', 'job-2'), false);
    assert.equal(await next.reserveTask('task-1', 'job-1'), true);
  });

  it('can be found by their own job, where it crashed before it wrote that down; an earlier try of it cannot', async () => {
    const dying = storage.journal('a');
    const sentAt = storage.now;
    await dying.reserveTask('of-other', 'job-2');
    storage.now -= 1;
    await dying.reserveTask('of-earlier-try', 'job-1');
    storage.now += 2;
    await dying.reserveTask('own', 'job-1');
    storage.put('tasks/unfinished', '');
    const known = await storage.journal('b').knownTasks({ jobId: 'job-1', sentAt });
    assert.deepEqual([...known].toSorted(), ['of-earlier-try', 'of-other', 'unfinished']);
  });

  it('are exclusive on a disk without links too', async () => {
    disk.fail('link', '.tmp', 'ENOTSUP');
    const journal = storage.journal('a');
    assert.equal(await journal.reserveTask('task-1', 'job-1'), true);
    assert.equal(await journal.reserveTask('task-1', 'job-2'), false);
    assert.equal(await journal.reserveTask('task-1', 'job-1'), true);
    assert.deepEqual(storage.names('tasks'), ['task-1']);
    const text = readFileSync(path.join(storage.folder, 'tasks/task-1'), 'utf8');
    assert.equal(text, `job-1 ${storage.now}`);
  });

  it('have any id', async () => {
    const journal = storage.journal('a');
    for (const id of ['../jobs/task', 'a'.repeat(101), '']) {
      assert.equal(await journal.reserveTask(id, 'job-1'), true);
      assert.equal(await journal.reserveTask(id, 'job-2'), false);
    }
    assert.equal(storage.names('tasks').length, 3);
  });

  it('are forgotten after two days, when a window claims', async () => {
    const journal = storage.journal('a');
    await journal.reserveTask('old', 'job-1');
    await journal.reserveTask('young', 'job-2');
    storage.put('tasks/old.dead-window.1.tmp', 'job-1');
    for (const [name, hours] of Object.entries({ old: 49, young: 47 })) {
      const seconds = (storage.now - hours * hourMs) / 1000;
      utimesSync(path.join(storage.folder, 'tasks', name), seconds, seconds);
    }
    assert.deepEqual(await journal.knownTasks(), new Set(['old', 'young']));
    await journal.claim();
    assert.deepEqual(storage.names('tasks'), ['young']);
  });

  it('need not be there', async () => {
    assert.deepEqual(await storage.journal('a').knownTasks(), new Set());
  });

  it('are not what a closed window can have', async () => {
    const mark = storage.mark('a');
    const journal = storage.journal('a', { mark });
    mark.dispose();
    await assert.rejects(journal.reserveTask('task-1', 'job-1'));
  });
});

describe('the other jobs that are being sent', () => {
  let storage: JournalStorage;
  beforeEach(() => {
    storage = new JournalStorage();
  });
  afterEach(() => storage.dispose());

  it('are those for a task of the model, of any window, in the last minutes', async () => {
    const sentAt = storage.now;
    const sending = { ...fullSteps.sending, sentAt };
    const journal = storage.journal('a');
    for (const id of ['this', 'own']) await journal.write(recordOf(id, sending));
    await storage.journal('b').write(recordOf('living', sending));
    storage.putRecord(storedRecord('dead', { step: { ...sending, sentAt: sentAt - minuteMs } }));
    storage.putRecord(storedRecord('old', { step: { ...sending, sentAt: sentAt - 3 * minuteMs } }));
    storage.putRecord(storedRecord('call', { step: { ...sending, mode: 'call' } }));
    storage.putRecord(storedRecord('task', { step: fullSteps.task }));
    const { job } = storedRecord('other');
    const request = { ...job.request, modelId: 'other-model' };
    storage.putRecord(
      storedRecord('other', { step: sending, job: { ...job, id: 'other', request } }),
    );
    assert.equal(await journal.othersSending('this', 'some-model'), 3);
    assert.equal(await journal.othersSending('this', 'other-model'), 1);
    assert.equal(await journal.othersSending('this', 'no-model'), 0);
  });

  it('are those too that were sent when this one was, and whose answers were lost as well', async () => {
    const lost = { sentAt: storage.now };
    const journal = storage.journal('a');
    await journal.write(recordOf('this', { at: 'waiting', lost }));
    await journal.write(recordOf('failed', { ...fullSteps.failed, lost }));
    storage.putRecord(storedRecord('sending', { step: { ...fullSteps.sending, ...lost } }));
    storage.putRecord(storedRecord('again', { step: { at: 'waiting', lost: { sentAt: 0 } } }));
    storage.putRecord(storedRecord('never', { step: { at: 'waiting' } }));
    assert.equal(await journal.othersSending('this', 'some-model'), 2);
    storage.now += 60 * minuteMs;
    assert.equal(await journal.othersSending('this', 'some-model'), 2);
    assert.equal(await journal.othersSending('stranger', 'some-model'), 0);
  });

  it('may be those whose records a window of another version has just written', async () => {
    storage.put('jobs/job-1.json', '{"version":2}');
    const journal = storage.journal('a');
    assert.equal(await journal.othersSending('this', 'some-model'), 1);
    storage.now += 3 * minuteMs;
    assert.equal(await journal.othersSending('this', 'some-model'), 0);
  });
});
