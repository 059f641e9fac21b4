import {
  endedBefore,
  forecastDuration,
  momentOf,
  normalBelow,
  surpriseDeviation,
} from './durationForecast';

/** When tasks are expected to end: the last part of `ends` holds all that take longer. */
export interface Outlook {
  /** Milliseconds since the submit, ascending. */
  readonly times: Float64Array;
  /** The part of the tasks that end after the time before and not after this one. */
  readonly ends: Float64Array;
}

/** How close and how far apart two questions may be, in milliseconds. */
export interface PollLimits {
  readonly leastGapMs: number;
  readonly longestGapMs: number;
}

/** What a plan costs on the average. */
export interface PollFigures {
  /** From the end of a task to the question that finds it, in milliseconds. */
  readonly waitMs: number;
  readonly polls: number;
}

/**
 * Half a second while the answer is due: a plan that may ask no more than once a second waits half as long again for
 * tasks of 8 s. A task that is not due for long is still looked at, for it may have failed.
 */
export const pollLimits: PollLimits = { leastGapMs: 500, longestGapMs: 20_000 };

/** The moments to choose from where answers are likely, a hundredth of the elapsed time apart; a plan takes about 2 ms. */
const steps = 250;
/** What takes longer is for the steps after the plan, so that a service that has become slow is not asked all the time. */
const plannedPart = 0.95;
const earliestPart = 0.002;
/** Below the usual number, because a forecast is never quite right. */
const budgetPart = 0.99;

// After the plan the gaps grow, up to a part of the elapsed time and to a length that is only left behind when a task
// takes many minutes.
const gapGrowth = 1.3;
const longestGapPart = 0.3;
const longGapMs = 12_000;
const lateGapPart = 0.05;
const lastGapMs = 60_000;

/** When the official SDKs ask; theirs is the number of questions that the service is used to. */
export function usualPollMs(index: number): number {
  return 1_000 * ([0, 1, 2, 4, 6, 8, 12, 16, 20][index] ?? 5 * index - 20);
}

/**
 * When to ask about a task, in milliseconds since its submit: where earlier durations say that its end is likely, with
 * no more questions than the official SDKs would ask. It goes as far as most tasks take; `nextPollMs` goes on from there.
 * @param durationsMs of earlier tasks, oldest first, at least one
 */
export function planPolls(durationsMs: readonly number[]): readonly number[] {
  const outlook = outlookOf(durationsMs);
  const { polls } = figuresOf(usualPollMs, outlook);
  return placePolls(outlook, polls * budgetPart, pollLimits);
}

/** The first moment after the elapsed one at which a plan asks. Beyond its end the steps grow to a part of the elapsed time. */
export function nextPollMs(plan: readonly number[], elapsedMs: number): number {
  const planned = plan.find((time) => time > elapsedMs);
  if (planned !== undefined) return planned;
  let [before = 0, time = 0] = plan.length > 1 ? plan.slice(-2) : [0, plan[0]];
  while (time <= elapsedMs) {
    const gap = Math.min(
      (time - before) * gapGrowth,
      time * longestGapPart,
      Math.max(longGapMs, time * lateGapPart),
      lastGapMs,
    );
    [before, time] = [time, time + Math.max(gap, pollLimits.leastGapMs)];
  }
  return time;
}

function outlookOf(durationsMs: readonly number[]): Outlook {
  const bells = forecastDuration(durationsMs);
  const first = Math.max(pollLimits.leastGapMs, Math.exp(momentOf(bells, earliestPart)));
  const last = Math.max(first * 1.5, Math.exp(momentOf(bells, plannedPart)));
  const times: number[] = [];
  // Before anything is likely, only so that no gap is too long.
  const stride = pollLimits.longestGapMs / 10;
  for (let time = stride; time < first; time += stride) times.push(time);
  for (let step = 0; step <= steps; step += 1) times.push(first * (last / first) ** (step / steps));
  const surprise = 1 / (2 * durationsMs.length + 2);
  const usual = momentOf(bells, 0.5);
  return outlookFrom(times, (time) => {
    const log = Math.log(time);
    const foreseen = time < first ? 0 : endedBefore(bells, log);
    return (1 - surprise) * foreseen + surprise * normalBelow((log - usual) / surpriseDeviation);
  });
}

