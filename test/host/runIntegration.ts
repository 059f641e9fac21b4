import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmulator } from '../emulator/emulator';
import { currentRelease, floorRelease } from './hostRelease';
import { argument, mainScript } from './mainScript';
import { writeCounts } from './mochaRun';
import { runTests } from './runTests';

// npm run test:integration [-- --grep <title>], and npm run test:floor: the same tests in the oldest VS Code.

const floor = process.argv.includes('--floor');

mainScript(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'easel-workspace-'));
  const emulator = await startEmulator();
  try {
    await cp('test/workspace', folder, { recursive: true });
    const counts = await runTests({
      release: floor ? floorRelease : currentRelease,
      entry: 'out/test/integration/index',
      folder,
      settings: {
        // In a browser, VS Code saves by itself unless it is told not to.
        user: { 'files.autoSave': 'off' },
        always: { 'easel.endpoint': emulator.url },
      },
      environment: {
        EASEL_EMULATOR: emulator.url,
        EASEL_TEST_GREP: argument('grep'),
        DASHSCOPE_API_KEY: 'sk-emulator',
      },
    });
    await writeCounts(floor ? 'floor' : 'integration', counts);
    process.exitCode = counts.failed > 0 ? 1 : 0;
  } finally {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
