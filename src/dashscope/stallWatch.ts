/** A body that moves, however slowly, is waited for; one that stands still is noticed after one to two of these. */
const stallMs = 30_000;

/** Fires its signal when the caller's fires, or when nothing has moved for a while. */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();
  readonly #startTimer: (ms: number) => AbortSignal;
  #hasMoved = false;
  #hasStalled = false;

  /** @param startTimer gives a signal that fires after so many milliseconds */
  constructor(signal: AbortSignal, startTimer: (ms: number) => AbortSignal) {
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
    this.#startTimer(stallMs).addEventListener('abort', onTime, options);
  }
}
