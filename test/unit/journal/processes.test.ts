import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseRecord } from '../../../src/journal/recordSchema';
import { isJournalProcess, JournalProcess, runJournalProcess } from '../../fakes/journalProcess';
import { storedRecord } from '../../fakes/journalRecords';
import { JournalStorage } from '../../fakes/journalStorage';

const limits = { key: 'model', perMinute: 1_500, concurrentTasks: 6 };

// The processes run this very file.
if (isJournalProcess) void runJournalProcess();
else {
  describe('several processes', function () {
    this.timeout(120_000);
    let storage: JournalStorage;
    let processes: JournalProcess[];
    beforeEach(() => {
      storage = new JournalStorage();
      processes = [];
    });
    afterEach(async () => {
      for (const each of processes) await each.kill();
      storage.dispose();
    });

    async function start(...windowIds: readonly string[]): Promise<readonly JournalProcess[]> {
      const started = windowIds.map((id) => new JournalProcess(__filename, id, storage.folder));
      processes.push(...started);
      for (const each of started) await each.next('ready');
      return started;
    }

    function putRecords(count: number): readonly string[] {
      const ids = Array.from({ length: count }, (_, index) => `job-${index}`);
      for (const id of ids) storage.putRecord(storedRecord(id));
      return ids.sort();
    }

    /** Every record that lies there, by its job; fails on one that cannot be read. */
    function readAll(): ReadonlyMap<string, { readonly owner: string; readonly claim: number }> {
      const names = storage.names('jobs').filter((name) => name.endsWith('.json'));
      return new Map(
        names.map((name) => {
          const text = readFileSync(path.join(storage.folder, 'jobs', name), 'utf8');
          const parsed = parseRecord(text);
          assert.ok(parsed.kind === 'record', `${name}: ${text}`);
          return [parsed.record.job.id, parsed.record];
        }),
      );
    }

    it('leave nothing but whole records when they are killed while they write, and the next one has them all', async () => {
      const jobs = 10;
      for (let round = 0; round < 5; round += 1) {
        for (const writer of await start(`writer-${round}`)) {
          writer.send({ order: 'write', jobs });
          for (let heard = 0; heard < 600; ) heard = (await writer.next('written')).count;
          await writer.kill();
        }
        assert.equal(readAll().size, jobs);
        const next = storage.journal(`next-${round}`);
        assert.equal((await next.claim()).length, jobs);
        assert.equal(storage.names('jobs').length, jobs);
        rmSync(path.join(storage.folder, 'jobs'), { recursive: true });
      }
      assert.deepEqual(
        storage.logger.lines.filter((line) => /^(warn|error)/.test(line)),
        [],
      );
    });

    it('share what a dead window has left: each record goes to exactly one of them', async () => {
      const ids = putRecords(100);
      const racers = await start('left', 'right');
      for (const racer of racers) racer.send({ order: 'claim' });
      const claimed: string[] = [];
      for (const racer of racers) {
        const { jobIds } = await racer.next('claimed');
        claimed.push(...jobIds);
        const records = readAll();
        for (const id of jobIds) assert.equal(records.get(id)?.owner, racer.windowId);
      }
      assert.deepEqual(claimed.sort(), ids);
      for (const { claim } of readAll().values()) assert.equal(claim, 2);
      assert.deepEqual(storage.names('jobs'), ids.map((id) => `${id}.json`).sort());
    });

    it('go on with all of it when one of them is killed while it claims', async () => {
      const ids = putRecords(100);
      const [first, second] = await start('first', 'second');
      assert.ok(first && second);
      first.send({ order: 'claim' });
      await first.next('log'); // It has taken one.
      second.send({ order: 'claim' });
      await first.kill();
      const { jobIds } = await second.next('claimed');
      second.send({ order: 'claim' });
      const { jobIds: rest } = await second.next('claimed');
      assert.deepEqual([...jobIds, ...rest].sort(), ids);
      for (const { owner } of readAll().values()) assert.equal(owner, 'second');
      second.send({ order: 'claim' });
      assert.deepEqual((await second.next('claimed')).jobIds, []);
      assert.deepEqual(storage.names('jobs'), ids.map((id) => `${id}.json`).sort());
    });

    it('keep the rate and the number of places together', async () => {
      const pair = await start('left', 'right');
      const each = 10;
      for (const taker of pair) {
        for (let job = 0; job < each; job += 1) {
          taker.send({ order: 'take', limits, jobId: `${taker.windowId}-${job}` });
        }
      }
      const taken: { readonly at: number; readonly jobId: string; readonly of: JournalProcess }[] =
        [];
      for (const taker of pair) {
        for (let job = 0; job < each; job += 1) {
          const { at, jobId } = await taker.next('taken');
          if (at !== undefined) taken.push({ at, jobId, of: taker });
        }
      }
      assert.equal(taken.length, limits.concurrentTasks);
      taken.sort((a, b) => a.at - b.at);
      const shortest = 60_000 / limits.perMinute;
      for (const [index, { at }] of taken.slice(1).entries()) {
        assert.ok(at - (taken[index]?.at ?? 0) >= shortest);
      }
      const [first] = taken;
      const other = pair.find((taker) => taker !== first?.of);
      assert.ok(first && other);
      other.send({ order: 'take', limits, jobId: 'late' });
      assert.equal((await other.next('taken')).at, undefined);
      first.of.send({ order: 'release', key: limits.key, jobId: first.jobId });
      await first.of.next('released');
      other.send({ order: 'take', limits, jobId: 'late' });
      assert.notEqual((await other.next('taken')).at, undefined);
    });
  });
}
