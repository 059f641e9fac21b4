import { ok } from 'node:assert/strict';
import {
  bestFigures,
  drawn,
  guideFigures,
  learnedFigures,
  logNormalService,
  medians,
  mixedService,
  newPlanner,
  randomFrom,
  type Service,
  sdkFigures,
  sigmas,
} from '../../bench/polling';

const services = sigmas.flatMap((sigma) =>
  medians.map((medianMs) => ({ medianMs, sigma, service: logNormalService(medianMs, sigma) })),
);

/** The tasks of one service, then those of another. */
function changed(before: Service, after: Service, count: number) {
  return (random: () => number) => [...drawn(before, 30, random), ...drawn(after, count, random)];
}

function assertAtMost(value: number, most: number, what: string): void {
  ok(value <= most, `${what}: ${value.toFixed(3)}, at most ${most.toFixed(3)}`);
}

describe('the questions about simulated tasks', () => {
  it('are compared with the least possible wait', () => {
    const known = [
      [8_000, 0.3, 330],
      [20_000, 0.3, 550],
      [45_000, 0.3, 790],
      [8_000, 0.5, 520],
      [20_000, 0.5, 850],
      [45_000, 0.5, 1_190],
    ] as const;
    for (const [medianMs, sigma, waitMs] of known) {
      const best = bestFigures(logNormalService(medianMs, sigma)).waitMs;
      ok(Math.abs(best - waitMs) < 12, `${medianMs} ms, ${sigma}: ${best}`);
    }
  });

  for (const { medianMs, sigma, service } of services) {
    it(`are as good as planned after 30 tasks of ${medianMs} ms, sigma ${sigma}`, () => {
      const learned = learnedFigures(service, (random) => drawn(service, 30, random), 8);
      const [best, sdk] = [bestFigures(service), sdkFigures(service)];
      assertAtMost(learned.polls, sdk.polls, 'polls');
      // The best for tasks of 3 s that are all alike asks three times a second.
      const isTooQuick = medianMs === 3_000 && sigma === 0.3;
      const most = isTooQuick ? 0.3 * sdk.waitMs : 1.2 * best.waitMs;
      assertAtMost(learned.waitMs, most, 'wait');
    });
  }

  it('are better than the guide and the SDK from the first task on, and better with each', () => {
    for (const { service } of services.filter(({ medianMs }) => medianMs !== 20_000)) {
      const waits = [1, 5, 20].map(
        (count) => learnedFigures(service, (random) => drawn(service, count, random), 8).waitMs,
      );
      assertAtMost(waits[0] ?? 0, 0.85 * sdkFigures(service).waitMs, 'after one');
      assertAtMost(waits[0] ?? 0, guideFigures(service).waitMs, 'after one');
      assertAtMost(waits[1] ?? 0, waits[0] ?? 0, 'after five');
      assertAtMost(waits[2] ?? 0, waits[1] ?? 0, 'after twenty');
    }
  });

  it('stay few, and the wait a part of the time, when the service is suddenly four times slower', () => {
    for (const { medianMs, sigma, service } of services) {
      const slow = logNormalService(4 * medianMs, sigma);
      const sdk = sdkFigures(slow);
      const figuresAfter = (count: number) =>
        learnedFigures(slow, changed(service, slow, count), 5);
      const first = figuresAfter(0);
      assertAtMost(first.waitMs, 0.15 * 4 * medianMs, 'the first wait');
      assertAtMost(first.polls, 2.1 * sdk.polls, 'the first polls');
      const tenth = figuresAfter(10);
      assertAtMost(tenth.waitMs, 1.6 * bestFigures(slow).waitMs, 'the tenth wait');
      assertAtMost(tenth.polls, 1.12 * sdk.polls, 'the tenth polls');
    }
  });

  it('come sooner within ten tasks when the service has become four times faster', () => {
    for (const { medianMs, sigma, service } of services.filter(({ sigma }) => sigma === 0.3)) {
      const fast = logNormalService(medianMs / 4, sigma);
      if (medianMs === 3_000) continue;
      const tenth = learnedFigures(fast, changed(service, fast, 10), 5);
      assertAtMost(tenth.waitMs, 0.6 * sdkFigures(fast).waitMs, `${medianMs}`);
      assertAtMost(tenth.polls, sdkFigures(fast).polls, `${medianMs}`);
    }
  });

  it('follow a service that has cold and warm starts', () => {
    const service = mixedService([
      { medianMs: 4_000, sigma: 0.25, share: 0.8 },
      { medianMs: 20_000, sigma: 0.25, share: 0.2 },
    ]);
    const learned = learnedFigures(service, (random) => drawn(service, 30, random), 10);
    assertAtMost(learned.polls, sdkFigures(service).polls * 1.02, 'polls');
    assertAtMost(learned.waitMs, 0.55 * sdkFigures(service).waitMs, 'wait');
  });

  it('are not thrown off by one strange task, nor by a slow drift', () => {
    const service = logNormalService(8_000, 0.3);
    const { waitMs, polls } = sdkFigures(service);
    const strange = learnedFigures(
      service,
      (random) => [...drawn(service, 25, random), 64_000, ...drawn(service, 4, random)],
      10,
    );
    assertAtMost(strange.waitMs, 0.35 * waitMs, 'a strange task');
    assertAtMost(strange.polls, polls, 'a strange task');
    const drift = learnedFigures(
      service,
      (random) => drawn(service, 30, random).map((ms, index) => ms * 1.04 ** (index - 30)),
      10,
    );
    assertAtMost(drift.waitMs, 0.35 * waitMs, 'a drift');
    assertAtMost(drift.polls, 1.2 * polls, 'a drift');
  });

  it('learn as well from when the end was seen as from when it was', () => {
    const service = logNormalService(8_000, 0.3);
    const random = randomFrom(3);
    const runs = 8;
    let [waitMs, polls] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const planner = newPlanner();
      for (let task = 0; task < 40; task += 1) {
        const duration = service.draw(random);
        const schedule = planner.schedule('kind');
        let [before, time, count] = [0, 0, 0];
        while (time < duration) {
          [before, time, count] = [time, time + schedule(time), count + 1];
        }
        planner.observe('kind', (before + time) / 2);
        if (task < 20) continue;
        waitMs += (time - duration) / (20 * runs);
        polls += count / (20 * runs);
      }
    }
    assertAtMost(waitMs, 1.3 * bestFigures(service).waitMs, 'wait');
    assertAtMost(polls, 1.02 * sdkFigures(service).polls, 'polls');
  });
});
