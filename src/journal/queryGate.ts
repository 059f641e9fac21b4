import type { Pause } from '../util/abort';

/** What a gate is built from. */
export interface QueryGateOptions {
  /** How many windows ask at the moment, this one included. */
  readonly windows: () => number;
  readonly pause: Pause;
  /** In milliseconds, of any clock. */
  readonly now: () => number;
  /** Of all windows together; 20 unless given, which is what the service allows an account. */
  readonly perSecond?: number;
}

/** Spaces the questions about tasks, so that all windows together stay below what the service answers. */
export class QueryGate {
  readonly #options: QueryGateOptions;
  readonly #perSecond: number;
  #lastPass = Number.NEGATIVE_INFINITY;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: QueryGateOptions) {
    this.#options = options;
    this.#perSecond = options.perSecond ?? 20;
  }

  /** Resolves when the next question may be asked, in the order of the calls. @throws the signal's reason */
  pass(signal: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#wait(signal));
    this.#queue = turn.catch(() => {}); // Its caller hears of it.
    return orAborted(turn, signal);
  }

  async #wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { windows, now, pause } = this.#options;
    const distance = (1000 / this.#perSecond) * Math.max(1, windows());
    const early = this.#lastPass + distance - now();
    // More than the distance is a clock that was set back.
    if (early > 0) await pause(Math.min(early, distance), signal);
    this.#lastPass = now();
  }
}

/** Rejects as soon as the signal fires, and not only when the promise gets that far. */
function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
