import assert from 'node:assert/strict';
import type { GenerationJob } from '../../src/generation/generationJob';
import { retryKind } from '../../src/generation/generationJob';
import { errorText } from '../../src/ui/errorText';
import { emulator } from '../emulator/controlClient';
import type { RequestEntry } from '../emulator/records';
import type { Outcome } from './faultCase';
import type { FaultWorld } from './faultWorld';

/** How a job has ended. */
export function outcomeOf({ state }: GenerationJob): Outcome {
  switch (state.status) {
    case 'failed':
      return retryKind(state);
    case 'saved':
      if (state.images.some(({ keptBecause }) => keptBecause !== undefined)) return 'kept';
      return state.failures.length > 0 ? 'partly' : 'saved';
    default:
      throw new Error(`the job is ${state.status}`);
  }
}

/** How the images of a job can be counted from outside. */
export interface Account {
  readonly billed: number;
  readonly saved: number;
  readonly offered: number;
  readonly lost: number;
  readonly submits: number;
  readonly duplicates: number;
}

/** Counts what was paid and where it is: at the service, on the disk, and in what the person is told. */
export async function takeAccount(world: FaultWorld, job: GenerationJob): Promise<Account> {
  const bill = await emulator.bill();
  const { images: billed = 0, submits = 0 } = bill[0] ?? {};
  const purchases = new Set((await emulator.ledger()).map(({ requestId }) => requestId));
  assert.ok(bill.length <= 1, 'one prompt a world');
  const saved = (await world.files()).filter((name) => name.endsWith('.png')).length;
  const missing = billed - saved;
  const isOffered = ['fetch', 'maybeBilled'].includes(outcomeOf(job));
  return {
    billed,
    saved,
    offered: isOffered ? missing : 0,
    lost: !isOffered && isSaidToBeLost(job) ? missing : 0,
    submits,
    duplicates: Math.max(0, purchases.size - 1),
  };
}

/** The person is told that it is paid for and cannot be had. */
function isSaidToBeLost({ state }: GenerationJob): boolean {
  return (
    state.status === 'failed' && state.error.kind === 'download' && state.error.billed === 'yes'
  );
}

/** Everything that must be so whatever went wrong. */
export async function assertInvariants(
  world: FaultWorld,
  job: GenerationJob,
  account: Account,
): Promise<void> {
  const { billed, saved, offered, lost, duplicates } = account;
  assert.equal(saved + offered + lost, billed, 'every billed image is saved, offered or told of');
  assert.equal(duplicates, 0, 'nothing is bought twice');
  assertNothingSentTwice(await emulator.requests());
  assertSentence(job, billed);
  await assertNoOrphans(world, job);
  assertCleanLog(world, job);
}

/** Only what the service had answered was sent again. */
function assertNothingSentTwice(requests: readonly RequestEntry[]): void {
  const submits = requests.filter(({ phase }) => phase === 'submit');
  for (const { status, fault } of submits.slice(0, -1)) {
    assert.ok(status !== undefined, `sent again after ${fault ?? 'no answer'}`);
  }
}

/** A failure has words, and they do not claim less than was billed. */
function assertSentence({ state }: GenerationJob, billed: number): void {
  if (state.status !== 'failed') return;
  const { error } = state;
  assert.notEqual(error.code, 'Bug', String(error.cause));
  const { message, actions } = errorText(error);
  assert.match(message, /^[A-Z“"'].{20,}[.!?]$/s);
  assert.ok(actions.length > 0 || message.length > 40);
  if (error.billed === 'no') assert.equal(billed, 0, `${error.code} is said to be free`);
}

/** Images, the record of a job that is still open with what it has fetched, the window's mark, its slots and its tasks; nothing else. */
async function assertNoOrphans(world: FaultWorld, job: GenerationJob): Promise<void> {
  const outcome = outcomeOf(job);
  const isOpen = outcome === 'fetch' || outcome === 'maybeBilled';
  const expected = [
    /^(images|blocked\/images|storage\/kept)\/[^/.]+\.png$/,
    /^blocked$/, // a fault's own
    /^storage\/(windows|limits)\/[^/]+\.json$/,
    /^storage\/tasks\/[\w-]+$/,
    ...(isOpen ? [new RegExp(`^storage/jobs/${job.id}\\.json$`)] : []),
    ...(outcome === 'fetch' ? [new RegExp(`^storage/downloads/${job.id}-\\d\\.part$`)] : []),
  ];
  const files = await world.files();
  assert.deepEqual(
    files.filter((name) => !expected.some((pattern) => pattern.test(name))),
    [],
    'no file is left behind',
  );
  const records = files.filter((name) => name.startsWith('storage/jobs/'));
  assert.equal(records.length, isOpen ? 1 : 0, 'the journal has what is open');
}

/** No bug (what the file system refuses is none), no signed link, no key, and above debug no prompt. */
function assertCleanLog({ logger }: FaultWorld, { request }: GenerationJob): void {
  for (const line of logger.lines) {
    assert.doesNotMatch(line, /^error: (?!Error: E[A-Z]+:)/);
    assert.doesNotMatch(line, /Signature=|sk-emulator/);
    if (!line.startsWith('debug:')) assert.ok(!line.includes(request.prompt), line);
  }
}
