import type { SlotLedger } from '../../src/generation/slotLedger';
import type { SubmitLimits } from '../../src/imageModel/imageModel';

/** Gives slots as the test says: `free` of them; without a number, always. */
export class MemoryLedger implements SlotLedger {
  /** Such as `take job-1`, `wait job-2`, `release job-1` and `hold 1000`. */
  readonly calls: string[] = [];
  free = Number.POSITIVE_INFINITY;

  async take({ concurrentTasks }: SubmitLimits, jobId: string): Promise<number> {
    if (this.free <= 0) {
      this.calls.push(`wait ${jobId}`);
      return 1_000;
    }
    if (concurrentTasks !== undefined) this.free -= 1;
    this.calls.push(`take ${jobId}`);
    return 0;
  }

  async release(_key: string, jobId: string): Promise<void> {
    this.free += 1;
    this.calls.push(`release ${jobId}`);
  }

  async hold(_key: string, ms: number): Promise<void> {
    this.calls.push(`hold ${ms}`);
  }
}
