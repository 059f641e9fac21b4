import type { LinkSpot } from '../generation/generationJob';
import type { DisposableLike } from '../util/disposable';
import type { Event } from '../util/emitter';

/** Writes a place down when it has moved: after a pause, so that typing does not write at every key. */
export class SpotKeeper implements DisposableLike {
  readonly #subscription: DisposableLike;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written: string;

  /** @param written the place as it was written down last, if it was */
  constructor(
    onDidMove: Event<void>,
    private readonly currentSpot: () => LinkSpot,
    written: LinkSpot | undefined,
    private readonly save: (spot: LinkSpot) => void,
    pauseMs = 500,
  ) {
    this.#written = JSON.stringify(written);
    this.#subscription = onDidMove(() => {
      this.#timer ??= setTimeout(() => this.flush(), pauseMs);
    });
  }

  /** Writes now what has changed since the last time. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const spot = this.currentSpot();
    const text = JSON.stringify(spot);
    if (text === this.#written) return;
    this.#written = text;
    this.save(spot);
  }

  /** What was not written yet stays so. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}
