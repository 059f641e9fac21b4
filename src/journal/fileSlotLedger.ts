import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { JobTakenOver } from '../generation/jobJournal';
import type { SlotLedger } from '../generation/slotLedger';
import type { SubmitLimits } from '../imageModel/imageModel';
import { isMissing } from '../util/fileErrors';
import { KeyedQueue } from '../util/keyedQueue';
import type { Logger } from '../util/logger';
import { replaceFile, whenFree } from './atomicFile';
import type { FileLock } from './fileLock';
import { exists, recordPath } from './recordFiles';
import {
  emptyBook,
  parseBook,
  type SlotBook,
  type SlotPlace,
  takeSlot,
  withoutFuture,
} from './slotBook';
import type { WindowMark } from './windowMark';

/** What a ledger is built from. */
export interface FileSlotLedgerOptions {
  /** Easel's own storage. */
  readonly folder: string;
  readonly mark: WindowMark;
  readonly lock: FileLock;
  /** In milliseconds since the epoch. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** So long a task of a dead window is taken to be under way, unless its job is over. */
const orphanMs = 10 * 60 * 1000;

/**
 * The ledger as files: `limits/<hash of the key>.json`, so that all windows keep the limits together, also over a reload.
 * Where the disk fails, this window goes on by its own memory: the service's own limits still hold.
 */
export class FileSlotLedger implements SlotLedger {
  readonly #options: FileSlotLedgerOptions;
  readonly #folder: string;
  readonly #queue = new KeyedQueue();
  /** Newer than their files, which could not be written. */
  readonly #unwritten = new Map<string, SlotBook>();
  #isWarned = false;

  constructor(options: FileSlotLedgerOptions) {
    this.#options = options;
    this.#folder = path.join(options.folder, 'limits');
  }

  /**
   * Each time that it returns 0 stands for a request that leaves; a job never has more than one place.
   * @throws JobTakenOver once this window is closed
   */
  take(limits: SubmitLimits, jobId: string): Promise<number> {
    const { mark } = this.#options;
    const { windowId } = mark;
    return this.#change(limits.key, (book, now) => {
      mark.throwIfClosed();
      const taken = takeSlot(book, limits, { jobId, windowId }, now);
      return typeof taken === 'number' ? { result: taken } : { book: taken, result: 0 };
    });
  }

  release(key: string, jobId: string): Promise<void> {
    return this.#change(key, (book) => {
      const { [jobId]: place, ...places } = book.places;
      return place ? { book: { ...book, places }, result: undefined } : { result: undefined };
    });
  }

  hold(key: string, ms: number): Promise<void> {
    return this.#change(key, (book, now) => {
      const until = Math.max(now + ms, book.hold?.until ?? 0);
      return { book: { ...book, hold: { from: now, until } }, result: undefined };
    });
  }

  /** Reads, changes and writes, while no other window does; without a new book, nothing is written. */
  #change<T>(
    key: string,
    change: (book: SlotBook, now: number) => { readonly book?: SlotBook; readonly result: T },
  ): Promise<T> {
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const file = path.join(this.#folder, `${name}.json`);
    return this.#queue.run(key, async () => {
      await this.#prepare();
      return this.#options.lock.run(path.join(this.#folder, `${name}.lock`), async () => {
        const present = await this.#read(file);
        const now = this.#options.now();
        const { book, result } = change(await this.#tidy(withoutFuture(present, now), now), now);
        if (book) await this.#write(file, book);
        return result;
      });
    });
  }

  async #prepare(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#options.mark.begin();
    } catch (error) {
      // A closed window still gives back what it has.
      if (!(error instanceof JobTakenOver)) this.#warn(error);
    }
  }

  async #read(file: string): Promise<SlotBook> {
    const unwritten = this.#unwritten.get(file);
    if (unwritten) return unwritten;
    try {
      const text = await whenFree(() => readFile(file, 'utf8'));
      return parseBook(text) ?? emptyBook;
    } catch (error) {
      if (!isMissing(error)) this.#warn(error);
      return emptyBook;
    }
  }

  async #write(file: string, book: SlotBook): Promise<void> {
    const { windowId } = this.#options.mark;
    const text = `${JSON.stringify(book, undefined, 2)}\n`;
    try {
      await replaceFile(file, text, { windowId, isDurable: false });
      this.#unwritten.delete(file);
    } catch (error) {
      this.#unwritten.set(file, book);
      this.#warn(error);
    }
  }

  /** Without the places that nobody will give back. */
  async #tidy(book: SlotBook, now: number): Promise<SlotBook> {
    const entries = Object.entries(book.places);
    const isHeld = await Promise.all(
      entries.map(([jobId, place]) => this.#isHeld(jobId, place, now)),
    );
    return { ...book, places: Object.fromEntries(entries.filter((_, index) => isHeld[index])) };
  }

  async #isHeld(jobId: string, { since, windowId }: SlotPlace, now: number): Promise<boolean> {
    try {
      if (await this.#options.mark.isAlive(windowId)) return true;
      return now - since < orphanMs && (await exists(recordPath(this.#options.folder, jobId)));
    } catch (error) {
      this.#warn(error);
      return true;
    }
  }

  #warn(error: unknown): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    this.#options.logger.warn(`the limits are kept by this window alone: ${String(error)}`);
  }
}
