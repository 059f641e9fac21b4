import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { DashScopeProvider } from '../../src/dashscope/dashScopeProvider';
import type { GenerationJob } from '../../src/generation/generationJob';
import { GenerationService } from '../../src/generation/generationService';
import { Scheduler } from '../../src/generation/scheduler';
import { FileJournal } from '../../src/journal/fileJournal';
import { FileLock } from '../../src/journal/fileLock';
import { FileSlotLedger } from '../../src/journal/fileSlotLedger';
import { QueryGate } from '../../src/journal/queryGate';
import { WindowMark } from '../../src/journal/windowMark';
import { ImageStore } from '../../src/workspace/imageStore';
import { emulator } from '../emulator/controlClient';
import type { Phase } from '../emulator/faults';
import type { Moment } from '../emulator/holds';
import { asDelivered } from '../fakes/asDelivered';
import { RecordingLogger } from '../fakes/recordingLogger';
import { VirtualClock } from './virtualClock';

/** How a model answers: at once, or by a task. */
export type Mode = 'sync' | 'async';

const modelIds = { sync: 'qwen-image-2.0', async: 'wan2.2-t2i-flash' } as const;

/** How many images each job asks for. */
const imagesPerJob = 2;

/** Where a world's images and Easel's own files go; a URI each. */
export interface Places {
  readonly images: vscode.Uri;
  readonly kept: vscode.Uri;
}

/** An Easel of its own: real but for its clock, its storage in a temporary folder, the emulator as its service. */
export class FaultWorld {
  readonly logger = new RecordingLogger();
  readonly clock = new VirtualClock();
  readonly service: GenerationService;
  readonly #mark: WindowMark;
  /** By phase, how many requests go to a port where nobody listens. */
  readonly #unreachable = new Map<Phase, number>();
  #closedPort = 0;

  private constructor(
    readonly root: string,
    readonly places: Places,
  ) {
    const { clock, logger, storage } = this;
    const { now, pause } = clock;
    const gate = new QueryGate({ windows: () => 1, pause, now });
    const provider = new DashScopeProvider({
      fetch: (url, init) => fetch(this.#route(url), init),
      pause,
      now,
      timeoutSignal: clock.timeoutSignal,
      beforeQuery: (signal) => gate.pass(signal),
      random: () => 0,
      logger,
      baseUrlFor: () => emulator.address,
      getApiKey: async () => 'sk-emulator',
    });
    const windowId = path.basename(root);
    const every = () => ({ dispose: () => {} });
    this.#mark = new WindowMark({ folder: storage, windowId, every, now, logger });
    const own = { folder: storage, mark: this.#mark, now, logger };
    const lock = new FileLock({ mark: this.#mark, pause, elapsed: now, random: () => 0 });
    this.service = new GenerationService({
      provider,
      sink: new ImageStore(places.kept, logger),
      journal: new FileJournal(own),
      scheduler: new Scheduler({ ledger: new FileSlotLedger({ ...own, lock }), pause, now }),
      inscribe: asDelivered,
      partFile: (jobId, position) => path.join(storage, 'downloads', `${jobId}-${position}.part`),
      now,
      createId: () => crypto.randomUUID(),
      logger,
    });
  }

  /** @param choose replaces the usual places */
  static async create(choose: (root: string) => Partial<Places> = () => ({})): Promise<FaultWorld> {
    const root = await mkdtemp(path.join(os.tmpdir(), 'easel-faults-'));
    const places = {
      images: vscode.Uri.file(path.join(root, 'images')),
      kept: vscode.Uri.file(path.join(root, 'storage', 'kept')),
      ...choose(root),
    };
    await mkdir(path.join(root, 'storage', 'downloads'), { recursive: true });
    return new FaultWorld(root, places);
  }

  /** Easel's own folder. */
  get storage(): string {
    return path.join(this.root, 'storage');
  }

  /** Starts a job and waits for its end. */
  generate(mode: Mode, prompt: string): Promise<GenerationJob> {
    const { id } = this.service.start({
      request: {
        modelId: modelIds[mode],
        prompt,
        size: { width: 512, height: 512 },
        count: imagesPerJob,
      },
      regionId: 'cn-beijing',
      folder: this.places.images.toString(),
    });
    return this.service.finished(id);
  }

  /** Gives a failed job another try. */
  retry(id: string): Promise<GenerationJob> {
    this.service.retry(id);
    return this.service.finished(id);
  }

  /** The next requests of a phase find nobody. */
  async disconnect(phase: Phase, times: number): Promise<void> {
    this.#closedPort = await closedPort();
    this.#unreachable.set(phase, times);
  }

  /** When a request has come so far, every timer of the client runs out, and the service hears no more of it. */
  async timeOut(phase: Phase, moment: Moment, times = 1): Promise<void> {
    for (let count = 0; count < times; count++) {
      const hold = await emulator.hold({ phase, moment });
      const expire = async (): Promise<void> => {
        await hold.reached();
        await this.clock.expire();
        await hold.release('drop');
      };
      // A reset of the emulator ends the waiting of those that are never reached.
      void expire().catch(() => {});
    }
  }

  /** Whatever is wrong on this side is well again. */
  mend(): void {
    this.#unreachable.clear();
  }

  /** Every file below the root, with slashes, in order. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)))
      .map((name) => name.replaceAll('\\', '/'))
      .sort();
  }

  async dispose(): Promise<void> {
    this.#mark.dispose();
    await rm(this.root, { recursive: true, force: true });
  }

  #route(address: string): string {
    const phase = phaseOf(new URL(address));
    const left = this.#unreachable.get(phase) ?? 0;
    if (left === 0) return address;
    this.#unreachable.set(phase, left - 1);
    const url = new URL(address);
    url.port = String(this.#closedPort);
    return url.href;
  }
}

function phaseOf({ origin, pathname }: URL): Phase {
  if (origin !== emulator.address) return 'download';
  if (/\/tasks\/[^/]+\/cancel$/.test(pathname)) return 'cancel';
  if (/\/tasks\/[^/]+$/.test(pathname)) return 'poll';
  return /\/tasks\/?$/.test(pathname) ? 'list' : 'submit';
}

/** A port that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
