import { readlinkSync, rmSync } from 'node:fs';
import { mkdir, open, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { JobTakenOver } from '../generation/jobJournal';
import type { DisposableLike } from '../util/disposable';
import { errorCode, isMissing } from '../util/fileErrors';
import type { Logger } from '../util/logger';
import { listFolder } from './recordFiles';

/** Calls back again and again, with so many milliseconds between, until it is disposed. */
export type Every = (ms: number, action: () => Promise<void>) => DisposableLike;

/** The real clock's {@link Every}; it does not keep the process alive. */
export const every: Every = (ms, action) => {
  const timer = setInterval(() => void action(), ms);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
};

/** What a mark is built from. */
export interface WindowMarkOptions {
  /** Easel's own storage, which all windows of the user share. */
  readonly folder: string;
  /** Letters, digits and `-`; another one after each reload. */
  readonly windowId: string;
  readonly every: Every;
  /**
   * Resolves while the window itself is there: the extension host of a remote window outlives it by hours, and can do
   * little meanwhile. Each beat waits for it.
   */
  readonly answers?: () => PromiseLike<unknown>;
  /** In milliseconds since the epoch. */
  readonly now: () => number;
  readonly logger: Logger;
  /** Where `pid` means something; this machine unless given. */
  readonly host?: string;
  readonly pid?: number;
}

const beatMs = 5_000;
/** So many of our own beats without one of theirs; beats do not come while this machine sleeps. */
const silentBeats = 12;
const forgottenMs = 24 * 60 * 60 * 1000;

const markSchema = z.object({ pid: z.int().check(z.positive()), host: z.string() });

interface Mark {
  /** Undefined where the file cannot be read to its end; it may be just being written. */
  readonly process: z.infer<typeof markSchema> | undefined;
  readonly beatAt: number;
}

/**
 * How the windows of a user know of each other: each keeps a file in `windows/` whose time it renews every 5 seconds. A
 * window is dead when its file or its process is gone, or after a minute of silence that this window has itself been
 * awake for: what looks old because a laptop slept is not taken for dead.
 */
export class WindowMark implements DisposableLike {
  readonly #options: WindowMarkOptions;
  readonly #folder: string;
  readonly #host: string;
  readonly #pid: number;
  /** How long another window's file has looked as it does. */
  readonly #seen = new Map<string, { readonly beatAt: number; readonly since: number }>();
  #begun: Promise<void> | undefined;
  #timer: DisposableLike | undefined;
  #beats = 0;
  #count: { readonly beat: number; readonly windows: Promise<number> } | undefined;
  #lastCount = 1;
  #isDisposed = false;
  #isBeating = false;

  constructor(options: WindowMarkOptions) {
    this.#options = options;
    this.#folder = path.join(options.folder, 'windows');
    this.#host = options.host ?? hostIdentity();
    this.#pid = options.pid ?? process.pid;
  }

  get windowId(): string {
    return this.#options.windowId;
  }

  /**
   * Makes the file, once; needed before anything is written in this window's name.
   * @throws JobTakenOver once this window is closed; any other error when the file cannot be written
   */
  async begin(): Promise<void> {
    this.throwIfClosed();
    this.#begun ??= this.#begin().catch((error) => {
      this.#begun = undefined;
      throw error;
    });
    await this.#begun;
    this.throwIfClosed();
  }

  /**
   * The extension host lives on for seconds after its window has closed, while another window goes on with the jobs.
   * @throws JobTakenOver in such a window
   */
  throwIfClosed(): void {
    if (this.#isDisposed) throw new JobTakenOver('This window is closed; another one goes on.');
  }

  /** Whether a window goes on with what it owns; false only where that is certain. */
  async isAlive(windowId: string): Promise<boolean> {
    if (windowId === this.windowId) return !this.#isDisposed;
    const mark = await this.#read(windowId);
    if (!mark || this.#isProcessGone(mark)) return false;
    const seen = this.#seen.get(windowId);
    if (seen?.beatAt === mark.beatAt) return this.#beats - seen.since < silentBeats;
    this.#seen.set(windowId, { beatAt: mark.beatAt, since: this.#beats });
    return true;
  }

  /** How many windows there are, this one included; looks at the disk once a beat. Clears away what dead ones left. */
  livingWindows(): Promise<number> {
    if (this.#count?.beat !== this.#beats) {
      this.#count = { beat: this.#beats, windows: this.#countWindows() };
    }
    return this.#count.windows;
  }

  /** What is known of `livingWindows` at this moment, for those who cannot wait. */
  windowsSeen(): number {
    void this.livingWindows();
    return this.#lastCount;
  }

  /** Removes the file, at once: an extension host that ends waits for nobody. */
  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    if (this.#begun) rmSync(this.#file(this.windowId), { force: true });
  }

  async #begin(): Promise<void> {
    await this.#write();
    this.#timer = this.#options.every(beatMs, () => this.#beat());
    if (this.#isDisposed) this.dispose();
  }

  async #write(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const text = JSON.stringify({ pid: this.#pid, host: this.#host });
    await writeFile(this.#file(this.windowId), text, { mode: 0o600 });
  }

  async #beat(): Promise<void> {
    this.#beats += 1;
    if (this.#isBeating) return;
    this.#isBeating = true;
    try {
      await this.#options.answers?.();
      const seconds = this.#options.now() / 1000;
      await utimes(this.#file(this.windowId), seconds, seconds);
    } catch (error) {
      if (isMissing(error) && !this.#isDisposed) await this.#write().catch(() => {});
      if (this.#isDisposed) this.dispose();
      else if (!isMissing(error)) this.#options.logger.debug(`no beat: ${errorCode(error)}`);
    } finally {
      this.#isBeating = false;
    }
  }

  /** Undefined where there is none. */
  async #read(windowId: string): Promise<Mark | undefined> {
    if (!/^[\w-]{1,100}$/.test(windowId)) return undefined;
    try {
      // Opened and not only looked at: on a network disk, only that asks the server.
      const handle = await open(this.#file(windowId), 'r');
      try {
        const { mtimeMs } = await handle.stat();
        return { process: parseMark(await handle.readFile('utf8')), beatAt: mtimeMs };
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  #isProcessGone({ process: other }: Mark): boolean {
    if (other?.host !== this.#host) return false;
    try {
      process.kill(other.pid, 0); // Sends nothing.
      return false;
    } catch (error) {
      return errorCode(error) === 'ESRCH';
    }
  }

  async #countWindows(): Promise<number> {
    try {
      await this.begin();
      const names = await listFolder(this.#folder);
      const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
      const alive = await Promise.all(ids.map((id) => this.#isAliveOrCleared(id)));
      this.#lastCount = Math.max(1, alive.filter(Boolean).length);
    } catch (error) {
      this.#options.logger.debug(`the windows cannot be counted: ${errorCode(error)}`);
    }
    return this.#lastCount;
  }

  async #isAliveOrCleared(windowId: string): Promise<boolean> {
    if (await this.isAlive(windowId)) return true;
    const mark = await this.#read(windowId);
    // One that is only silent may wake up, and then looks for its file.
    const isOver = mark && (this.#isProcessGone(mark) || this.#isForgotten(mark));
    if (isOver) await rm(this.#file(windowId), { force: true });
    if (!mark || isOver) this.#seen.delete(windowId);
    return false;
  }

  #isForgotten({ beatAt }: Mark): boolean {
    return Math.abs(this.#options.now() - beatAt) > forgottenMs;
  }

  #file(windowId: string): string {
    return path.join(this.#folder, `${windowId}.json`);
  }
}

function parseMark(text: string): Mark['process'] {
  try {
    return z.parse(markSchema, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The machine; and on Linux the container too, as process ids mean something only within it. */
function hostIdentity(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Other systems have no such thing.
  }
  return `${os.hostname()} ${namespace}`.trim();
}
