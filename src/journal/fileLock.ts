import { readFile, rm, writeFile } from 'node:fs/promises';
import type { Pause } from '../util/abort';
import { errorCode } from '../util/fileErrors';
import type { WindowMark } from './windowMark';

/** What a lock is built from. */
export interface FileLockOptions {
  readonly mark: WindowMark;
  readonly pause: Pause;
  /** Milliseconds of a clock that is never set, from any start. */
  readonly elapsed: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const patienceMs = 2_000;
const staleMs = 5_000;

/**
 * Lets the windows change a file one after the other. It is a courtesy, not a promise: after 2 seconds without the lock
 * the change goes on without it, and a lock is broken when its window is dead or has held it for 5 seconds.
 */
export class FileLock {
  readonly #options: FileLockOptions;
  /** What was found in locks of others, and since when. */
  readonly #seen = new Map<string, { readonly text: string; readonly since: number }>();
  #counter = 0;

  constructor(options: FileLockOptions) {
    this.#options = options;
  }

  /** @param file of the lock; holds nothing but the name of who has it */
  async run<T>(file: string, action: () => Promise<T>): Promise<T> {
    const text = await this.#acquire(file);
    try {
      return await action();
    } finally {
      if (text !== undefined) await this.#remove(file, text);
    }
  }

  /** What this window has written into the lock; undefined where it goes on without. */
  async #acquire(file: string): Promise<string | undefined> {
    const { mark, pause, elapsed, random } = this.#options;
    this.#counter += 1;
    const text = `${mark.windowId} ${this.#counter}`;
    const start = elapsed();
    do {
      try {
        await writeFile(file, text, { flag: 'wx', mode: 0o600 });
        this.#seen.delete(file);
        return text;
      } catch (error) {
        // Windows says EPERM while a lock is being removed.
        if (!['EEXIST', 'EPERM'].includes(errorCode(error))) return undefined;
      }
      const found = await this.#read(file);
      if (found !== undefined && (await this.#isStale(file, found))) {
        await this.#remove(file, found);
      } else {
        await pause(4 + 12 * random());
      }
    } while (elapsed() - start < patienceMs);
    return undefined;
  }

  async #isStale(file: string, text: string): Promise<boolean> {
    const [windowId] = text.split(' ');
    // Where the disk cannot tell, time does.
    const isAlive = !windowId || (await this.#options.mark.isAlive(windowId).catch(() => true));
    if (!isAlive) return true;
    const seen = this.#seen.get(file);
    if (seen?.text === text) return this.#options.elapsed() - seen.since > staleMs;
    this.#seen.set(file, { text, since: this.#options.elapsed() });
    return false;
  }

  /** Unless another window's lock is there by now. */
  async #remove(file: string, text: string): Promise<void> {
    if ((await this.#read(file)) === text) await rm(file, { force: true }).catch(() => {});
  }

  /** Undefined where there is none, or it cannot be read. */
  #read(file: string): Promise<string | undefined> {
    return readFile(file, 'utf8').catch(() => undefined);
  }
}
