import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { type EmulatorOptions, startEmulator } from '../emulator/emulator';
import { startDesktop } from './desktop';
import { keptSecret, openFrontDoor } from './frontDoor';
import { chooseHost } from './hostChoice';
import { currentRelease } from './hostRelease';
import { mainScript } from './mainScript';
import { installVsix, startServer } from './npmHost';
import { packageExtension } from './vsix';

// npm start: Easel in a VS Code of its own, with a sample workspace to play in.

// The same at each start where they are free: secrets belong to an address.
const windowPort = 8139;
const emulatorPort = 8140;

const dataDir = path.resolve('.vscode-test/start-data');
const playground = path.resolve('out/playground');
const firstFile = path.join(playground, 'welcome.md');

/** Something that was started; `ended` resolves if it ends by itself. */
interface Started {
  readonly lines: readonly string[];
  readonly ended?: Promise<void>;
  stop(): Promise<void>;
}

/** Which service Easel is to use. */
interface Service extends Started {
  readonly endpoint?: string;
  readonly apiKey: string;
}

const exitNow = () => process.exit(130);
let onSignal: () => void = exitNow;

mainScript(start, () => onSignal());

async function start(): Promise<void> {
  const kind = await chooseHost(currentRelease.version);
  const vsix = await packageExtension();
  if (!existsSync(playground)) await cp('test/workspace', playground, { recursive: true });
  const service = await startService();
  const window = await (kind === 'desktop' ? openDesktop : openInBrowser)(vsix, service);
  const advice = [
    'Try first: put the cursor into welcome.md, press F1 and run "Easel: Generate Image…";',
    '           or select a sentence there, right-click it and choose "Generate Image from Selection".',
    'To stop: Ctrl+C.',
  ];
  console.log(`\n${[...window.lines, ...service.lines, ...advice].join('\n')}\n`);
  const interrupted = new Promise<void>((resolve) => {
    onSignal = resolve;
  });
  await Promise.race([interrupted, window.ended ?? interrupted]);
  onSignal = exitNow; // a second Ctrl+C
  await window.stop();
  await service.stop();
  process.exitCode = 0;
}

async function startService(): Promise<Service> {
  const apiKey = process.env.DASHSCOPE_API_KEY;
  if (apiKey) {
    const lines = ['Service: Alibaba Cloud Model Studio with your DASHSCOPE_API_KEY; images cost.'];
    return { apiKey, lines, stop: async () => {} };
  }
  // As long as a fast model takes, so that progress can be seen.
  const options: EmulatorOptions = { queueMs: 300, runMs: 1500 };
  const emulator = await startEmulator({ ...options, port: emulatorPort }).catch(() =>
    startEmulator(options),
  );
  const lines = [
    `Service: an emulator on this machine (${emulator.url}): simple pictures, no account, no cost.`,
    '         DASHSCOPE_API_KEY=sk-… npm start uses the real one.',
  ];
  return { endpoint: emulator.url, apiKey: 'sk-emulator', lines, stop: () => emulator.stop() };
}

async function openDesktop(vsix: string, { endpoint, apiKey }: Service): Promise<Started> {
  const window = await startDesktop({
    vsix,
    dataDir: path.join(dataDir, 'desktop'),
    settings: { 'easel.endpoint': endpoint },
    open: [playground, firstFile],
    environment: { DASHSCOPE_API_KEY: apiKey },
  });
  return {
    lines: ['VS Code is open, with Easel.'],
    ended: window.exited,
    stop: window.stop,
  };
}

async function openInBrowser(vsix: string, { endpoint, apiKey }: Service): Promise<Started> {
  await installVsix(dataDir, vsix);
  // Without a token any program and any web page on this machine could use this VS Code.
  const connectionToken = (await keptSecret(dataDir, 'token', 16)).toString('hex');
  const server = await startServer({
    dataDir,
    connectionToken,
    settings: { always: { 'easel.endpoint': endpoint } },
    environment: { DASHSCOPE_API_KEY: apiKey },
  });
  const door = await openFrontDoor({
    serverUrl: server.url,
    dataDir,
    port: windowPort,
    connectionToken,
    contents: { folder: playground, openFile: firstFile },
  });
  const address = `${door.url}?tkn=${connectionToken}`;
  offerToOpen(address);
  return {
    lines: ['VS Code with Easel is ready. Open this address in a browser:', '', `  ${address}`, ''],
    ended: server.exited,
    stop: async () => {
      await door.stop();
      await server.stop();
    },
  };
}

const freedesktopOpener = 'xdg-open';

/** In the person's browser, if there is one to see. */
function offerToOpen(address: string): void {
  if (!process.stdout.isTTY || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)) return;
  const opener = spawn(freedesktopOpener, [address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {}); // the address is printed as well
  opener.unref();
}
