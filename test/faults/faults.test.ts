import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerationJob } from '../../src/generation/generationJob';
import { emulator } from '../emulator/controlClient';
import { FullDisk } from '../fakes/fullDisk';
import { downloadCases, saveCases } from './downloadCases';
import type { FaultCase } from './faultCase';
import { noteRow } from './faultTable';
import { FaultWorld, type Mode } from './faultWorld';
import { assertInvariants, outcomeOf, takeAccount } from './invariants';
import { pollCases } from './pollCases';
import { submitCases } from './submitCases';

// Every fault in every phase: what was billed is saved or offered, and nothing is bought twice.

const cases = [...submitCases, ...pollCases, ...downloadCases, ...saveCases];
const modes: readonly Mode[] = ['sync', 'async'];

describe('a fault', () => {
  const disk = new FullDisk();
  const registrations: vscode.Disposable[] = [];
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => {
    if (isOurs(reason)) rejections.push(reason);
  };

  before(() => {
    const register = vscode.workspace.registerFileSystemProvider;
    registrations.push(
      register('easel-full', disk),
      register('easel-read-only', new FullDisk(), { isReadonly: true }),
    );
    process.on('unhandledRejection', onRejection);
  });

  after(() => {
    process.off('unhandledRejection', onRejection);
    vscode.Disposable.from(...registrations).dispose();
  });

  let world: FaultWorld;

  beforeEach(async () => {
    rejections.length = 0;
    await emulator.reset();
  });

  afterEach(() => world.dispose());

  for (const one of cases) {
    for (const mode of modes) {
      const expected = one.ends[mode];
      if (!expected) continue;
      it(`of the ${one.phase}, ${mode}: ${one.fault}`, async () => {
        world = await FaultWorld.create(one.places);
        await one.arrange(world);
        const prompt = `a fox ${crypto.randomUUID()}`;
        const first = await world.generate(mode, prompt);
        const last = await choose(world, one, first);
        const account = await takeAccount(world, last);
        const outcomes = first === last ? [first] : [first, last];
        const outcome = outcomes.map(describeOutcome).join(' → ');
        noteRow({ fault: one.fault, phase: one.phase, mode, outcome, ...account });
        assert.equal(outcomeOf(first), expected, describeOutcome(first));
        const atLast = expected === 'maybeBilled' ? expected : (one.afterwards ?? 'saved');
        assert.equal(outcomeOf(last), atLast, describeOutcome(last));
        await assertInvariants(world, last, account);
        assert.deepEqual(rejections, []);
        assert.deepEqual(disk.files, []);
      });
    }
  }
});

/** All is well again, and the person takes whatever does not cost twice. */
async function choose(
  world: FaultWorld,
  { mend }: FaultCase,
  job: GenerationJob,
): Promise<GenerationJob> {
  const outcome = outcomeOf(job);
  if (outcome !== 'fetch' && outcome !== 'again') return job;
  await emulator.clearFaults();
  world.mend();
  await mend?.(world);
  return world.retry(job.id);
}

function describeOutcome(job: GenerationJob): string {
  const { state } = job;
  return state.status === 'failed'
    ? `${outcomeOf(job)} (${state.error.code}, billed: ${state.error.billed})`
    : outcomeOf(job);
}

/** VS Code and its own extensions live in the same process. */
function isOurs(reason: unknown): boolean {
  if (!(reason instanceof Error) || !reason.stack) return true;
  return reason.stack.includes('out/test/faults') || reason.stack.includes('dist/extension.js');
}
