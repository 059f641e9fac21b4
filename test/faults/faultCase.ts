import type { RetryKind } from '../../src/generation/generationJob';
import type { Fault } from '../emulator/faults';
import type { FaultWorld, Mode, Places } from './faultWorld';

/** What a fault hits: the submit, the questions about the task, the fetching of the images, or their saving. */
type FaultPhase = 'submit' | 'poll' | 'download' | 'save';

/** How a job has ended: with images where they belong, some of them, in Easel's own storage, or with what can be done. */
export type Outcome = 'saved' | 'partly' | 'kept' | RetryKind;

/** Makes something go wrong in a world, or puts it right. */
export type Trouble = (world: FaultWorld) => Promise<unknown>;

/** A fault of the emulator, for whichever phase. */
export type AnyFault = Fault extends infer F
  ? F extends unknown
    ? Omit<F, 'phase'>
    : never
  : never;

/** One thing that goes wrong. */
export interface FaultCase {
  readonly fault: string;
  readonly phase: FaultPhase;
  /** The expected outcome by mode; a mode that is not named has no such phase. */
  readonly ends: { readonly [M in Mode]?: Outcome };
  readonly arrange: Trouble;
  /** Puts right what `arrange` broke outside of the emulator. */
  readonly mend?: Trouble;
  readonly places?: (root: string) => Partial<Places>;
  /** After the person's free choices, where that is not `saved`. */
  readonly afterwards?: Outcome;
}

/** The same in both modes. */
export function both(outcome: Outcome): FaultCase['ends'] {
  return { sync: outcome, async: outcome };
}
