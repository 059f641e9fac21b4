import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { listFiles, PackageManager } from '@vscode/vsce';

/** Everything that ships. */
const shipped = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/easel.js',
  'dist/extension.js',
  'dist/webview/studio.js',
  'media/compare.css',
  'media/fill.css',
  'media/gallery.css',
  'media/icon.png',
  'media/l10n/bundle.l10n.zh-cn.json',
  'media/placeholderFont.LICENSE.txt',
  'media/placeholderFont.bin',
  'media/prompt.css',
  'media/studio.css',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
];

const megabyte = 1024 * 1024;

describe('the package', () => {
  it('has exactly the files that are meant to ship', async function () {
    this.timeout(60_000); // vsce walks through node_modules to find out that none of it ships
    const files = await listFiles({ packageManager: PackageManager.None });
    assert.deepEqual(files.map((file) => file.replaceAll('\\', '/')).sort(), [...shipped].sort());
  });

  it('is under 1 MB', () => {
    const compressed = shipped.map((file) => deflateRawSync(readFileSync(file)).length);
    const size = compressed.reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(size < megabyte, `about ${size} bytes`);
    // The real one, where `npm run package` has made it.
    const { name, version }: { name: string; version: string } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    );
    const vsix = `${name}-${version}.vsix`;
    if (existsSync(vsix)) assert.ok(statSync(vsix).size < megabyte, vsix);
  });
});
