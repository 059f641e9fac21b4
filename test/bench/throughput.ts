import { stat } from 'node:fs/promises';
import { emulator } from '../emulator/controlClient';
import type { Measurement } from './figure';
import { askAt, generate, removeImages } from './inHost';

/** Images that a window of the batch has, for a median. */
const windowImages = 10;

/** Prompts that are all started at once, against the service's own limits. */
interface Batch {
  readonly mode: string;
  readonly model: string;
  readonly prompts: number;
  readonly runMs: number;
  readonly allowedPerMinute: number;
}

/** What may be submitted at most: calls are bound by that. */
const calls: Batch = {
  ...{ mode: 'calls', model: 'z-image-turbo', prompts: 100 },
  ...{ runMs: 2_000, allowedPerMinute: 120 },
};

/** Five tasks at once, of 8 s each: what is allowed is bound by that, and not by the 5 submits a second. */
const tasks: Batch = {
  ...{ mode: 'tasks', model: 'wan2.5-t2i-preview', prompts: 60 },
  ...{ runMs: 8_000, allowedPerMinute: (5 * 60) / 8 },
};

export async function throughput(): Promise<readonly Measurement[]> {
  await askAt('emulator');
  return [...(await measure(calls)), ...(await measure(tasks))];
}

async function measure(batch: Batch): Promise<readonly Measurement[]> {
  const { mode, model, prompts, runMs, allowedPerMinute } = batch;
  await emulator.reset();
  await emulator.settings({ limitsRates: true, queueMs: 0, runMs });
  const results = await Promise.allSettled(
    Array.from({ length: prompts }, (_, index) =>
      generate({ prompt: `a red fox ${index}`, model, n: 1 }),
    ),
  );
  const failed = results.filter(({ status }) => status === 'rejected').length;
  const saved = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const times = (
    await Promise.all(
      saved.flatMap(({ images }) =>
        images.map(async ({ uri }) => (await stat(uri.fsPath)).ctimeMs),
      ),
    )
  ).toSorted((a, b) => a - b);
  const requests = await emulator.requests();
  const refused = requests.filter(({ status }) => status === 429).length;
  await removeImages(...saved);
  await emulator.reset();
  // The first ones teach how long the tasks take.
  const settled = times.slice(windowImages);
  const perMinute = windowRates(settled);
  return [
    {
      figure: `batch of ${prompts}, ${mode}`,
      unit: 'images/min',
      samples: perMinute,
      ratio: rate(settled) / allowedPerMinute,
      goals: [{ of: 'ratio', is: 'atLeast', limit: 0.95 }],
    },
    {
      figure: `batch, ${mode}: jobs failed`,
      unit: 'jobs',
      samples: [failed],
      goals: [{ of: 'value', is: 'atMost', limit: 0 }],
    },
    { figure: `batch, ${mode}: 429 seen by Easel`, unit: 'replies', samples: [refused] },
  ];
}

/** Images a minute in each part of the batch. */
function windowRates(times: readonly number[]): number[] {
  const rates: number[] = [];
  for (let from = 0; from + windowImages < times.length; from += windowImages) {
    rates.push(rate(times.slice(from, from + windowImages + 1)));
  }
  return rates;
}

/** Images a minute, by the distances between them. */
function rate(times: readonly number[]): number {
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  return ((times.length - 1) / (last - first)) * 60_000;
}
