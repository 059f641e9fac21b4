import { modelCatalog } from '../../src/dashscope/modelCatalog';
import type { Measurement } from './figure';
import { askAt, collectGarbage, generate, removeImages, startEvents } from './inHost';

const batches = 10;
const batchJobs = 100;
const warmUpBatches = 2;
/** A job that is forgotten nowhere leaves several; compiled code and VS Code's own parts move by less than one. */
const toleratedKilobytes = 1;

/** What is left in the memory of the extension host by each of a thousand jobs, after garbage collections. */
export async function growth(): Promise<readonly Measurement[]> {
  await askAt('bench');
  await startEvents();
  for (let batch = 0; batch < warmUpBatches; batch += 1) await runBatch();
  const used = [usedKilobytes()];
  while (used.length <= batches) {
    await runBatch();
    used.push(usedKilobytes());
  }
  // The median by batches: what VS Code itself lets go or takes once in a while falls out of it.
  const perJob = used.slice(1).map((now, batch) => (now - (used[batch] ?? now)) / batchJobs);
  return [
    {
      figure: 'growth of memory a job',
      unit: 'KB',
      samples: perJob,
      goals: [{ of: 'value', is: 'atMost', limit: toleratedKilobytes }],
    },
    { figure: 'memory after each 100 jobs', unit: 'KB', samples: used },
  ];
}

function usedKilobytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024;
}

/** Models that are asked by calls and need no image: each has limits of its own, so many together are fast. */
const models = modelCatalog.filter(
  ({ protocols, images, rate }) =>
    protocols[0] === 'multimodalGeneration' &&
    (images?.min ?? 0) === 0 &&
    (rate?.perMinute ?? 120) >= 120,
);

async function runBatch(): Promise<void> {
  let left = batchJobs;
  const worker = async (model: string): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await removeImages(await generate({ prompt: `a red fox ${left}`, model, n: 1 }));
    }
  };
  await Promise.all(models.map(({ id }) => worker(id)));
}
