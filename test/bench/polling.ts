import { normalBelow } from '../../src/dashscope/durationForecast';
import {
  figuresOf,
  type Outlook,
  outlookFrom,
  type PollFigures,
  placePolls,
  usualPollMs,
} from '../../src/dashscope/pollPlan';
import { type DurationMemory, LearningPollPlanner } from '../../src/dashscope/pollPlanner';
import { guidePollDelay, type PollSchedule } from '../../src/dashscope/pollSchedule';
import { RecordingLogger } from '../fakes/recordingLogger';

/** A service whose tasks take random times. */
export interface Service {
  readonly outlook: Outlook;
  /** The duration of one task, in milliseconds. */
  draw(random: () => number): number;
}

/** Some of the tasks of a service: their durations are log-normal. */
export interface TaskGroup {
  readonly medianMs: number;
  readonly sigma: number;
  readonly share: number;
}

/** One figure of the bench. */
export interface PollingFigure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** The most that it should be; absent for what is only there to compare. */
  readonly goal?: number;
  readonly medianMs: number;
  readonly sigma: number;
  readonly observedJobs?: number;
}

export const medians = [3_000, 8_000, 20_000, 45_000] as const;
export const sigmas = [0.3, 0.5] as const;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function logNormalService(medianMs: number, sigma: number): Service {
  return mixedService([{ medianMs, sigma, share: 1 }]);
}

/** @param groups whose shares add up to 1 */
export function mixedService(groups: readonly TaskGroup[]): Service {
  const first = Math.min(...groups.map(({ medianMs, sigma }) => medianMs * Math.exp(-6 * sigma)));
  const last = Math.max(...groups.map(({ medianMs, sigma }) => medianMs * Math.exp(6 * sigma)));
  const steps = 900;
  const times = Array.from(
    { length: steps + 1 },
    (_, step) => first * (last / first) ** (step / steps),
  );
  const outlook = outlookFrom(times, (time) =>
    groups.reduce(
      (ended, { medianMs, sigma, share }) =>
        ended + share * normalBelow(Math.log(time / medianMs) / sigma),
      0,
    ),
  );
  const draw = (random: () => number) => {
    const chosen = random();
    let shares = 0;
    const group = groups.find(({ share }) => {
      shares += share;
      return chosen < shares;
    });
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return group ? group.medianMs * Math.exp(group.sigma * normal) : 0;
  };
  return { outlook, draw };
}

/** The official Python SDK's schedule. */
export function sdkFigures({ outlook }: Service): PollFigures {
  return figuresOf(usualPollMs, outlook);
}

export function guideFigures({ outlook }: Service): PollFigures {
  return scheduleFigures(guidePollDelay, outlook);
}

/** The least wait that any schedule reaches with the SDK's number of questions, if the durations are known and gaps are free. */
export function bestFigures(service: Service): PollFigures {
  const plan = placePolls(service.outlook, sdkFigures(service).polls, {
    leastGapMs: 0,
    longestGapMs: Number.POSITIVE_INFINITY,
  });
  return figuresOf((index) => plan[index], service.outlook);
}

/** What a schedule means for a service that answers at once. */
function scheduleFigures(schedule: PollSchedule, outlook: Outlook): PollFigures {
  const polls: number[] = [];
  for (let time = 0; time < (outlook.times.at(-1) ?? 0); polls.push(time)) time += schedule(time);
  return figuresOf((index) => polls[index], outlook);
}

/** The durations of one kind, the newest 40. */
export class MemoryDurations implements DurationMemory {
  #durations: readonly number[] = [];

  get(): readonly number[] {
    return this.#durations;
  }

  async add(_kind: string, durationMs: number): Promise<void> {
    this.#durations = [...this.#durations, durationMs].slice(-40);
  }
}

export function newPlanner(): LearningPollPlanner {
  return new LearningPollPlanner(new MemoryDurations(), new RecordingLogger());
}

/** The figures of the next task after each of some histories, on the average; the histories are the same each time. */
export function learnedFigures(
  service: Service,
  history: (random: () => number) => readonly number[],
  histories = 20,
): PollFigures {
  const random = randomFrom(20);
  let [waitMs, polls] = [0, 0];
  for (let run = 0; run < histories; run += 1) {
    const planner = newPlanner();
    for (const duration of history(random)) planner.observe('kind', duration);
    const figures = scheduleFigures(planner.schedule('kind'), service.outlook);
    waitMs += figures.waitMs / histories;
    polls += figures.polls / histories;
  }
  return { waitMs, polls };
}

/** Durations of a service, for `learnedFigures`. */
export function drawn(service: Service, count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => service.draw(random));
}

/** The detection wait and the number of questions against the official SDK's, for the bench; a goal is the most that a value should be. */
export function pollingFigures(): readonly PollingFigure[] {
  return sigmas.flatMap((sigma) =>
    medians.flatMap((medianMs) => {
      const service = logNormalService(medianMs, sigma);
      const [sdk, best, guide] = [sdkFigures(service), bestFigures(service), guideFigures(service)];
      const about = { medianMs, sigma };
      const figures = (name: string, { waitMs, polls }: PollFigures, jobs?: number) => {
        const after = jobs === undefined ? about : { ...about, observedJobs: jobs };
        const isGoal = jobs === 30;
        // The best for tasks of 3 s asks oftener than twice a second, which Easel does not.
        const most = medianMs === 3_000 ? 0.6 * sdk.waitMs : 1.2 * best.waitMs;
        return [
          {
            figure: `wait, ${name}`,
            value: Math.round(waitMs),
            unit: 'ms',
            ...(isGoal && { goal: Math.round(most) }),
            ...after,
          },
          {
            figure: `polls, ${name}`,
            value: round(polls),
            unit: 'polls',
            ...(isGoal && { goal: round(sdk.polls) }),
            ...after,
          },
        ];
      };
      return [
        ...figures('SDK', sdk),
        ...figures('best possible', best),
        ...figures('guide', guide),
        ...[1, 3, 10, 30].flatMap((jobs) =>
          figures(
            'Easel',
            learnedFigures(service, (random) => drawn(service, jobs, random)),
            jobs,
          ),
        ),
      ];
    }),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
