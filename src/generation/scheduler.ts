import type { SubmitLimits } from '../imageModel/imageModel';
import type { Pause } from '../util/abort';
import type { SlotLedger } from './slotLedger';

/** What the scheduler is built from. */
export interface SchedulerOptions {
  readonly ledger: SlotLedger;
  readonly pause: Pause;
  /** In milliseconds, of any clock. */
  readonly now: () => number;
}

/** A wish to submit. */
export interface SlotRequest {
  readonly limits: SubmitLimits;
  readonly jobId: string;
  readonly signal: AbortSignal;
  /** It was refused before, and goes before those that have not been sent yet. */
  readonly isAgain: boolean;
  /** Called once, when there is no slot at once. */
  readonly onWait: () => void;
}

/** The service counts when requests arrive, which is not quite when they left. */
const departureMargin = 1.04;

interface Waiting extends SlotRequest {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Lets jobs submit one after the other, as fast as the service allows and no faster; in order, for each key of limits. */
export class Scheduler {
  readonly #queues = new Map<string, Waiting[]>();
  /** Ends the present pause of a queue. */
  readonly #wakers = new Map<string, AbortController>();
  /** When the last request of each key left, or will have left. */
  readonly #departures = new Map<string, Promise<number>>();

  constructor(private readonly options: SchedulerOptions) {}

  /** Resolves once the job may submit; it then holds a slot. @throws the signal's reason */
  enter(request: SlotRequest): Promise<void> {
    const { limits, signal, isAgain } = request;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const waiting: Waiting = { ...request, resolve, reject };
      const queue = this.#queues.get(limits.key);
      if (!queue) {
        this.#queues.set(limits.key, [waiting]);
        void this.#serve(limits.key);
      } else {
        request.onWait();
        // Not before the first: its slot may be on its way.
        const fresh = isAgain ? queue.findIndex((each, at) => at > 0 && !each.isAgain) : -1;
        queue.splice(fresh < 0 ? queue.length : fresh, 0, waiting);
      }
      signal.addEventListener('abort', () => this.#withdraw(waiting), { once: true });
    });
  }

  /**
   * Resolves when the request is to leave. Slots are given at the right distance, but what is done between a slot and its
   * request takes longer at one time than at another. @throws the signal's reason
   */
  async depart({ key, perMinute }: SubmitLimits, signal: AbortSignal): Promise<void> {
    const { now, pause } = this.options;
    const before = this.#departures.get(key) ?? Promise.resolve(Number.NEGATIVE_INFINITY);
    const departure = before.then(async (last) => {
      const early = last + (60_000 / perMinute) * departureMargin - now();
      if (early > 0) await pause(early, signal);
      return now();
    });
    // One that is cancelled has not left.
    this.#departures.set(
      key,
      departure.catch(() => before),
    );
    await departure;
  }

  /** Gives the slot back: the task has ended, or there was none. */
  async leave(key: string, jobId: string): Promise<void> {
    await this.options.ledger.release(key, jobId);
    this.#wakers.get(key)?.abort();
  }

  /** Nobody submits for so long: the service has just refused one for being busy. */
  hold(key: string, ms: number): Promise<void> {
    return this.options.ledger.hold(key, ms);
  }

  #withdraw(waiting: Waiting): void {
    const queue = this.#queues.get(waiting.limits.key);
    const index = queue?.indexOf(waiting) ?? -1;
    if (index < 0) return;
    queue?.splice(index, 1);
    waiting.reject(waiting.signal.reason);
    if (index === 0) this.#wakers.get(waiting.limits.key)?.abort();
  }

  async #serve(key: string): Promise<void> {
    const { ledger } = this.options;
    const queue = this.#queues.get(key) ?? [];
    const told = new Set<Waiting>();
    for (let first = queue[0]; first; first = queue[0]) {
      let waitMs: number;
      try {
        waitMs = await ledger.take(first.limits, first.jobId);
      } catch (error) {
        queue.shift();
        first.reject(error);
        continue;
      }
      const isGone = queue[0] !== first;
      if (waitMs > 0) {
        if (!isGone && !told.has(first)) first.onWait();
        told.add(first);
        if (!isGone) await this.#rest(key, waitMs);
      } else if (isGone) {
        await ledger.release(key, first.jobId);
      } else {
        queue.shift();
        first.resolve();
      }
    }
    this.#queues.delete(key);
  }

  async #rest(key: string, ms: number): Promise<void> {
    const waker = new AbortController();
    this.#wakers.set(key, waker);
    await this.options.pause(ms, waker.signal).catch(() => {});
    this.#wakers.delete(key);
  }
}
