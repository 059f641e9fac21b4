import { strictEqual } from 'node:assert/strict';
import { taskDuration } from '../../../src/dashscope/taskDuration';

const times = (submitted: string, ended: string) => ({
  submit_time: `2026-01-01 ${submitted}`,
  end_time: `2026-01-01 ${ended}`,
});

describe('the duration of a task', () => {
  it('is told by the times of the service, over midnight too', () => {
    const reply = { submit_time: '2026-01-31 23:59:58.750', end_time: '2026-02-01 00:00:03' };
    strictEqual(taskDuration(reply, { openMs: 3_000, endedMs: 6_000 }), 4_250);
    strictEqual(taskDuration(reply, { openMs: undefined, endedMs: 3_600_000 }), 4_250);
  });

  for (const [name, wrong] of [
    ['are missing', {}],
    ['are there by half', { end_time: '2026-01-01 08:00:05.000' }],
    ['are no times', { submit_time: 'soon', end_time: 'later' }],
    ['run backwards', times('08:00:05.000', '08:00:01.000')],
    ['are longer than was waited', times('08:00:00.000', '09:00:00.000')],
  ] as const) {
    it(`is the middle between two questions where those times ${name}`, () => {
      strictEqual(taskDuration(wrong, { openMs: 4_000, endedMs: 8_000 }), 6_000);
    });

    it(`is not known where those times ${name} and nobody saw it end`, () => {
      strictEqual(taskDuration(wrong, { openMs: undefined, endedMs: 8_000 }), undefined);
    });
  }

  it('is no less than the task was seen to take', () => {
    const reply = times('08:00:00.000', '08:00:01.500');
    strictEqual(taskDuration(reply, { openMs: 2_000, endedMs: 5_000 }), 2_000);
  });

  it('is not known where the questions lay far apart', () => {
    strictEqual(taskDuration({}, { openMs: 5_000, endedMs: 36_000 }), undefined);
  });
});
