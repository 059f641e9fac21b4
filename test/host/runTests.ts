import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTests as runInDesktop, TestRunFailedError } from '@vscode/test-electron';
import { chooseHost } from './hostChoice';
import { currentRelease, type HostRelease } from './hostRelease';
import { parseCounts, type SuiteCounts } from './mochaRun';
import type { SeededSettings } from './npmHost';
import { runInServer } from './serverTests';
import { changeSettings, quietSettings } from './settingsFile';

/** Tests to run inside the extension host, with Easel loaded from the working tree. */
export interface HostTestRun {
  readonly release?: HostRelease;
  /** The built module whose `run()` runs them and writes their counts to $EASEL_TEST_COUNTS as its last deed. */
  readonly entry: string;
  /** The workspace to open; it is not copied. */
  readonly folder: string;
  readonly settings?: SeededSettings;
  /** Reaches the tests; DASHSCOPE_API_KEY is unset unless it is named here. */
  readonly environment?: NodeJS.ProcessEnv;
  /** In milliseconds, for all of them together. */
  readonly timeout?: number;
}

/**
 * Runs them in whichever VS Code can be had here.
 * @throws when they did not get to their end, whatever exit code the window reported: a web window reports 0 when its
 * extension host dies.
 */
export async function runTests(run: HostTestRun): Promise<SuiteCounts> {
  const release = run.release ?? currentRelease;
  const kind = await chooseHost(release.version);
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'easel-run-'));
  const countsFile = path.join(temporary, 'counts.json');
  const environment = {
    ...run.environment,
    EASEL_TEST_COUNTS: countsFile,
    MOCHA_COLORS: process.stdout.isTTY ? '1' : undefined,
  };
  console.log(`VS Code ${release.version} (${kind})`);
  try {
    const start = kind === 'desktop' ? startDesktop : runInServer;
    const exitCode = await start({ ...run, release, environment }, temporary);
    const counts = parseCounts(await readFile(countsFile, 'utf8').catch(() => ''));
    if (!counts) throw new Error('The extension host ended before the tests did.');
    if (exitCode !== 0 && counts.failed === 0) {
      throw new Error(`All tests passed, but VS Code ended with exit code ${exitCode}.`);
    }
    return counts;
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function startDesktop(run: HostTestRun, temporary: string): Promise<number> {
  const userData = path.join(temporary, 'user');
  const settings = { ...quietSettings, ...run.settings?.user, ...run.settings?.always };
  await changeSettings(path.join(userData, 'User/settings.json'), settings);
  try {
    return await runInDesktop({
      version: (run.release ?? currentRelease).version,
      extensionDevelopmentPath: process.cwd(),
      extensionTestsPath: path.resolve(run.entry),
      extensionTestsEnv: { DASHSCOPE_API_KEY: undefined, ...run.environment },
      launchArgs: [
        run.folder,
        '--disable-extensions',
        ...['--user-data-dir', userData],
        ...['--extensions-dir', path.join(temporary, 'extensions')],
      ],
    });
  } catch (error) {
    // How test-electron says that tests failed; their counts say how many.
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  }
}
