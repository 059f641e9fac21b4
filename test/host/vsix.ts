import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** Packs what esbuild built into easel-<version>.vsix in the project's folder; gives its path. */
export async function packageExtension(): Promise<string> {
  // The project's own manifest.
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8')) as {
    name: string;
    version: string;
  };
  const packagePath = path.resolve(`${name}-${version}.vsix`);
  await createVSIX({
    packagePath,
    dependencies: false, // everything is in the bundles
    allowMissingRepository: true,
  });
  return packagePath;
}
