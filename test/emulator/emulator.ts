import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi } from './apiServer';
import { answerControl } from './controlServer';
import { type Fault, FaultQueue, parseFault } from './faults';
import type { HostKind } from './handling';
import type { Keys } from './keyRing';
import type { LedgerEntry, RequestEntry } from './records';
import { ResultShelf } from './resultServer';
import { Service } from './service';
import { parseSettings, type Settings } from './settings';
import { answerStore } from './storeServer';
import { UploadStore } from './uploads';

/** All optional: by default two free ports, the key `sk-emulator`, every region's models, and no waiting. */
export interface EmulatorOptions extends Partial<Settings> {
  readonly port?: number;
  readonly resultPort?: number;
  /** Accepted keys with their regions; `any` is good for every region. */
  readonly keys?: Keys;
  /** The one region that it stands for; keys and models of the others are refused. */
  readonly region?: string;
  /** The kind of host that it stands for (`both`). */
  readonly hostKind?: HostKind;
  /** The ids that `X-DashScope-WorkSpace` can name; any without this list. */
  readonly workspaces?: readonly string[];
  /** Those of the keys that must name a workspace. */
  readonly subAccountKeys?: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A running emulator. */
export interface Emulator {
  /** The API's origin. */
  readonly url: string;
  /** The origin of the finished images. */
  readonly resultUrl: string;
  /** Every image that was made and is paid for, the oldest first. */
  ledger(): readonly LedgerEntry[];
  /** Every request to both origins but those to `/_emulator/`, the oldest first. */
  requests(): readonly RequestEntry[];
  addFault(fault: Fault): void;
  changeSettings(settings: Partial<Settings>): void;
  /** Forgets tasks, images, uploads, ledger, requests and faults; the settings are again those of the start. */
  reset(): void;
  /** Closes every connection. */
  stop(): Promise<void>;
}

/** Starts a DashScope on this machine's loopback address: real HTTP, nothing of it leaves the machine. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { now = Date.now, keys = { 'sk-emulator': 'any' } } = options;
  const initialSettings: Settings = {
    queueMs: options.queueMs ?? 0,
    runMs: options.runMs ?? 0,
    resultLifetimeMs: options.resultLifetimeMs ?? 24 * 60 * 60 * 1000,
    deferChecks: options.deferChecks ?? false,
    strictness: options.strictness ?? 'doc',
    throttlesAsync: options.throttlesAsync ?? false,
    maxUploadMebibytes: options.maxUploadMebibytes ?? 1024,
  };
  const settings = { ...initialSettings };
  const stopping = new AbortController();
  const shelf = new ResultShelf(now);
  const uploads = new UploadStore(settings, now);
  const faults = new FaultQueue();
  let requests: RequestEntry[] = [];
  let resultUrl = '';
  const service = new Service({
    settings,
    shelf,
    uploads,
    resultUrl: () => resultUrl,
    now,
    stopped: stopping.signal,
  });
  const parts = {
    service,
    shelf,
    uploads,
    faults,
    accounts: {
      keys,
      region: options.region,
      workspaces: options.workspaces,
      subAccountKeys: options.subAccountKeys ?? [],
    },
    hostKind: options.hostKind ?? 'both',
    record: (entry: RequestEntry) => requests.push(entry),
    now,
    stopped: stopping.signal,
  };

  const changeSettings = (changed: Partial<Settings>): void => {
    Object.assign(settings, parseSettings(changed, settings));
  };
  const reset = (): void => {
    service.clear();
    shelf.clear();
    uploads.clear();
    faults.clear();
    requests = [];
    Object.assign(settings, initialSettings);
  };
  const control = answerControl(
    {
      'POST /_emulator/faults': (body) => faults.add(parseFault(body)),
      'POST /_emulator/settings': (body) => {
        Object.assign(settings, parseSettings(body, settings));
        return settings;
      },
      'POST /_emulator/reset': reset,
      'GET /_emulator/ledger': () => service.ledger(),
      'GET /_emulator/requests': () => requests,
    },
    stopping.signal,
  );
  const api = answerApi(parts);
  const apiServer = createServer((request, response) =>
    (request.url?.startsWith('/_emulator/') ? control : api)(request, response),
  );
  const resultServer = createServer(answerStore(parts));
  const url = await listen(apiServer, options.port);
  resultUrl = await listen(resultServer, options.resultPort);

  return {
    url,
    resultUrl,
    ledger: () => service.ledger(),
    requests: () => [...requests],
    addFault: (fault) => faults.add(fault),
    changeSettings,
    reset,
    stop: async () => {
      stopping.abort();
      await Promise.all([close(apiServer), close(resultServer)]);
    },
  };
}

function listen(server: Server, port = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo; // a listening TCP server has one
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
