import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { LearningPollPlanner } from '../../../src/dashscope/pollPlanner';
import { guidePollDelay } from '../../../src/dashscope/pollSchedule';
import { MemoryDurations, newPlanner } from '../../bench/polling';
import { RecordingLogger } from '../../fakes/recordingLogger';

describe('the planner of questions', () => {
  it('asks as the guide says while nothing is known of a kind', () => {
    const delays = [0, 2_000, 40_000, 600_000].map(newPlanner().schedule('new'));
    deepStrictEqual(delays, [0, 2_000, 40_000, 600_000].map(guidePollDelay));
  });

  it('asks around the durations that it has seen', () => {
    const planner = newPlanner();
    for (let count = 0; count < 20; count += 1) planner.observe('kind', 19_000 + 100 * count);
    const schedule = planner.schedule('kind');
    const asked: number[] = [];
    for (let time = 0; time < 30_000; asked.push(time)) time += schedule(time);
    const between = (from: number, to: number) =>
      asked.filter((time) => time >= from && time < to).length;
    ok(between(0, 13_000) <= 1, asked.join());
    ok(between(17_000, 23_000) >= 8, asked.join());
  });

  it('always waits a while, also for a task that is found again late or a clock that went back', () => {
    const planner = newPlanner();
    planner.observe('kind', 5_000);
    const schedule = planner.schedule('kind');
    for (const elapsed of [-5_000, 0, 1, 4_999.5, 5_000, 60_000, 3_600_000, 90_000_000]) {
      const delay = schedule(elapsed);
      ok(delay > 0 && delay <= 60_000, `${elapsed}: ${delay}`);
    }
    strictEqual(schedule(-5_000), schedule(0));
  });

  it('does not ask twice when a timer fires a little early', () => {
    const planner = newPlanner();
    planner.observe('kind', 5_000);
    const schedule = planner.schedule('kind');
    ok(schedule(schedule(0) - 1) >= 400);
  });

  it('leaves the plan of a running task as it is when others end', () => {
    const planner = newPlanner();
    planner.observe('kind', 5_000);
    const running = planner.schedule('kind');
    const before = running(0);
    for (let count = 0; count < 10; count += 1) planner.observe('kind', 60_000);
    strictEqual(running(0), before);
    ok(planner.schedule('kind')(0) > before);
  });

  it('takes no notice of what cannot be a duration', () => {
    const memory = new MemoryDurations();
    const planner = new LearningPollPlanner(memory, new RecordingLogger());
    for (const wrong of [0, -3, Number.NaN, Number.POSITIVE_INFINITY]) {
      planner.observe('kind', wrong);
    }
    deepStrictEqual(memory.get(), []);
  });

  it('goes on when a duration cannot be stored, and logs why', async () => {
    const logger = new RecordingLogger();
    const memory = { get: () => [], add: () => Promise.reject(new Error('disk full')) };
    new LearningPollPlanner(memory, logger).observe('kind', 5_000);
    await Promise.resolve();
    await Promise.resolve();
    ok(logger.lines.some((line) => line.startsWith('warn:') && line.includes('disk full')));
  });
});
