import type { ReplyOutput } from './wireSchemas';

/** Of our own clock's, in milliseconds since the submit. */
export interface TaskBounds {
  /** When the task was last known not to have ended; undefined when nobody was looking. */
  readonly openMs: number | undefined;
  /** When it was found to have ended. */
  readonly endedMs: number;
}

/** The clocks of two machines may run a little differently. */
const toleranceMs = 1_000;
/** Between two questions further apart, the end can be anywhere: the machine slept, or was offline. */
const maxGapMs = 30_000;

/** How long a task took, by the service's clock where its reply has the times; undefined when that cannot be told. */
export function taskDuration(
  { submit_time, end_time }: ReplyOutput,
  { openMs, endedMs }: TaskBounds,
): number | undefined {
  const served = readTime(end_time) - readTime(submit_time);
  // The state that questions are answered with may lag behind those times, and it is what is waited for.
  if (served > 0 && served <= endedMs + toleranceMs) return Math.max(served, openMs ?? 0);
  if (openMs === undefined || endedMs - openMs > maxGapMs) return undefined;
  return (openMs + endedMs) / 2;
}

/** "2026-01-31 17:38:24.817", in China's time; NaN for anything else. */
function readTime(text = ''): number {
  return Date.parse(`${text.replace(' ', 'T')}+08:00`);
}
