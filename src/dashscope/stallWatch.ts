import type { Timeout } from '../util/timeout';

/** A body that moves, however slowly, is waited for; one that stands still is noticed after one to two of these. */
const stallMs = 30_000;

/** Fires its signal when the caller's fires, or when nothing has moved for a while. */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();
  readonly #startTimer: (ms: number) => Timeout;
  #timer: Timeout | undefined;
  #hasMoved = false;
  #hasStalled = false;

  /** @param startTimer starts a limit of so many milliseconds */
  constructor(signal: AbortSignal, startTimer: (ms: number) => Timeout) {
    this.#startTimer = startTimer;
    if (signal.aborted) this.#controller.abort(signal.reason);
    const onAbort = (): void => this.#controller.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true, signal: this.#ended.signal });
    this.#wait();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get hasStalled(): boolean {
    return this.#hasStalled;
  }

  moved(): void {
    this.#hasMoved = true;
  }

  end(): void {
    this.#timer?.end();
    this.#ended.abort();
  }

  /** One timer for all that moves in its time, as a body comes in thousands of pieces. */
  #wait(): void {
    this.#hasMoved = false;
    const onTime = (): void => {
      if (this.#hasMoved) {
        this.#wait();
      } else {
        this.#hasStalled = true;
        this.#controller.abort();
      }
    };
    const options = { once: true, signal: this.#ended.signal };
    this.#timer = this.#startTimer(stallMs);
    this.#timer.signal.addEventListener('abort', onTime, options);
  }
}
