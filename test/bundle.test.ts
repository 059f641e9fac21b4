import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Metafile, transform } from 'esbuild';

// What esbuild put into the bundles, by the records that it left beside them.

interface Bundle {
  readonly file: string;
  readonly code: string;
  /** Files with at least one byte in the bundle; of a package, the part after `node_modules/`. */
  readonly inputs: readonly string[];
  /** What is required at run time. */
  readonly externals: readonly string[];
}

function readBundle(name: 'host' | 'page', file: string): Bundle {
  // Written by esbuild, in the shape that it declares.
  const metafile = JSON.parse(readFileSync(`out/metafile.${name}.json`, 'utf8')) as Metafile;
  const output = metafile.outputs[file];
  assert.ok(output, `${file} is not in the record`);
  const code = readFileSync(file, 'utf8');
  assert.equal(Buffer.byteLength(code), output.bytes, `${file} is from another build`);
  return {
    file,
    code,
    inputs: Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input.replace(/^.*node_modules\//, '')),
    externals: [...new Set(output.imports.map((each) => each.path))].sort(),
  };
}

/** Measured on a minified copy, so that the size is the same whichever build lies there. */
async function minifiedKilobytes({ code }: Bundle): Promise<number> {
  const minified = await transform(code, { minify: true, legalComments: 'inline' });
  return Buffer.byteLength(minified.code) / 1024;
}

const entry = () => readBundle('host', 'dist/extension.js');
const host = () => readBundle('host', 'dist/easel.js');
const page = () => readBundle('page', 'dist/webview/studio.js');

describe('the entry', () => {
  it('is at most 4 KB, as every window reads it when it starts', async () => {
    const size = await minifiedKilobytes(entry());
    assert.ok(size <= 4, `${size.toFixed(1)} KB`);
  });

  it('requires the host bundle, VS Code and Node, and has no package', () => {
    assert.ok(entry().code.includes('require("./easel")'));
    assert.deepEqual(
      entry().externals.filter((name) => name !== 'vscode' && !name.startsWith('node:')),
      ['./easel'],
    );
    assert.deepEqual(
      entry().inputs.filter((input) => !input.startsWith('src/')),
      [],
    );
  });
});

describe('the host bundle', () => {
  it('is at most 520 KB', async () => {
    const size = await minifiedKilobytes(host());
    assert.ok(size <= 520, `${size.toFixed(1)} KB`);
  });

  it('requires nothing but VS Code and Node', () => {
    assert.deepEqual(
      host().externals.filter((name) => name !== 'vscode' && !name.startsWith('node:')),
      [],
    );
  });

  it('has of packages only image-size, eventsource-parser, picomatch and the small zod, without its languages', () => {
    const foreign = host().inputs.filter((input) => !input.startsWith('src/'));
    assert.ok(foreign.some((input) => input.startsWith('zod/v4/mini/')));
    const known = /^(?:image-size|eventsource-parser|picomatch|zod\/mini|zod\/v4\/(?:core|mini))\//;
    assert.deepEqual(
      foreign.filter((input) => !known.test(input)),
      [],
    );
  });
});

describe('the page bundle', () => {
  it('is at most 120 KB', async () => {
    const size = await minifiedKilobytes(page());
    assert.ok(size <= 120, `${size.toFixed(1)} KB`);
  });

  it('is made of the page, the contract and the vocabulary alone', () => {
    const allowed = /^src\/(?:webview|shared|imageModel|util)\//;
    assert.deepEqual(
      page().inputs.filter((input) => !allowed.test(input)),
      [],
    );
  });

  it('requires nothing', () => {
    assert.deepEqual(page().externals, []);
    assert.doesNotMatch(page().code, /\brequire\(/);
  });
});

describe('all bundles', () => {
  it('hold no key', () => {
    for (const { file, code } of [entry(), host(), page()]) {
      assert.doesNotMatch(code, /sk-[0-9a-zA-Z]{20,}|LTAI[0-9A-Za-z]{12,}/, file);
    }
  });

  it('hold no path of the machine that built them', () => {
    // A home of `/`, as some containers have, says nothing.
    const folders = [process.cwd(), homedir()].filter((folder) => folder.length > 1);
    for (const { file, code } of [entry(), host(), page()]) {
      for (const folder of folders) assert.ok(!code.includes(`${folder}${path.sep}`), file);
    }
  });
});
