/** How long to wait before the next question about a task, from the milliseconds since it was submitted. */
export type PollSchedule = (elapsedMs: number) => number;

/** Places the questions about tasks by what earlier tasks took. */
export interface PollPlanner {
  /** @param kind what takes about as long each time: a model, a region and a size */
  schedule(kind: string): PollSchedule;
  /** A task of that kind took so long, from the submit to its end. */
  observe(kind: string, durationMs: number): void;
}

/**
 * The text-to-image guide's schedule: every 3 s in the first 30 s, then longer steps. The first question comes a
 * little earlier, because the fast models are ready by then; the 10 s after two minutes are the API pages' advice.
 * https://help.aliyun.com/zh/model-studio/text-to-image
 */
export const guidePollDelay: PollSchedule = (elapsedMs) => {
  if (elapsedMs < 1_000) return 2_000;
  if (elapsedMs < 30_000) return 3_000;
  if (elapsedMs < 120_000) return 5_000;
  return 10_000;
};
