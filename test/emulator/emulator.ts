import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerApi } from './apiServer';
import { addUpBill, type BillEntry, countTraffic, type Traffic } from './bill';
import { answerControl } from './controlServer';
import { type Fault, FaultQueue, parseFault } from './faults';
import { isFields } from './fields';
import type { HostKind } from './handling';
import { type Hold, type HoldOptions, HoldQueue, parseHold } from './holds';
import type { Keys } from './keyRing';
import type { LedgerEntry, RequestEntry } from './records';
import { ResultShelf } from './resultServer';
import { Service } from './service';
import { defaultSettings, parseSettings, type Settings } from './settings';
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
  /** By prompt, what was asked for and what it cost. */
  bill(): readonly BillEntry[];
  traffic(): Traffic;
  addFault(fault: Fault): void;
  /** Stops the next such request just then. */
  hold(options: HoldOptions): Hold;
  changeSettings(settings: Partial<Settings>): void;
  /** Forgets tasks, images, uploads, ledger, requests and faults; the settings are again those of the start. */
  reset(): void;
  /** Closes every connection. */
  stop(): Promise<void>;
}

/** Starts a DashScope on this machine's loopback address: real HTTP, nothing of it leaves the machine. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { now = Date.now, keys = { 'sk-emulator': 'any' } } = options;
  const asked = Object.entries(options).filter(
    ([name, value]) => name in defaultSettings && value !== undefined,
  );
  const initialSettings: Settings = { ...defaultSettings, ...Object.fromEntries(asked) };
  const settings = { ...initialSettings };
  const stopping = new AbortController();
  const shelf = new ResultShelf(now);
  const uploads = new UploadStore(settings, now);
  const faults = new FaultQueue();
  const holds = new HoldQueue();
  const connections = { api: 0, result: 0 };
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
    holds,
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
    holds.clear();
    requests = [];
    Object.assign(connections, { api: 0, result: 0 });
    Object.assign(settings, initialSettings);
  };
  const control = answerControl(
    {
      'POST /_emulator/faults': (body) => faults.add(parseFault(body)),
      'POST /_emulator/faults/clear': () => faults.clear(),
      'POST /_emulator/settings': (body) => {
        Object.assign(settings, parseSettings(body, settings));
        return settings;
      },
      'POST /_emulator/reset': reset,
      'POST /_emulator/holds': (body) => holds.add(parseHold(body)).id,
      'POST /_emulator/holds/reached': (body) => holds.find(readId(body)).reached,
      'POST /_emulator/holds/release': (body) =>
        holds.find(readId(body)).release(isFields(body) && body.drop === true ? 'drop' : undefined),
      'GET /_emulator/bill': () => addUpBill(requests, service.ledger()),
      'GET /_emulator/traffic': () => countTraffic(requests, connections),
      'GET /_emulator/ledger': () => service.ledger(),
      'GET /_emulator/requests': () => requests,
    },
    stopping.signal,
  );
  const api = answerApi(parts);
  const counted = new WeakSet<Socket>();
  const count = (origin: RequestEntry['origin'], { socket }: IncomingMessage): void => {
    if (counted.has(socket)) return;
    counted.add(socket);
    connections[origin] += 1;
  };
  const apiServer = createServer((request, response) => {
    if (request.url?.startsWith('/_emulator/')) return control(request, response);
    count('api', request);
    return api(request, response);
  });
  // A process that draws pictures for seconds would else close connections that its clients have just taken up again.
  apiServer.keepAliveTimeout = 60_000;
  const store = answerStore(parts);
  const resultServer = createServer((request, response) => {
    count('result', request);
    return store(request, response);
  });
  const url = await listen(apiServer, options.port);
  resultUrl = await listen(resultServer, options.resultPort);

  return {
    url,
    resultUrl,
    ledger: () => service.ledger(),
    requests: () => [...requests],
    bill: () => addUpBill(requests, service.ledger()),
    traffic: () => countTraffic(requests, connections),
    addFault: (fault) => faults.add(fault),
    hold: (options) => holds.add(options),
    changeSettings,
    reset,
    stop: async () => {
      stopping.abort();
      await Promise.all([close(apiServer), close(resultServer)]);
    },
  };
}

function readId(body: unknown): unknown {
  return isFields(body) ? body.id : undefined;
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
