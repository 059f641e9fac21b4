import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mainScript } from './mainScript';
import { readCounts, removeCounts, type SuiteCounts, type SuiteName } from './mochaRun';

// npm test: every suite, one after the other, also after one that failed. The last line is `N passed, N failed`.

/** In minutes; a suite that still runs then hangs: the longest takes a third of it on two cores. */
const suiteLimit = 50;

interface SuiteResult extends SuiteCounts {
  readonly suite: SuiteName;
  readonly seconds: number;
}

mainScript(async () => {
  const results = [
    await timed('check', runChecks),
    await timed('unit', () => runScript('unit', ['out/test/host/runUnit.js'])),
    await timed('integration', () => runScript('integration', ['out/test/host/runIntegration.js'])),
  ];
  if (process.env.CI) {
    // Another VS Code to install, so not on everybody's machine: npm run test:floor.
    const script = ['out/test/host/runIntegration.js', '--floor'];
    results.push(await timed('floor', () => runScript('floor', script)));
  }
  results.push(await timed('faults', () => runScript('faults', ['out/test/host/runFaults.js'])));
  results.push(await timed('ui', () => runScript('ui', ['out/test/host/runUi.js'])));
  await report(results);
});

async function timed(suite: SuiteName, run: () => Promise<SuiteCounts>): Promise<SuiteResult> {
  console.log(`\n=== ${suite} ===`);
  const started = Date.now();
  const counts = await run();
  return { suite, ...counts, seconds: Math.round((Date.now() - started) / 1000) };
}

/** Each command of the manifest's `check` script counts as a test. */
async function runChecks(): Promise<SuiteCounts> {
  // The project's own manifest.
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: { check: string };
  };
  let passed = 0;
  let failed = 0;
  for (const command of scripts.check.split(' && ')) {
    const exitCode = await runCommand(command, [], true);
    console.log(`${exitCode === 0 ? '✔' : '✘'} ${command}`);
    if (exitCode === 0) passed += 1;
    else failed += 1;
  }
  return { passed, failed, pending: 0 };
}

/** A suite that ends without counts, or badly in spite of them, is a failure more. */
async function runScript(suite: SuiteName, script: string[]): Promise<SuiteCounts> {
  await removeCounts(suite);
  const exitCode = await runCommand(process.execPath, script);
  const counts = await readCounts(suite);
  if (!counts) return { passed: 0, failed: 1, pending: 0 };
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1 };
  return counts;
}

/** Null, as any exit code but 0, is a failure: a signal ended it. */
function runCommand(command: string, args: string[], shell = false): Promise<number | null> {
  const bin = path.resolve('node_modules/.bin');
  const child = spawn(command, args, {
    shell,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: suiteLimit * 60_000,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  return new Promise((resolve) => {
    const done = (exitCode: number | null) => {
      process.off('exit', stop);
      resolve(exitCode);
    };
    child.on('error', () => done(null));
    child.on('exit', (exitCode, signal) => {
      if (signal)
        console.error(`Ended by ${signal}; no suite may take over ${suiteLimit} minutes.`);
      done(exitCode);
    });
  });
}

async function report(results: SuiteResult[]): Promise<void> {
  const row = (...cells: (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(12) : `${cell}`.padStart(9))).join('');
  console.log(`\n${row('suite', 'passed', 'failed', 'skipped', 'seconds')}`);
  for (const { suite, passed, failed, pending, seconds } of results) {
    console.log(row(suite, passed, failed, pending, seconds));
  }
  const sum = (pick: (result: SuiteResult) => number) =>
    results.reduce((total, result) => total + pick(result), 0);
  const failed = sum((result) => result.failed);
  const total = `${sum((result) => result.passed)} passed, ${failed} failed`;
  await mkdir('out/results', { recursive: true });
  await writeFile('out/results/total.txt', `${total}\n`); // for .ci/run
  console.log(`\n${total}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
