import { randomUUID } from 'node:crypto';
import { everyPhase, type Phase } from './faults';
import { isFields } from './fields';

/** How far a request is: read; carried out; half of its answer's body sent; all of it handed to the system. */
export type Moment = 'arrived' | 'taken' | 'half' | 'answered';

/** Which request is waited for. */
export interface HoldOptions {
  readonly phase: Phase;
  readonly moment: Moment;
  /** So many of the phase are let through before (0). */
  readonly after?: number;
}

/** A request that is held up at a moment. */
export interface Hold {
  readonly id: string;
  /** Resolves once a request is there; it goes no further until it is let go. */
  readonly reached: Promise<void>;
  /** Lets it go on, or drops its connection. */
  release(ending?: 'drop'): void;
}

interface Waiting extends Hold, HoldOptions {
  left: number;
  readonly arrive: () => void;
  readonly released: Promise<'drop' | undefined>;
}

const moments: readonly Moment[] = ['arrived', 'taken', 'half', 'answered'];

/** Checks options that came as JSON; throws an Error that names what is wrong with them. */
export function parseHold(value: unknown): HoldOptions {
  if (!isFields(value)) throw new Error('a hold is a JSON object');
  const { phase, moment, after } = value;
  const knownPhase = everyPhase.find((known) => known === phase);
  const knownMoment = moments.find((known) => known === moment);
  if (!knownPhase) throw new Error(`phase must be one of ${everyPhase.join(', ')}`);
  if (!knownMoment) throw new Error(`moment must be one of ${moments.join(', ')}`);
  if (after !== undefined && typeof after !== 'number') throw new Error('after must be a number');
  return { phase: knownPhase, moment: knownMoment, ...(after === undefined ? {} : { after }) };
}

/** Stops requests at chosen moments, so that a test can act just then. */
export class HoldQueue {
  #holds: Waiting[] = [];

  add(options: HoldOptions): Hold {
    let arrive = (): void => {};
    let release = (_ending?: 'drop'): void => {};
    const reached = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<'drop' | undefined>((resolve) => {
      release = (ending) => resolve(ending);
    });
    const left = options.after ?? 0;
    const hold = { ...options, id: randomUUID(), left, reached, arrive, released, release };
    this.#holds.push(hold);
    return hold;
  }

  /** @throws Error when there is none of that id */
  find(id: unknown): Hold {
    const hold = this.#holds.find((one) => one.id === id);
    if (!hold) throw new Error('there is no such hold');
    return hold;
  }

  /** True where a request of the phase will be stopped at the moment. */
  isAwaited(phase: Phase | undefined, moment: Moment): boolean {
    return this.#next(phase, moment) !== undefined;
  }

  /** Waits where somebody wants it; what it resolves to is how the request goes on. */
  async pass(phase: Phase | undefined, moment: Moment): Promise<'drop' | undefined> {
    const hold = this.#next(phase, moment);
    if (!hold) return undefined;
    hold.left -= 1;
    if (hold.left >= 0) return undefined;
    hold.arrive();
    return await hold.released;
  }

  /** Lets all go on, also those who wait for a request that did not come. */
  clear(): void {
    for (const hold of this.#holds.splice(0)) {
      hold.arrive();
      hold.release();
    }
  }

  /** One that has been reached keeps nobody else. */
  #next(phase: Phase | undefined, moment: Moment): Waiting | undefined {
    return this.#holds.find(
      (hold) => hold.phase === phase && hold.moment === moment && hold.left >= 0,
    );
  }
}
