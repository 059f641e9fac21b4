import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** How a suite ended, for machines; pending tests are the ones skipped on purpose. */
export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
}

/** What a run may be narrowed to. */
export interface MochaSettings {
  readonly timeout: number;
  /** A regular expression on the full title. */
  readonly grep?: string | undefined;
  /** Where the report goes; console.log unless given. */
  readonly write?: ((...line: unknown[]) => void) | undefined;
}

/** Runs built test files in this process with the spec report. @throws when there is nothing to run or a file cannot be loaded. */
export async function runMocha(files: string[], settings: MochaSettings): Promise<SuiteCounts> {
  const { default: Mocha } = await import('mocha'); // an ES module
  if (settings.write) Mocha.reporters.Base.consoleLog = settings.write;
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: settings.timeout,
    forbidOnly: Boolean(process.env.CI),
    ...(settings.grep ? { grep: settings.grep } : {}),
  });
  for (const file of files) mocha.addFile(file);
  const counts = await new Promise<SuiteCounts>((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures, pending });
    });
  });
  if (counts.passed + counts.failed === 0) throw new Error('No test was run.');
  return counts;
}

/** The built tests below a folder, in a stable order. */
export function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The suites of `npm test`, by the name of their file of counts. */
export type SuiteName = 'check' | 'unit' | 'integration' | 'floor' | 'faults' | 'ui';

function countsFile(suite: SuiteName): string {
  return path.resolve('out/results', `${suite}.json`);
}

/** Leaves the counts for runAll. */
export async function writeCounts(suite: SuiteName, counts: SuiteCounts): Promise<void> {
  await mkdir(path.dirname(countsFile(suite)), { recursive: true });
  await writeFile(countsFile(suite), JSON.stringify(counts));
}

/** Forgets the counts of an earlier run, so that they cannot pass for this one's. */
export async function removeCounts(suite: SuiteName): Promise<void> {
  await rm(countsFile(suite), { force: true });
}

/** Undefined where the suite did not get to its end. */
export async function readCounts(suite: SuiteName): Promise<SuiteCounts | undefined> {
  return parseCounts(await readFile(countsFile(suite), 'utf8').catch(() => ''));
}

/** Undefined for anything but what a suite wrote. */
export function parseCounts(text: string): SuiteCounts | undefined {
  // Written by this file's own code.
  return text ? (JSON.parse(text) as SuiteCounts) : undefined;
}