/** @param endedUntil the part of the tasks that have ended by a moment, in milliseconds */
export function outlookFrom(
  times: readonly number[],
  endedUntil: (timeMs: number) => number,
): Outlook {
  let ended = 0;
  const ends = times.map((time, index) => {
    const before = ended;
    ended = index === times.length - 1 ? 1 : endedUntil(time);
    return ended - before;
  });
  return { times: Float64Array.from(times), ends: Float64Array.from(ends) };
}

/** The moments that wait least after the end of a task, with that number of questions on the average or fewer. */
export function placePolls(outlook: Outlook, polls: number, limits: PollLimits): readonly number[] {
  // What a question may cost, in milliseconds of waiting; dearer questions make longer waits.
  let [cheap, dear] = [0.01, 1_000_000];
  for (let round = 0; round < 14; round += 1) {
    const price = Math.sqrt(cheap * dear);
    const plan = cheapestPlan(outlook, price, limits);
    if (figuresOf((index) => plan[index], outlook).polls > polls) cheap = price;
    else dear = price;
  }
  return cheapestPlan(outlook, dear, limits);
}

/** The wait and the number of questions that a schedule means for tasks that end as in the outlook. */
export function figuresOf(
  pollAt: (index: number) => number | undefined,
  { times, ends }: Outlook,
): PollFigures {
  let [waitMs, polls, index, before] = [0, 0, 0, 0];
  for (let step = 0; step < times.length; step += 1) {
    const time = times[step] ?? 0;
    const end = (before + time) / 2;
    const share = ends[step] ?? 0;
    before = time;
    while ((pollAt(index) ?? Number.POSITIVE_INFINITY) < end) index += 1;
    waitMs += share * ((pollAt(index) ?? end) - end);
    polls += share * (index + 1);
  }
  return { waitMs, polls };
}

/**
 * Dynamic programming from the last moment back: from each one the next question is where the wait for the tasks that end
 * until then, and all that comes after, cost least. Costs are averages over all tasks, in milliseconds.
 */
function cheapestPlan({ times, ends }: Outlook, price: number, limits: PollLimits): number[] {
  const last = times.length - 1;
  // Position 0 is the submit, position i + 1 the time i.
  const at = new Float64Array(last + 2);
  const ended = new Float64Array(last + 2);
  const endSums = new Float64Array(last + 2);
  times.forEach((time, index) => {
    const share = ends[index] ?? 0;
    const before = at[index] ?? 0;
    at[index + 1] = time;
    ended[index + 1] = (ended[index] ?? 0) + share;
    endSums[index + 1] = (endSums[index] ?? 0) + (share * (before + time)) / 2;
  });
  const costs = new Float64Array(last + 2);
  const nexts = new Int32Array(last + 2);
  for (let from = last; from >= 0; from -= 1) {
    const start = at[from] ?? 0;
    const endedThere = ended[from] ?? 0;
    const sumThere = endSums[from] ?? 0;
    let best = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let to = from + 1; to <= last + 1; to += 1) {
      const time = at[to] ?? 0;
      const gap = time - start;
      if (gap < limits.leastGapMs) continue;
      if (gap > limits.longestGapMs && best < Number.POSITIVE_INFINITY) break;
      const wait = time * ((ended[to] ?? 0) - endedThere) - ((endSums[to] ?? 0) - sumThere);
      // Waits only grow from here.
      if (wait > best) break;
      const cost = wait + (costs[to] ?? 0);
      if (cost < best) {
        best = cost;
        next = to;
      }
    }
    // Too close to the last moment for another: what comes after the plan asks once more.
    if (!next) best = limits.leastGapMs * (1 - endedThere);
    costs[from] = best + price * (1 - endedThere);
    nexts[from] = next;
  }
  const plan: number[] = [];
  for (let position = nexts[0] ?? 0; position; position = nexts[position] ?? 0) {
    plan.push(at[position] ?? 0);
  }
  return plan;
}
