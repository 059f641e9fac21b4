import { execFile, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';
import { currentRelease, type HostRelease } from './hostRelease';
import { ensureNpmHost } from './npmInstall';
import { changeSettings, quietSettings, type SettingValues } from './settingsFile';

const run = promisify(execFile);

/** The user's settings; what a person changes in `user` after the first start stays. */
export interface SeededSettings {
  readonly user?: SettingValues;
  /** Set anew at every start. */
  readonly always?: SettingValues;
}

/** How to start the VS Code server; everything has a default that leaves nothing behind. */
export interface ServerOptions {
  readonly release?: HostRelease;
  /** Kept when given, else a temporary one that `stop` removes. */
  readonly dataDir?: string;
  /** 0, the default, is any free one. */
  readonly port?: number;
  readonly settings?: SeededSettings;
  /** Reaches the extension host. DASHSCOPE_API_KEY comes from here alone, never from the shell. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly arguments?: readonly string[];
  /** False leaves the workspace in Restricted Mode. */
  readonly trust?: boolean;
  /** Asked of every request; without one everybody on this machine may connect. */
  readonly connectionToken?: string;
}

/** A running server; whoever started it stops it. */
export interface VsCodeServer {
  /** Ends in a slash. */
  readonly url: string;
  readonly dataDir: string;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
  /** What it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts the server on loopback. @throws with everything that it printed when it does not come up. */
export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const { node, serverMain } = await ensureNpmHost(options.release ?? currentRelease);
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'vsc-')); // short: Unix sockets go in it
  const dataDir = options.dataDir ?? path.join(temporary, 'd');
  await seed(dataDir, options.settings ?? {});
  const child = spawn(
    node,
    [
      serverMain,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--server-data-dir', dataDir, '--telemetry-level', 'off'],
      ...(options.connectionToken
        ? ['--connection-token', options.connectionToken]
        : ['--without-connection-token']),
      ...(options.trust === false ? [] : ['--disable-workspace-trust']),
      '--accept-server-license-terms',
      '--disable-getting-started-override',
      '--force-disable-user-env',
      ...(options.arguments ?? []),
    ],
    {
      detached: true, // its own process group, so that nothing of it is left behind
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...hostEnvironment(dataDir),
        TMPDIR: temporary,
        DASHSCOPE_API_KEY: undefined,
        ...options.environment,
      },
    },
  );
  const killGroup = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // gone already
    }
  };
  const killAtExit = () => {
    killGroup('SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
  };
  process.once('exit', killAtExit);

  let output = '';
  const exited = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve();
    });
    child.on('exit', () => resolve());
  });
  const listening = new Promise<string>((resolve) => {
    const read = (text: string) => {
      output += text;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}/`);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
  });
  const stop = async () => {
    process.off('exit', killAtExit);
    killGroup('SIGTERM');
    const impatience = setTimeout(killGroup, 3000, 'SIGKILL');
    await exited;
    clearTimeout(impatience);
    killGroup('SIGKILL'); // whatever the extension host left behind
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const url = await Promise.race([listening, exited]);
  if (!url) {
    await stop();
    throw new Error(`The VS Code server did not start.\n${output}`);
  }
  return { url, dataDir, exited, output: () => output, stop };
}

async function seed(dataDir: string, { user, always }: SeededSettings): Promise<void> {
  await mkdir(path.join(dataDir, 'home'), { recursive: true });
  const userFile = path.join(dataDir, 'data/User/settings.json');
  const isFirst = !existsSync(userFile);
  await changeSettings(userFile, { ...(isFirst && { ...quietSettings, ...user }), ...always });
}

function hostEnvironment(dataDir: string): NodeJS.ProcessEnv {
  return {
    ...ownEnvironment(),
    HOME: path.join(dataDir, 'home'),
    NODE_OPTIONS: '',
    EXTENSIONS_GALLERY: '{}',
  };
}

/** This process's environment, less what a VS Code whose terminal this may be has put there. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  return Object.fromEntries(kept);
}

/** Installs a packaged extension where a server with this data folder finds it at its next start. */
export async function installVsix(dataDir: string, vsix: string): Promise<void> {
  const { node, serverMain } = await ensureNpmHost(currentRelease);
  const where = ['--server-data-dir', dataDir, '--install-extension', vsix, '--force'];
  await mkdir(path.join(dataDir, 'home'), { recursive: true });
  await run(node, [serverMain, ...where], { env: hostEnvironment(dataDir) });
}

/** For playwright-core's `chromium.launch`: the machine's Chromium, for which no name but loopback resolves. @throws without one. */
export function launchOptions(): LaunchOptions {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ];
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) {
    throw new Error(
      'No Chromium was found: install one (apt-get install -y --no-install-recommends chromium) or name yours in CHROMIUM_PATH.',
    );
  }
  return {
    executablePath,
    // Playwright's own handlers close the browser and leave this process running.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  };
}

/**
 * Answers the half key that the window seals its secrets with. Only code-server's front end, which is not used here, knows
 * that route; without an answer secrets last no longer than the page.
 */
export async function serveMintKey(context: BrowserContext): Promise<void> {
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
}

/** What a window opens; the extension paths make it an extension development host, if the server has its smoke-test driver on. */
export interface WindowContents {
  readonly folder?: string | undefined;
  /** Shown in an editor. */
  readonly openFile?: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
}

/** The address of a window on the server. */
export function workbenchUrl(serverUrl: string, { folder, ...paths }: WindowContents): string {
  const url = new URL(serverUrl);
  if (folder) url.searchParams.set('folder', path.resolve(folder));
  else url.searchParams.set('ew', 'true');
  const payload = Object.entries(paths).map(([name, place]) => [
    name,
    `vscode-remote://${url.host}${path.resolve(place)}`,
  ]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.toString();
}
