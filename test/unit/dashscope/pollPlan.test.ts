import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import {
  endedBefore,
  forecastDuration,
  momentOf,
  normalBelow,
} from '../../../src/dashscope/durationForecast';
import {
  figuresOf,
  nextPollMs,
  outlookFrom,
  placePolls,
  planPolls,
  pollLimits,
  usualPollMs,
} from '../../../src/dashscope/pollPlan';
import { drawn, logNormalService, mixedService, randomFrom } from '../../bench/polling';

/** All moments of a plan, and of the steps after it, until a moment. */
function momentsUntil(plan: readonly number[], untilMs: number): number[] {
  const moments: number[] = [];
  for (let time = 0; time < untilMs; ) {
    time = nextPollMs(plan, time);
    moments.push(time);
  }
  return moments;
}

function gaps(moments: readonly number[]): number[] {
  return moments.map((moment, index) => moment - (moments[index - 1] ?? 0));
}

function historyOf(medianMs: number, count: number): number[] {
  return drawn(logNormalService(medianMs, 0.4), count, randomFrom(7));
}

describe('the forecast of a duration', () => {
  it('is wide after one task and narrows around what tasks take', () => {
    const spread = (durations: readonly number[]) => {
      const bells = forecastDuration(durations);
      return momentOf(bells, 0.9) - momentOf(bells, 0.1);
    };
    const alike = (count: number) => Array.from({ length: count }, () => 8_000);
    ok(spread(alike(1)) > 1, 'a factor of e between the tenths');
    ok(spread(alike(3)) < spread(alike(1)));
    ok(spread(alike(30)) < spread(alike(3)));
    ok(Math.abs(Math.exp(momentOf(forecastDuration(alike(30)), 0.5)) - 8_000) < 100);
  });

  it('keeps cold and warm starts apart', () => {
    const service = mixedService([
      { medianMs: 3_000, sigma: 0.2, share: 0.5 },
      { medianMs: 15_000, sigma: 0.2, share: 0.5 },
    ]);
    const bells = forecastDuration(drawn(service, 30, randomFrom(1)));
    const between = (fromMs: number, toMs: number) =>
      endedBefore(bells, Math.log(toMs)) - endedBefore(bells, Math.log(fromMs));
    // Each the same factor apart.
    ok(between(5_600, 8_000) < between(2_500, 3_600));
    ok(between(5_600, 8_000) < between(12_600, 18_000));
  });

  it('believes a few new durations that differ from all before', () => {
    const bells = forecastDuration([...historyOf(8_000, 30), 31_000, 35_000, 29_000, 33_000]);
    const still = endedBefore(bells, Math.log(20_000));
    ok(still < 0.5, `${still}, where 30 of 34 are such tasks`);
  });

  it('reads the normal distribution as the tables have it', () => {
    ok(Math.abs(normalBelow(0) - 0.5) < 1e-6);
    ok(Math.abs(normalBelow(1.959964) - 0.975) < 1e-6);
    ok(Math.abs(normalBelow(-1.281552) - 0.1) < 1e-6);
  });
});

describe('a plan of questions', () => {
  const kinds = [50, 900, 3_000, 8_000, 45_000, 600_000, 4 * 3_600_000];
  for (const medianMs of kinds) {
    for (const count of [1, 2, 40]) {
      it(`keeps its gaps after ${count} tasks of ${medianMs} ms`, () => {
        const plan = planPolls(historyOf(medianMs, count));
        const moments = momentsUntil(plan, 24 * 3_600_000);
        const least = Math.min(...gaps(moments));
        ok(least >= pollLimits.leastGapMs - 0.001, `${least}`);
        moments.forEach((moment, index) => {
          const gap = moment - (moments[index - 1] ?? 0);
          ok(gap <= Math.max(60_001, moment / 50), `${gap} at ${moment}`);
        });
        // A stride of the grid more, where the first likely moment does not fall on it.
        const early = moments.filter((moment) => moment <= 240_000);
        ok(Math.max(...gaps(early)) <= pollLimits.longestGapMs + 2_001);
      });
    }
  }

  it('is the same for the same durations, however alike they are', () => {
    const alike = Array.from({ length: 40 }, () => 2_000);
    deepStrictEqual(planPolls(alike), planPolls(alike));
    ok(planPolls(alike).some((time) => time >= 2_000 && time < 2_500));
  });

  it('takes the moment after one that has just passed', () => {
    const plan = [4_000, 5_000, 6_000];
    strictEqual(nextPollMs(plan, 0), 4_000);
    strictEqual(nextPollMs(plan, 3_999), 4_000);
    strictEqual(nextPollMs(plan, 4_000), 5_000);
    strictEqual(nextPollMs(plan, 5_001), 6_000);
  });

  it('goes on in growing steps after its end, of no more than a part of the elapsed time', () => {
    const moments = momentsUntil([4_000, 5_000, 6_000], 3_600_000);
    const after = gaps(moments).slice(3);
    deepStrictEqual(after.slice(0, 3).map(Math.round), [1_300, 1_690, 2_197]);
    after.forEach((gap, index) => {
      ok(gap <= 0.3 * (moments[index + 2] ?? 0) + 1);
      ok(gap >= (after[index - 1] ?? 0) - 1, 'never shorter again');
    });
  });

  it('asks where the answers are', () => {
    // Half of the tasks end between 3 and 4 s, the others between 20 and 21 s.
    const times = Array.from({ length: 250 }, (_, index) => 100 * (index + 1));
    const outlook = outlookFrom(times, (time) => {
      const within = (from: number) => Math.min(1, Math.max(0, (time - from) / 1_000));
      return (within(3_000) + within(20_000)) / 2;
    });
    const plan = placePolls(outlook, 4, { leastGapMs: 0, longestGapMs: 60_000 });
    const { polls, waitMs } = figuresOf((index) => plan[index], outlook);
    ok(polls <= 4);
    ok(waitMs < 200, `${waitMs}`);
    ok(plan.every((time) => (time > 3_000 && time <= 4_100) || time > 20_000));
  });

  it('is measured against the schedule of the official SDKs', () => {
    const first = Array.from({ length: 12 }, (_, index) => usualPollMs(index) / 1_000);
    deepStrictEqual(first, [0, 1, 2, 4, 6, 8, 12, 16, 20, 25, 30, 35]);
  });
});
