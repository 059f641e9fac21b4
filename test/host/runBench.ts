import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { activation } from '../bench/activation';
import { startBenchService } from '../bench/benchService';
import { type Figure, figureTable, type Measurement, toFigure } from '../bench/figure';
import { simulatedPolling } from '../bench/simulatedPolling';
import { studioWithMany } from '../bench/studioWithMany';
import { startEmulator } from '../emulator/emulator';
import { argument, mainScript } from './mainScript';
import { runTests } from './runTests';

// npm run bench [-- --only <name>]: one JSON object a line for each figure, and a table at the end. A figure that
// misses its goal fails nothing; one that could not be measured does.

/** What is measured outside the extension host, before the rest. */
const benches: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  activation,
  polling: async () => simulatedPolling(),
  studio: studioWithMany,
};

mainScript(async () => {
  const only = argument('only');
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(benches)) {
    if (only && only !== name) continue;
    try {
      for (const measurement of await measure()) {
        const figure = toFigure(measurement);
        console.log(JSON.stringify(figure));
        figures.push(figure);
      }
    } catch (error) {
      console.log(
        `${name} could not be measured: ${error instanceof Error ? error.message : error}`,
      );
      process.exitCode = 1;
    }
  }
  if (!only || !(only in benches)) figures.push(...(await measureInHost(only)));
  if (figures.length === 0) throw new Error(`Nothing was measured${only ? ` of "${only}"` : ''}.`);
  await mkdir('out/results', { recursive: true });
  await writeFile('out/results/bench.json', JSON.stringify(figures, null, 2));
  console.log(`\n${figureTable(figures)}`);
});

/** The figures of test/bench/index.ts; they are printed there, as they come. */
async function measureInHost(only: string | undefined): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-bench-'));
  const figuresFile = path.join(folder, 'figures');
  const workspace = path.join(folder, 'workspace');
  const images = path.join(workspace, 'assets/images');
  await mkdir(images, { recursive: true });
  const service = await startBenchService(images);
  const emulator = await startEmulator();
  try {
    const counts = await runTests({
      entry: 'out/test/bench/index',
      folder: workspace,
      environment: {
        EASEL_BENCH_SERVICE: service.url,
        EASEL_EMULATOR: emulator.url,
        EASEL_BENCH_FIGURES: figuresFile,
        EASEL_BENCH_ONLY: only,
        DASHSCOPE_API_KEY: 'sk-emulator',
      },
      timeout: 20 * 60_000,
    });
    if (counts.failed > 0) process.exitCode = 1;
    const lines = (await readFile(figuresFile, 'utf8').catch(() => '')).split('\n');
    return lines.filter(Boolean).map((line) => JSON.parse(line) as Figure); // written by test/bench/index.ts
  } finally {
    await emulator.stop();
    await service.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
