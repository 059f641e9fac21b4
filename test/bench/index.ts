import { appendFileSync, writeFileSync } from 'node:fs';
import { commandToWire } from './commandToWire';
import { detectionWait } from './detectionWait';
import { type Measurement, toFigure } from './figure';
import { growth } from './growth';
import { imageLinks } from './imageLinks';
import { peakMemory } from './peakMemory';
import { saving } from './saving';
import { throughput } from './throughput';

/** By the name that `--only` takes, in the order in which they run. */
const benches: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  wire: commandToWire,
  saving,
  memory: peakMemory,
  detection: detectionWait,
  batch: throughput,
  growth,
  links: imageLinks,
};

/** What VS Code calls for --extensionTestsPath: measures what can only be measured inside the extension host. */
export async function run(): Promise<void> {
  const { EASEL_BENCH_ONLY, EASEL_BENCH_FIGURES, EASEL_TEST_OUTPUT, EASEL_TEST_COUNTS } =
    process.env;
  const print = (line: string) => {
    // The console of the npm host goes to the window.
    if (EASEL_TEST_OUTPUT) appendFileSync(EASEL_TEST_OUTPUT, `${line}\n`);
    else console.log(line);
  };
  let passed = 0;
  let failed = 0;
  for (const [name, measure] of Object.entries(benches)) {
    if (EASEL_BENCH_ONLY && EASEL_BENCH_ONLY !== name) continue;
    try {
      for (const measurement of await measure()) {
        const line = JSON.stringify(toFigure(measurement));
        if (EASEL_BENCH_FIGURES) appendFileSync(EASEL_BENCH_FIGURES, `${line}\n`);
        print(line);
      }
      passed += 1;
    } catch (error) {
      print(`${name} could not be measured: ${error instanceof Error ? error.stack : error}`);
      failed += 1;
    }
  }
  if (EASEL_TEST_COUNTS) {
    writeFileSync(EASEL_TEST_COUNTS, JSON.stringify({ passed, failed, pending: 0 }));
  }
}
