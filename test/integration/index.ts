import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import { runMocha, testFiles } from '../host/mochaRun';

/** What VS Code calls for --extensionTestsPath: runs the tests of this folder inside the extension host. */
export async function run(): Promise<void> {
  const { EASEL_TEST_OUTPUT, EASEL_TEST_COUNTS, EASEL_TEST_GREP } = process.env;
  const counts = await runMocha(testFiles(__dirname), {
    timeout: 30_000,
    grep: EASEL_TEST_GREP,
    write: EASEL_TEST_OUTPUT ? redirectConsole(EASEL_TEST_OUTPUT) : undefined,
  });
  // The proof that the run got to its end: without it the launcher fails.
  if (EASEL_TEST_COUNTS) writeFileSync(EASEL_TEST_COUNTS, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} test(s) failed`);
}

/** Sends console.* to a file: this host's own sends it to the window's log, unformatted. */
function redirectConsole(file: string): (...line: unknown[]) => void {
  const value = (...line: unknown[]) => appendFileSync(file, `${format(...line)}\n`);
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    // An assignment would be ignored in silence.
    Object.defineProperty(console, method, { value, configurable: true, writable: true });
  }
  return value;
}
