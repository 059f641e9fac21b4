import type { Logger } from '../util/logger';
import { nextPollMs, planPolls } from './pollPlan';
import { guidePollDelay, type PollPlanner, type PollSchedule } from './pollSchedule';

/** Where the durations of earlier tasks are kept, in milliseconds, oldest first. */
export interface DurationMemory {
  get(kind: string): readonly number[];
  add(kind: string, durationMs: number): PromiseLike<void>;
}

/** A timer may fire a little before its time: what is planned within this was asked just now. */
const justNowMs = 20;

/** Asks as the guide says until there is a first duration, and where earlier durations say that a task ends from then on. */
export class LearningPollPlanner implements PollPlanner {
  readonly #plans = new Map<
    string,
    { readonly durations: string; readonly plan: readonly number[] }
  >();

  constructor(
    private readonly memory: DurationMemory,
    private readonly logger: Logger,
  ) {}

  schedule(kind: string): PollSchedule {
    const durationsMs = this.memory.get(kind);
    if (!durationsMs.length) return guidePollDelay;
    const plan = this.#plan(kind, durationsMs);
    return (elapsedMs) => {
      const elapsed = Math.max(0, elapsedMs);
      return nextPollMs(plan, elapsed + justNowMs) - elapsed;
    };
  }

  /** Takes no notice of what cannot be a duration, such as one across a change of the clock. */
  observe(kind: string, durationMs: number): void {
    if (!Number.isFinite(durationMs) || durationMs <= 0) return;
    this.memory.add(kind, durationMs).then(undefined, (error: unknown) => {
      this.logger.warn(`the duration of a task could not be remembered: ${error}`);
    });
  }

  #plan(kind: string, durationsMs: readonly number[]): readonly number[] {
    const durations = durationsMs.join();
    const known = this.#plans.get(kind);
    if (known?.durations === durations) return known.plan;
    const plan = planPolls(durationsMs);
    this.#plans.set(kind, { durations, plan });
    return plan;
  }
}
