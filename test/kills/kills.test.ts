import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobRecord } from '../../src/generation/jobJournal';
import { noteRow } from '../faults/faultTable';
import { KillDesk } from './killDesk';
import { type KillJob, type KillOutcome, killPoints, modeOf } from './killPoints';

// The extension host of a real window is killed at every moment that matters; the next one finds what was paid for.

const allJobs = killPoints.flatMap(({ jobs }) => jobs);

/** One for each job. */
const keyOf = (job: KillJob): string => {
  const index = allJobs.indexOf(job);
  return `${index < 12 ? 'ctrl+alt' : index < 24 ? 'shift+alt' : 'ctrl+shift'}+f${(index % 12) + 1}`;
};

describe('when the extension host is killed', () => {
  let desk: KillDesk;

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    desk = await KillDesk.open(
      allJobs.map((job) => ({
        key: keyOf(job),
        command: 'easel.generateImage',
        args: { ...job, size: job.model === 'wanx-v1' ? '1024*1024' : '512*512', insert: true },
      })),
    );
  });

  beforeEach(() => desk.emulator.reset());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await desk.workbench.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
    }
  });

  after(() => desk?.close());

  for (const { name, jobs, ends, plan } of killPoints) {
    it(`${name}, nothing is lost and nothing is bought twice`, async () => {
      await desk.prepare();
      const { moment, afterwards } = plan(desk, jobs);
      for (const job of jobs) await desk.press(keyOf(job));
      await moment;
      await desk.kill();
      afterwards?.();
      await desk.reopen();
      for (const job of jobs) {
        const outcome = await settle(desk, job);
        const account = await takeAccount(desk, job, outcome);
        noteRow({
          ...{ fault: `kill -9 ${name}`, phase: 'any', mode: modeOf(job), outcome },
          ...account,
        });
        assert.ok(ends.includes(outcome), outcome);
        const { billed, saved, offered, duplicates } = account;
        assert.equal(saved + offered, billed, 'every billed image is saved or offered');
        assert.equal(duplicates, 0, 'nothing is bought twice');
        assert.equal(saved, outcome === 'saved' ? job.n : 0);
        await assertWhole(desk, job);
        await assertLinkedOnce(desk, job);
      }
      await assertNoOrphans(desk);
    });
  }
});

/** Waits until there is nothing left to do for a job but what the person decides. */
async function settle(desk: KillDesk, { prompt, n }: KillJob): Promise<KillOutcome> {
  const look = async (): Promise<KillOutcome | false> => {
    const records = await desk.records(prompt);
    if (records.some(isUndecided)) return (await isTold(desk)) && 'maybeBilled';
    const images = await desk.images(prompt);
    if (images.length < n) return records.length === 0 && images.length === 0 ? 'nothing' : false;
    if (records.length > 0) return false;
    const text = await desk.document();
    const isLinked = images.every((file) => text.includes(path.basename(file)));
    return isLinked || (await isOffered(desk)) ? 'saved' : false;
  };
  return desk.workbench.until(look, `"${prompt}" does not come to an end`);
}

function isUndecided({ step }: JobRecord): boolean {
  return step.at === 'failed' && step.error.billed === 'maybe';
}

/** That it may have been billed; of several jobs, that they wait for a decision. */
async function isTold({ workbench }: KillDesk): Promise<boolean> {
  return (await workbench.toast(/bill|wait for your decision/).count()) > 0;
}

async function isOffered(desk: KillDesk): Promise<boolean> {
  return (await desk.workbench.toasts.getByRole('button', { name: 'Insert Link' }).count()) > 0;
}

/** What the service has billed, and where it is. */
async function takeAccount(desk: KillDesk, { prompt }: KillJob, outcome: KillOutcome) {
  const { emulator } = desk;
  const bill = emulator.bill().find((entry) => entry.prompt === prompt);
  const ledger = emulator.ledger().filter((entry) => entry.prompt === prompt);
  const purchases = new Set(ledger.map(({ requestId }) => requestId));
  const billed = ledger.length;
  const saved = (await desk.images(prompt)).length;
  return {
    billed,
    saved,
    offered: outcome === 'maybeBilled' ? billed - saved : 0,
    lost: 0,
    submits: bill?.submits ?? 0,
    duplicates: Math.max(0, purchases.size - 1),
  };
}

/** A crash leaves no half of a picture under a name of its own. */
async function assertWhole(desk: KillDesk, { prompt }: KillJob): Promise<void> {
  for (const file of await desk.images(prompt)) {
    const bytes = await readFile(file);
    assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG', file);
    assert.equal(bytes.subarray(-8, -4).toString('latin1'), 'IEND', file);
  }
}

async function assertLinkedOnce(desk: KillDesk, { prompt }: KillJob): Promise<void> {
  const text = await desk.document();
  for (const file of await desk.images(prompt)) {
    const links = text.split(`](assets/images/${path.basename(file)})`).length - 1;
    assert.ok(links === 1 || (links === 0 && (await isOffered(desk))), `${file}: ${links} links`);
  }
}

/** Nothing but images, what windows tell one another, and the records that the person is to decide upon. */
async function assertNoOrphans(desk: KillDesk): Promise<void> {
  const records = await desk.records();
  assert.ok(records.every(isUndecided), 'what is in the journal waits for a decision');
  const open = new Set(records.map(({ job }) => `${job.id}.json`));
  const files = await desk.files();
  const isExpected = (file: string): boolean =>
    /\/assets\/images\/point-\d\d-fox(-\d)?\.png$/.test(file) ||
    /\/easel\.easel\/(windows|limits)\/[\w-]+\.json$/.test(file) ||
    // What was made, for the Studio.
    file.endsWith('/easel.easel/history/jobs.jsonl') ||
    // Which tasks have a job, and which jobs have ended elsewhere: kept for a while, for windows that are asleep.
    /\/easel\.easel\/(tasks\/[\w-]+|jobs\/[\w-]+\.gone)$/.test(file) ||
    (/\/easel\.easel\/jobs\/[\w-]+\.json$/.test(file) && open.has(path.basename(file)));
  assert.deepEqual(
    files.filter((file) => !isExpected(file)),
    [],
    'no file is left behind',
  );
}
