import { createRandom, type Random } from './picture/random';
import type { Settings } from './settings';

/** How long images take: log-normal around `runMs`, repeatable by `runSeed`. */
export class Durations {
  #random: Random | undefined;
  #seed = 0;

  constructor(private readonly settings: Readonly<Settings>) {}

  /** A draw, to be turned into milliseconds when they are needed, as the settings may have changed by then. */
  draw(): number {
    const { runSeed } = this.settings;
    if (!this.#random || this.#seed !== runSeed) {
      this.#seed = runSeed;
      this.#random = createRandom(runSeed);
    }
    // Box and Muller's way to a normal deviate; the logarithm of 0 has none.
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random()));
    return radius * Math.cos(2 * Math.PI * this.#random());
  }

  milliseconds(draw: number): number {
    const { runMs, runSigma } = this.settings;
    return Math.round(runMs * Math.exp(runSigma * draw));
  }

  /** The next draw is again the first one. */
  clear(): void {
    this.#random = undefined;
  }
}
