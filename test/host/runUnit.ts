import path from 'node:path';
import { argument, mainScript } from './mainScript';
import { runMocha, testFiles, writeCounts } from './mochaRun';

// npm run test:unit [-- --grep <title>]: every test that needs no VS Code, in this process.

const needVsCode = ['integration', 'ui', 'faults', 'kills'].map(
  (folder) => path.resolve('out/test', folder) + path.sep,
);

mainScript(async () => {
  const files = testFiles(path.resolve('out/test')).filter(
    (file) => !needVsCode.some((folder) => file.startsWith(folder)),
  );
  const counts = await runMocha(files, { timeout: 10_000, grep: argument('grep') });
  await writeCounts('unit', counts);
  process.exitCode = counts.failed > 0 ? 1 : 0;
  failIfHanging();
});

/** A test that leaves a server, a timer or a process behind is a test that fails elsewhere. */
function failIfHanging(): void {
  const patience = setTimeout(() => {
    console.error('The tests left open:', process.getActiveResourcesInfo().join(', '));
    process.exit(1);
  }, 5000);
  patience.unref();
}
