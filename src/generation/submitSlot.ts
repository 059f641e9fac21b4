import type { SubmitLimits, SubmitMode } from '../imageModel/imageModel';
import type { Scheduler } from './scheduler';

/** What a slot belongs to. */
export interface SubmitSlotOptions {
  readonly scheduler: Scheduler;
  readonly limits: SubmitLimits;
  readonly jobId: string;
  readonly signal: AbortSignal;
  /** Called when there is no slot at once. */
  readonly onWait: () => void;
}

/** One job's share of what the service takes at once: the right to submit, and the place of its task. */
export class SubmitSlot {
  readonly #options: SubmitSlotOptions;
  #wasRefused = false;
  #hasPlace: boolean;

  /** @param hasTask whether the job goes on with a task, whose place is taken already */
  constructor(options: SubmitSlotOptions, hasTask: boolean) {
    this.#options = options;
    this.#hasPlace = hasTask;
  }

  /** Resolves once the request may leave; a call takes no place. @throws the signal's reason */
  async enter(mode: SubmitMode): Promise<void> {
    await this.leave();
    const { scheduler, limits, jobId, signal, onWait } = this.#options;
    const { concurrentTasks: _, ...rate } = limits;
    const isTask = mode === 'task';
    const isAgain = this.#wasRefused;
    await scheduler.enter({ limits: isTask ? limits : rate, jobId, signal, onWait, isAgain });
    this.#hasPlace = isTask;
  }

  /** Resolves when the request is to leave, after all else is done. @throws the signal's reason */
  depart(): Promise<void> {
    const { scheduler, limits, signal } = this.#options;
    return scheduler.depart(limits, signal);
  }

  /**
   * The service was busy. A first refusal may be a matter of milliseconds, so the others only keep one more distance;
   * after that nobody tries before the pause is over.
   */
  async refused(pauseMs: number): Promise<void> {
    const { scheduler, limits } = this.#options;
    const distanceMs = 60_000 / limits.perMinute;
    const holdMs = this.#wasRefused ? pauseMs : Math.min(pauseMs, distanceMs);
    this.#wasRefused = true;
    await scheduler.hold(limits.key, holdMs);
  }

  /** The task has ended, or there is none. */
  async leave(): Promise<void> {
    if (!this.#hasPlace) return;
    this.#hasPlace = false;
    const { scheduler, limits, jobId } = this.#options;
    await scheduler.leave(limits.key, jobId);
  }
}
