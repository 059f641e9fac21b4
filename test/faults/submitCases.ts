import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { emulator } from '../emulator/controlClient';
import { type AnyFault, both, type FaultCase, type Trouble } from './faultCase';

const onSubmit =
  (fault: AnyFault): Trouble =>
  () =>
    emulator.addFault({ phase: 'submit', ...fault });

const refusal = (status: number, code: string, times = 1): Trouble =>
  onSubmit({ kind: 'refuse', status, code, message: 'no', times });

/** The service says that it did not take the request, and will after a while. */
const busyCodes = [
  'Throttling',
  'Throttling.RateQuota',
  'Throttling.BurstRate',
  'Throttling.Concurrency',
  'LimitRequests',
  'limit_requests',
  'limit_burst_rate',
];

/** It did not take the request, and will not before the person has done something. */
const quotaCodes = [
  'Throttling.AllocationQuota',
  'insufficient_quota',
  'CommodityNotPurchased',
  'PrepaidBillOverdue',
  'PostpaidBillOverdue',
];

/** An answer that was lost: of a task, the list of tasks knows. */
const lost = { sync: 'maybeBilled', async: 'saved' } as const;

const cases: readonly Omit<FaultCase, 'phase'>[] = [
  {
    fault: 'connection refused once',
    ends: both('saved'),
    arrange: (world) => world.disconnect('submit', 1),
  },
  {
    fault: 'connection refused',
    ends: both('again'),
    arrange: (world) => world.disconnect('submit', 99),
  },
  {
    fault: 'reset before it was taken',
    ends: both('maybeBilled'),
    arrange: onSubmit({ kind: 'reset' }),
  },
  { fault: 'reset after it was taken', ends: lost, arrange: onSubmit({ kind: 'loseAnswer' }) },
  {
    fault: 'reset after it was taken, and the list of tasks lags',
    ends: { async: 'maybeBilled' },
    arrange: async () => {
      await emulator.settings({ listLagMs: 60 * 60_000 });
      await emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    },
  },
  {
    fault: 'reset after it was taken, and the list of tasks fails',
    ends: { async: 'maybeBilled' },
    arrange: async () => {
      await emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
      await emulator.addFault({ phase: 'list', kind: 'html', times: 99 });
    },
  },
  {
    fault: 'timeout before it was taken',
    ends: both('maybeBilled'),
    arrange: (world) => world.timeOut('submit', 'arrived'),
  },
  {
    fault: 'timeout after it was taken',
    ends: lost,
    arrange: (world) => world.timeOut('submit', 'taken'),
  },
  ...busyCodes.map((code) => ({
    fault: `429 ${code}, twice`,
    ends: both('saved'),
    arrange: refusal(429, code, 2),
  })),
  {
    fault: '429 Throttling for ever',
    ends: both('again'),
    arrange: refusal(429, 'Throttling', 999),
  },
  ...quotaCodes.map((code) => ({
    fault: `429 ${code}`,
    ends: both('again'),
    arrange: refusal(429, code),
  })),
  { fault: '401 InvalidApiKey', ends: both('again'), arrange: refusal(401, 'InvalidApiKey') },
  { fault: '500 InternalError', ends: both('again'), arrange: refusal(500, 'InternalError') },
  { fault: '500 RequestTimeOut', ends: both('again'), arrange: refusal(500, 'RequestTimeOut') },
  {
    fault: '502 with HTML',
    ends: both('maybeBilled'),
    arrange: onSubmit({ kind: 'html', status: 502 }),
  },
  {
    fault: '504 with HTML',
    ends: both('maybeBilled'),
    arrange: onSubmit({ kind: 'html', status: 504 }),
  },
  { fault: '503 ModelUnavailable', ends: both('saved'), arrange: refusal(503, 'ModelUnavailable') },
  {
    fault: '503 ServiceUnavailable',
    ends: both('saved'),
    arrange: refusal(503, 'ServiceUnavailable'),
  },
  { fault: 'malformed JSON', ends: lost, arrange: onSubmit({ kind: 'malformedJson' }) },
  { fault: '200 with a code', ends: both('again'), arrange: refusal(200, 'InternalError.Algo') },
  { fault: 'truncated body', ends: lost, arrange: onSubmit({ kind: 'truncate' }) },
  {
    fault: 'stalled body',
    ends: lost,
    arrange: (world) => world.timeOut('submit', 'half'),
  },
  { fault: 'wrong content type', ends: both('saved'), arrange: onSubmit({ kind: 'wrongType' }) },
  { fault: 'zero bytes', ends: lost, arrange: onSubmit({ kind: 'empty' }) },
  {
    fault: "a portal's page",
    ends: both('maybeBilled'),
    arrange: onSubmit({ kind: 'html', status: 200 }),
  },
  { fault: 'redirect', ends: both('again'), arrange: onSubmit({ kind: 'html', status: 302 }) },
  { fault: 'slow drip', ends: both('saved'), arrange: onSubmit({ kind: 'slowDrip', ms: 1 }) },
  {
    fault: 'oversize, announced',
    ends: lost,
    arrange: onSubmit({ kind: 'oversize', announced: true }),
  },
  { fault: 'oversize', ends: lost, arrange: onSubmit({ kind: 'oversize', announced: false }) },
  {
    fault: 'deferred FAILED',
    ends: both('again'),
    arrange: onSubmit({ kind: 'failTask', code: 'InternalError.Timeout', message: 'no' }),
  },
  {
    fault: 'deferred FAILED by the content check',
    ends: both('none'),
    arrange: onSubmit({ kind: 'failTask', code: 'DataInspectionFailed', message: 'no' }),
    afterwards: 'none',
  },
  {
    fault: 'partial failure of a task',
    ends: { async: 'partly' },
    arrange: onSubmit({ kind: 'partial', failed: 1 }),
    afterwards: 'partly',
  },
  {
    // The answer to a call has what was made, and no word of the rest.
    fault: 'partial failure of a call',
    ends: { sync: 'saved' },
    arrange: onSubmit({ kind: 'partial', failed: 1 }),
  },
  {
    fault: 'the journal cannot be written',
    ends: both('again'),
    arrange: ({ storage }) => writeFile(path.join(storage, 'jobs'), ''),
    mend: ({ storage }) => rm(path.join(storage, 'jobs')),
  },
];

/** Faults that meet the request that costs money. */
export const submitCases: readonly FaultCase[] = cases.map((one) => ({ ...one, phase: 'submit' }));
