// Builds the host (dist/extension.js, dist/easel.js), the page (dist/webview/studio.js) and the tests and tools (out/test).
import { mkdir, writeFile } from 'node:fs/promises';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** Prints what the problem matcher in .vscode/tasks.json reads. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => {
      if (watch) console.log('[watch] build started');
    });
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (watch) console.log('[watch] build finished');
    });
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'silent',
  metafile: true,
  plugins: [problemMatcher],
};

const host = {
  ...common,
  // Two bundles: VS Code reads the first when it starts, and that requires the second when it is used.
  entryPoints: ['src/extension.ts', 'src/easel.ts'],
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode', './easel'],
};

const page = {
  ...common,
  entryPoints: ['src/webview/main.ts'],
  outfile: 'dist/webview/studio.js',
  platform: 'browser',
  format: 'iife',
  target: 'chrome138',
};

/** Parts of the page by themselves, for their tests. */
const testPages = {
  ...page,
  minify: false,
  entryPoints: ['test/webview/*.ts'],
  outfile: undefined,
  outdir: 'out/test/webview',
};

const tests = {
  ...common,
  minify: false,
  sourcemap: 'inline',
  entryPoints: [
    'test/**/*.test.ts',
    'test/host/*.ts',
    'test/tools/*.ts',
    'test/emulator/main.ts',
    'test/integration/index.ts',
    'test/bench/index.ts',
    'test/faults/index.ts',
  ],
  outdir: 'out/test',
  outbase: 'test',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  external: ['vscode'],
};

await mkdir('out', { recursive: true });
if (watch) {
  for (const options of [host, page, tests, testPages])
    await (await esbuild.context(options)).watch();
} else {
  try {
    const [hostBuild, pageBuild] = await Promise.all(
      [host, page, tests, testPages].map(esbuild.build),
    );
    // test/bundle.test.ts reads what went into each bundle.
    await writeFile('out/metafile.host.json', JSON.stringify(hostBuild.metafile));
    await writeFile('out/metafile.page.json', JSON.stringify(pageBuild.metafile));
  } catch {
    process.exitCode = 1; // the problem matcher has printed why
  }
}
