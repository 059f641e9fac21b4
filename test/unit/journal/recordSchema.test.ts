import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JobStep } from '../../../src/generation/jobJournal';
import { parameterNames } from '../../../src/imageModel/parameters';
import {
  formatRecord,
  maxRecordBytes,
  parseRecord,
  type StoredRecord,
} from '../../../src/journal/recordSchema';
import { fullJob, fullRequest, fullSteps, storedRecord } from '../../fakes/journalRecords';

function roundTrip(record: StoredRecord): unknown {
  const parsed = parseRecord(formatRecord(record));
  return parsed.kind === 'record' ? parsed.record : parsed;
}

/** The file's JSON, changed. */
function changedText(
  change: (file: Record<string, unknown>) => void,
  step: JobStep = { at: 'waiting' },
): string {
  const file = JSON.parse(formatRecord(storedRecord('job-1', { step })));
  change(file);
  return JSON.stringify(file);
}

const steps: readonly JobStep[] = Object.values(fullSteps);

describe('the file of a record', () => {
  for (const step of steps) {
    it(`keeps every field of a job at the step "${step.at}"`, () => {
      const record = { job: fullJob, step, owner: 'window', claim: 3, workspace: 'ws' };
      assert.deepEqual(roundTrip(record), record);
    });
  }

  it('has every parameter in the sample that the round trips are made with', () => {
    assert.deepEqual(
      parameterNames.filter((name) => !(name in fullRequest)),
      [],
    );
  });

  it('keeps any request, with whatever of its fields', async () => {
    const { modelId, prompt: _, size, count, ...optional } = fullRequest;
    const required = { modelId, count };
    const anyOf = fc.record({
      some: fc.subarray(Object.entries(optional)),
      prompt: fc.string({ unit: 'binary' }),
      size: fc.constantFrom(size, '1K', '2K', '4K', 'auto'),
    });
    await fc.assert(
      fc.asyncProperty(anyOf, async ({ some, ...others }) => {
        const request = { ...required, ...Object.fromEntries(some), ...others };
        const record = storedRecord('job-1', { job: { ...fullJob, request } });
        assert.deepEqual(roundTrip(record), record);
      }),
    );
  });

  it('says times as people do, a field a line', () => {
    const text = formatRecord(storedRecord('job-1', { step: fullSteps.sending }));
    assert.match(text, /^ {4}"sentAt": "2025-11-21T04:40:00.123Z"$/m);
    assert.ok(text.endsWith('}\n'));
  });

  it('keeps fields that it does not know, wherever they are', () => {
    const text = changedText((file) => {
      file.color = 'blue';
      Object.assign(Object(file.step).task, { queue: 9 });
    }, fullSteps.task);
    const parsed = parseRecord(text);
    assert.ok(parsed.kind === 'record');
    const again = JSON.parse(formatRecord(parsed.record));
    assert.equal(again.color, 'blue');
    assert.equal(again.step.task.queue, 9);
  });

  it('is damaged when something that is used is missing or of another type, and says where without the text', () => {
    const wrong = changedText((file) => {
      file.job = { ...fullJob, startedAt: '2025-11-21', request: { ...fullRequest, count: 'two' } };
    });
    assert.deepEqual(parseRecord(wrong), {
      kind: 'damaged',
      reason: 'job.request.count: invalid_type',
      owner: 'dead-window',
    });
    for (const text of ['', '{', 'null', '[]', '{"version":"1"}', '{"version":1}']) {
      assert.equal(parseRecord(text).kind, 'damaged', text);
    }
    const noTime = changedText((file) => {
      file.step = { at: 'sending', mode: 'task', sentAt: 'soon' };
    });
    assert.equal(parseRecord(noTime).kind, 'damaged');
  });

  it('of a later version is not read', () => {
    const text = changedText((file) => {
      file.version = 2;
      file.job = 'something else';
    });
    assert.deepEqual(parseRecord(text), { kind: 'newer' });
  });

  it('of an older version is taken forward step by step', () => {
    const text = changedText((file) => {
      file.version = -1;
      file.window = file.owner;
      delete file.owner;
      delete file.claim;
    });
    const upgrades = {
      [-1]: (old: Readonly<Record<string, unknown>>) => ({ ...old, claim: 4 }),
      0: ({ window, ...old }: Readonly<Record<string, unknown>>) => ({ ...old, owner: window }),
    };
    const parsed = parseRecord(text, upgrades);
    assert.ok(parsed.kind === 'record');
    assert.equal(parsed.record.owner, 'dead-window');
    assert.equal(parsed.record.claim, 4);
    assert.deepEqual(parseRecord(text, { [-1]: upgrades[-1] }), {
      kind: 'damaged',
      reason: 'there is no way from version 0',
    });
  });

  it('is not made where it could not be read back', () => {
    const seed = { ...fullRequest, seed: Number.NaN };
    const unreadable = storedRecord('job-1', { job: { ...fullJob, request: seed } });
    assert.throws(() => formatRecord(unreadable), /job\.request\.seed/);
    const long = { ...fullRequest, prompt: '雪'.repeat(maxRecordBytes / 3) };
    const large = storedRecord('job-1', { job: { ...fullJob, request: long } });
    assert.throws(() => formatRecord(large), /larger/);
  });
});
