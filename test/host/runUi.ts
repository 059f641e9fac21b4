import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startEmulator } from '../emulator/emulator';
import { argument, mainScript } from './mainScript';
import { runMocha, testFiles, writeCounts } from './mochaRun';
import { packageExtension } from './vsix';

// npm run test:ui [-- --grep <title>]: the packaged extension in the workbench, driven with Playwright.

mainScript(async () => {
  await rm('out/screenshots', { recursive: true, force: true });
  process.env.EASEL_VSIX = await packageExtension();
  const emulator = await startEmulator();
  process.env.EASEL_EMULATOR = emulator.url;
  try {
    const files = testFiles(path.resolve('out/test/ui'));
    const counts = await runMocha(files, { timeout: 90_000, grep: argument('grep') });
    await writeCounts('ui', counts);
    process.exitCode = counts.failed > 0 ? 1 : 0;
  } finally {
    await emulator.stop();
  }
});
