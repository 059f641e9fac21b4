import { usualPollMs } from '../../src/dashscope/pollPlan';
import { emulator } from '../emulator/controlClient';
import type { Measurement } from './figure';
import { askAt, generate, removeImages } from './inHost';

const model = 'wan2.5-t2i-preview';
const learned = 30;
const measured = 40;

/** In milliseconds since the epoch, by the emulator's clock. */
interface TaskTimes {
  readonly submittedAt: number;
  readonly endedAt: number;
  /** When it was asked after. */
  readonly polls: readonly number[];
}

/** What tasks of about 3 s (log-normal, sigma 0.3) wait until Easel knows of their end, and how often it asks, after 30 others. */
export async function detectionWait(): Promise<readonly Measurement[]> {
  await askAt('emulator');
  await emulator.reset();
  await emulator.settings({ runMs: 3_000, runSigma: 0.3 });
  const results = await Promise.all(
    Array.from({ length: learned + measured }, (_, index) =>
      generate({ prompt: `a red fox ${index}`, model, n: 1 }),
    ),
  );
  const tasks = (await taskTimes()).slice(learned);
  await removeImages(...results);
  await emulator.reset();
  const own = tasks.map(({ endedAt, polls }) => (polls.at(-1) ?? Number.NaN) - endedAt);
  const sdk = tasks.map(({ submittedAt, endedAt }) => sdkPolls(endedAt - submittedAt));
  const sdkWaits = sdk.map(({ waitMs }) => waitMs);
  const polls = tasks.map((task) => task.polls.length);
  const sdkCounts = sdk.map(({ count }) => count);
  return [
    {
      figure: 'detection wait, real',
      unit: 'ms',
      samples: own,
      ratio: mean(own) / mean(sdkWaits),
      goals: [{ of: 'ratio', is: 'atMost', limit: 0.6 }],
    },
    { figure: 'detection wait, SDK schedule', unit: 'ms', samples: sdkWaits },
    {
      figure: 'task queries, real',
      unit: 'polls',
      samples: polls,
      ratio: mean(polls) / mean(sdkCounts),
      goals: [{ of: 'ratio', is: 'atMost', limit: 1 }],
    },
  ];
}

/** Of the emulator's tasks, in the order of their submits. */
async function taskTimes(): Promise<TaskTimes[]> {
  const polls = (await emulator.requests()).filter(({ phase }) => phase === 'poll');
  const response = await fetch(`${emulator.address}/api/v1/tasks?page_size=${learned + measured}`, {
    headers: { authorization: `Bearer ${process.env.DASHSCOPE_API_KEY}` },
  });
  // The emulator's own answer.
  const { data } = (await response.json()) as {
    data: { task_id: string; gmt_create: number; end_time: number }[];
  };
  return data
    .map(({ task_id, gmt_create, end_time }) => ({
      submittedAt: gmt_create,
      endedAt: end_time,
      polls: polls.filter(({ path }) => path.includes(task_id)).map(({ time }) => Date.parse(time)),
    }))
    .toSorted((a, b) => a.submittedAt - b.submittedAt);
}

/** What the official SDK's schedule makes of a task, if its queries take no time. */
function sdkPolls(durationMs: number): { readonly waitMs: number; readonly count: number } {
  let index = 0;
  while (usualPollMs(index) < durationMs) index += 1;
  return { waitMs: usualPollMs(index) - durationMs, count: index + 1 };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
