import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmulator } from '../emulator/emulator';
import { type FaultRow, formatTable } from '../faults/faultTable';
import { argument, mainScript } from './mainScript';
import { runMocha, type SuiteCounts, testFiles, writeCounts } from './mochaRun';
import { runTests } from './runTests';
import { packageExtension } from './vsix';

// npm run test:faults [-- --grep <title>] [-- --only faults|kills]: every fault in every phase, inside the extension
// host; then the packaged extension, whose extension host is killed at every moment that matters. Prints one table.

mainScript(async () => {
  const rows = path.resolve('out/results/faultRows.jsonl');
  await mkdir(path.dirname(rows), { recursive: true });
  await rm(rows, { force: true });
  process.env.EASEL_FAULT_ROWS = rows;
  const only = argument('only');
  const counts: SuiteCounts[] = [];
  if (only !== 'kills') counts.push(await runFaults(rows));
  if (only !== 'faults') counts.push(await runKills());
  console.log(`\n${formatTable(await readRows(rows))}\n`);
  const sum = (pick: (one: SuiteCounts) => number) =>
    counts.reduce((total, one) => total + pick(one), 0);
  const failed = sum((one) => one.failed);
  const passed = sum((one) => one.passed);
  await writeCounts('faults', { passed, failed, pending: sum((one) => one.pending) });
  process.exitCode = failed > 0 ? 1 : 0;
});

async function runFaults(rows: string): Promise<SuiteCounts> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-workspace-'));
  const emulator = await startEmulator();
  try {
    return await runTests({
      entry: 'out/test/faults/index',
      folder,
      settings: { always: { 'easel.endpoint': emulator.url } },
      environment: {
        EASEL_EMULATOR: emulator.url,
        EASEL_TEST_GREP: argument('grep'),
        EASEL_FAULT_ROWS: rows,
      },
      timeout: 600_000,
    });
  } finally {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runKills(): Promise<SuiteCounts> {
  process.env.EASEL_VSIX = await packageExtension();
  const files = testFiles(path.resolve('out/test/kills'));
  return await runMocha(files, { timeout: 90_000, grep: argument('grep') });
}

async function readRows(file: string): Promise<FaultRow[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  // Each line was written by noteRow.
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FaultRow);
}
