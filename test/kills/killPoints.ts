import { setTimeout as pause } from 'node:timers/promises';
import type { HoldOptions } from '../emulator/holds';
import { createRandom } from '../emulator/picture/random';
import type { KillDesk } from './killDesk';

/** How a job may end that was interrupted: as if nothing had been, undecided, or not begun. */
export type KillOutcome = 'saved' | 'maybeBilled' | 'nothing';

/** A prompt with its model. */
export interface KillJob {
  readonly prompt: string;
  readonly model: string;
  readonly n: number;
}

/** What a point waits for, and what is done once the host is dead. */
interface KillPlan {
  readonly moment: Promise<unknown>;
  readonly afterwards?: () => void;
}

/** A moment at which the extension host dies. */
export interface KillPoint {
  readonly name: string;
  readonly jobs: readonly KillJob[];
  readonly ends: readonly KillOutcome[];
  /** Called before the jobs are started. */
  readonly plan: (desk: KillDesk, jobs: readonly KillJob[]) => KillPlan;
}

const taskModel = 'wan2.2-t2i-flash';
const callModel = 'qwen-image-2.0';
const slowModel = 'wanx-v1';

const random = createRandom(20261121);

/** As the table names it. */
export function modeOf({ model }: KillJob): 'sync' | 'async' {
  return model === callModel ? 'sync' : 'async';
}

/** At a moment of a request, which is then dropped, unless the service goes on with it. */
function at(options: HoldOptions, goesOn = false): KillPoint['plan'] {
  return ({ emulator }) => {
    const hold = emulator.hold(options);
    return { moment: hold.reached, afterwards: () => hold.release(goesOn ? undefined : 'drop') };
  };
}

/** When the first question about a task has been answered, with these settings; then the service is quick again. */
function whileTask(settings: { queueMs?: number; runMs?: number }): KillPoint['plan'] {
  return ({ emulator }) => {
    emulator.changeSettings(settings);
    const { reached } = emulator.hold({ phase: 'poll', moment: 'answered' });
    const afterwards = () => emulator.changeSettings({ queueMs: 0, runMs: 0 });
    return { moment: reached, afterwards };
  };
}

/** As soon as the condition is true. */
async function whenTrue(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(2);
}

/** At a random moment of the first so many milliseconds after the submit has arrived. */
function within(ms: number): KillPoint['plan'] {
  const afterMs = Math.round(random() * ms);
  return ({ emulator }) => {
    emulator.changeSettings({ queueMs: 40, runMs: 40 });
    const hold = emulator.hold({ phase: 'submit', moment: 'arrived' });
    const arrived = hold.reached.then(() => hold.release());
    return { moment: arrived.then(() => pause(afterMs)) };
  };
}

type Row = readonly [
  name: string,
  model: string,
  plan: KillPoint['plan'],
  ends: readonly KillOutcome[],
  n?: number,
];

const saved = ['saved'] as const;
const undecided = ['maybeBilled'] as const;

