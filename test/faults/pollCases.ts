import { emulator } from '../emulator/controlClient';
import type { AnyFault, FaultCase, Outcome, Trouble } from './faultCase';

const onPoll =
  (fault: AnyFault): Trouble =>
  () =>
    emulator.addFault({ phase: 'poll', ...fault });

const refusal = (status: number, code: string, times = 2): Trouble =>
  onPoll({ kind: 'refuse', status, code, message: 'no', times });

/** What goes wrong, how, and how it ends unless it is saved. */
const rows: readonly (readonly [fault: string, arrange: Trouble, ends?: Outcome])[] = [
  ['connection refused', (world) => world.disconnect('poll', 3)],
  ['reset before the answer', onPoll({ kind: 'reset', times: 2 })],
  ['reset after the answer', onPoll({ kind: 'loseAnswer', times: 2 })],
  ['timeout', (world) => world.timeOut('poll', 'taken', 2)],
  ['429 Throttling', refusal(429, 'Throttling')],
  ['429 Throttling.RateQuota', refusal(429, 'Throttling.RateQuota')],
  ['429 Throttling.BurstRate', refusal(429, 'Throttling.BurstRate')],
  ['429 Throttling.Concurrency', refusal(429, 'Throttling.Concurrency')],
  ['429 Throttling.AllocationQuota', refusal(429, 'Throttling.AllocationQuota')],
  ['429 without a code that is known', refusal(429, 'Brand.New')],
  ['401 InvalidApiKey', refusal(401, 'InvalidApiKey'), 'fetch'],
  ['403 AccessDenied', refusal(403, 'AccessDenied'), 'fetch'],
  ['404 NotFound', refusal(404, 'NotFound'), 'fetch'],
  ['500 InternalError', refusal(500, 'InternalError')],
  ['502 with HTML', onPoll({ kind: 'html', status: 502, times: 2 })],
  ['503 ServiceUnavailable', refusal(503, 'ServiceUnavailable')],
  ['504 with HTML', onPoll({ kind: 'html', status: 504, times: 2 })],
  ['malformed JSON', onPoll({ kind: 'malformedJson', times: 2 })],
  ['200 with a code', refusal(200, 'InternalError.Algo')],
  ['truncated body', onPoll({ kind: 'truncate', times: 2 })],
  ['stalled body', (world) => world.timeOut('poll', 'half')],
  ['wrong content type', onPoll({ kind: 'wrongType' })],
  ['zero bytes', onPoll({ kind: 'empty', times: 2 })],
  ["a portal's page", onPoll({ kind: 'html', status: 200, times: 2 })],
  ['redirect', onPoll({ kind: 'html', status: 302, times: 2 })],
  ['slow drip', onPoll({ kind: 'slowDrip', ms: 1 })],
  ['oversize', onPoll({ kind: 'oversize', announced: false })],
  ['UNKNOWN once', onPoll({ kind: 'unknownTask' })],
  ['UNKNOWN for ever', onPoll({ kind: 'unknownTask', times: 99 }), 'fetch'],
];

/** Faults that meet the questions about a task, which cost nothing. */
export const pollCases: readonly FaultCase[] = rows.map(([fault, arrange, ends = 'saved']) => ({
  fault,
  phase: 'poll',
  ends: { async: ends },
  arrange,
}));
