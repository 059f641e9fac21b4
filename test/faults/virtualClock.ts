/** A clock that jumps over every pause, and whose timers fire when a test says so. */
export class VirtualClock {
  #skippedMs = 0;
  #timers: AbortController[] = [];

  readonly now = (): number => Date.now() + this.#skippedMs;

  /** A Pause that is over at once. */
  readonly pause = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.#skippedMs += ms;
    await nextTurn();
    signal?.throwIfAborted();
  };

  /** Takes the place of `AbortSignal.timeout`. */
  readonly timeoutSignal = (): AbortSignal => {
    const timer = new AbortController();
    this.#timers.push(timer);
    return timer.signal;
  };

  /** Fires every timer, and those that are started in answer to it. */
  async expire(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      for (const timer of this.#timers.splice(0)) {
        timer.abort(new DOMException('The operation timed out.', 'TimeoutError'));
      }
      await nextTurn();
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