const rows: readonly Row[] = [
  [
    'when the job is in the journal, before the request leaves',
    taskModel,
    (desk, [job]) => ({
      moment: whenTrue(async () => (await desk.records(job?.prompt ?? '')).length > 0),
    }),
    ['saved', 'maybeBilled'],
  ],
  [
    'when the submit arrives, and is not taken',
    taskModel,
    at({ phase: 'submit', moment: 'arrived' }),
    undecided,
  ],
  [
    'when the submit of a call arrives, and is not taken',
    callModel,
    at({ phase: 'submit', moment: 'arrived' }),
    undecided,
  ],
  [
    'when the submit arrives, and is taken all the same',
    taskModel,
    at({ phase: 'submit', moment: 'arrived' }, true),
    saved,
  ],
  [
    'when the submit is taken and not answered',
    taskModel,
    at({ phase: 'submit', moment: 'taken' }),
    saved,
  ],
  [
    'when a call is taken and not answered',
    callModel,
    at({ phase: 'submit', moment: 'taken' }),
    undecided,
  ],
  [
    'when half of the answer to a call is there',
    callModel,
    at({ phase: 'submit', moment: 'half' }),
    undecided,
  ],
  ['when the submit is answered', taskModel, at({ phase: 'submit', moment: 'answered' }), saved],
  [
    'when a call is answered',
    callModel,
    at({ phase: 'submit', moment: 'answered' }),
    ['saved', 'maybeBilled'],
  ],
  ['at the first question', taskModel, at({ phase: 'poll', moment: 'arrived' }), saved],
  ['while the task is PENDING', taskModel, whileTask({ queueMs: 60_000 }), saved],
  ['while the task is RUNNING', taskModel, whileTask({ runMs: 60_000 }), saved],
  [
    'when the service has said SUCCEEDED',
    taskModel,
    at({ phase: 'poll', moment: 'answered' }),
    saved,
  ],
  ['when the download begins', taskModel, at({ phase: 'download', moment: 'taken' }), saved],
  ['in the middle of a download', taskModel, at({ phase: 'download', moment: 'half' }), saved],
  [
    'in the middle of a download that a call led to',
    callModel,
    at({ phase: 'download', moment: 'half' }),
    saved,
  ],
  ['when the download is sent', taskModel, at({ phase: 'download', moment: 'answered' }), saved],
  [
    'between the images of a set',
    taskModel,
    at({ phase: 'download', moment: 'half', after: 2 }),
    saved,
    4,
  ],
  [
    'right after the file appears',
    taskModel,
    (desk, [job]) => ({
      moment: whenTrue(async () => (await desk.images(job?.prompt ?? '')).length > 0),
    }),
    saved,
  ],
  [
    'right after the link is in the document',
    taskModel,
    (desk, [job]) => ({
      moment: whenTrue(async () => (await desk.document()).includes(`![${job?.prompt}]`)),
    }),
    saved,
  ],
  [
    'while the service is busy',
    taskModel,
    (desk, [job]) => {
      const busy = { kind: 'refuse', status: 429, code: 'Throttling', message: 'busy' } as const;
      desk.emulator.addFault({ phase: 'submit', ...busy, times: 2 });
      const { reached } = desk.emulator.hold({ phase: 'submit', moment: 'answered' });
      const isNoted = async () =>
        (await desk.records(job?.prompt ?? '')).some(({ step }) => step.at === 'waiting');
      return { moment: reached.then(() => whenTrue(isNoted)) };
    },
    saved,
  ],
  ...[0, 1, 2, 3].map((index): Row => {
    const model = index < 2 ? taskModel : callModel;
    return [
      `at random moment ${index + 1}`,
      model,
      within(model === taskModel ? 2500 : 500),
      ['saved', 'maybeBilled'],
      2,
    ];
  }),
];

const single = rows.map(
  ([name, model, plan, ends, n = 1], index): KillPoint => ({
    name,
    jobs: [{ prompt: promptOf(index), model, n }],
    ends,
    plan,
  }),
);

/** A file name that begins with one never begins with another. */
function promptOf(index: number): string {
  return `point ${String(index + 1).padStart(2, '0')} fox`;
}

/** Every moment, the first to the last of a job's life, and of two at once. */
export const killPoints: readonly KillPoint[] = [
  ...single,
  {
    name: 'while one task runs and another job waits for its place',
    jobs: [slowModel, slowModel].map((model, index) => ({
      prompt: promptOf(rows.length + index),
      model,
      n: 1,
    })),
    ends: saved,
    plan: (desk, [, second]) => {
      desk.emulator.changeSettings({ limitsRates: true, runMs: 60_000 });
      const isWaiting = async () => (await desk.records(second?.prompt ?? '')).length > 0;
      return {
        moment: Promise.all([
          desk.emulator.hold({ phase: 'poll', moment: 'answered' }).reached,
          desk.workbench.until(isWaiting, 'the second job is not in the journal'),
        ]),
        afterwards: () => desk.emulator.changeSettings({ runMs: 0 }),
      };
    },
  },
  {
    name: 'while two jobs are under way',
    jobs: [taskModel, taskModel].map((model, index) => ({
      prompt: promptOf(rows.length + 2 + index),
      model,
      n: 2,
    })),
    ends: saved,
    plan: at({ phase: 'download', moment: 'half', after: 1 }),
  },
];
