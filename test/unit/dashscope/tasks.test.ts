import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { guidePollDelay, type PollSchedule } from '../../../src/dashscope/pollSchedule';
import { type TaskContext, waitForTask } from '../../../src/dashscope/tasks';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import type { GenerationProgress } from '../../../src/imageModel/imageModel';
import { apiKey, FakeEnvironment, FakeService, HangingFetch, origin } from './fakeService';

const taskId = 'task/1';
const requestId = 'submit-1';
const kind = 'a-model somewhere 1K';
const path = '/api/v1/tasks/task%2F1';
const hour = 3_600_000;

describe('waiting for a task', () => {
  let service: FakeService;
  let environment: FakeEnvironment;
  let controller: AbortController;
  let progress: GenerationProgress[];
  let observed: number[];

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
    controller = new AbortController();
    progress = [];
    observed = [];
  });
  afterEach(() => service.close());

  interface Circumstances {
    readonly key?: () => string | undefined;
    readonly baseUrl?: string;
    readonly schedule?: PollSchedule;
    /** How long ago the request left. */
    readonly ageMs?: number;
  }

  function contextOf(circumstances: Circumstances = {}): TaskContext {
    const { key = () => apiKey, baseUrl = origin, schedule } = circumstances;
    const address = { baseUrl, getApiKey: async () => key() };
    return {
      transport: new DashScopeTransport(environment, address),
      environment,
      pollPlanner: {
        schedule: (asked) => {
          strictEqual(asked, kind);
          return schedule ?? guidePollDelay;
        },
        observe: (of, durationMs) => {
          strictEqual(of, kind);
          observed.push(durationMs);
        },
      },
    };
  }

  function wait(circumstances: Circumstances = {}) {
    const submittedAt = environment.now() - (circumstances.ageMs ?? 0);
    return waitForTask({ taskId, requestId, submittedAt }, kind, contextOf(circumstances), {
      signal: controller.signal,
      onProgress: (step) => progress.push(step),
    });
  }

  function answer(status: string | undefined, more: object = {}): void {
    const output = { task_id: taskId, task_status: status, ...more };
    service.answer('GET', path, 200, { request_id: 'poll-1', output });
  }

  it('goes through queued and running to the result, saying each phase once', async () => {
    for (const status of ['PENDING', 'PENDING', 'RUNNING', 'RUNNING']) answer(status);
    answer('SUCCEEDED', { results: [{ url: 'https://x/a.png' }] });
    const { output } = await wait();
    strictEqual(output?.results?.[0]?.url, 'https://x/a.png');
    deepStrictEqual(progress, [
      { phase: 'queued', taskId },
      { phase: 'running', taskId },
    ]);
    deepStrictEqual(environment.pauses, [2_000, 3_000, 3_000, 3_000, 3_000]);
  });

  it('asks with nothing but the key', async () => {
    answer('SUCCEEDED');
    await wait();
    deepStrictEqual(service.requests, [
      { method: 'GET', path, headers: { authorization: `Bearer ${apiKey}` }, body: undefined },
    ]);
  });

  it('keeps waiting while the task is suspended', async () => {
    answer('RUNNING');
    answer('SUSPENDED');
    answer('SUCCEEDED');
    await wait();
    deepStrictEqual(
      progress.map(({ phase }) => phase),
      ['queued', 'running', 'queued'],
    );
  });

  for (const status of ['PREPARING', 'succeeded', '', undefined]) {
    it(`takes the unknown status ${JSON.stringify(status)} for running, and logs it`, async () => {
      answer(status);
      answer('SUCCEEDED');
      await wait();
      strictEqual(progress.at(-1)?.phase, 'running');
      ok(environment.logger.lines.some((line) => line.includes(`unknown status "${status}"`)));
    });
  }

  it('fails with the reason of a failed task, which is free', async () => {
    answer('FAILED', { code: 'InvalidParameter', message: 'The size is not match.' });
    await rejects(wait(), {
      name: 'ImageGenerationError',
      kind: 'invalidRequest',
      code: 'InvalidParameter',
      requestId: 'poll-1',
      taskId,
      retryable: false,
      billed: 'no',
      message: /The service says: The size is not match\.$/,
    });
  });

  it('fails as the fault of the service when a failed task gives no reason', async () => {
    answer('FAILED');
    await rejects(wait(), { kind: 'server', code: 'TaskFailed', billed: 'no' });
  });

  it('fails when the task was cancelled elsewhere, which is free', async () => {
    answer('CANCELED');
    await rejects(wait(), {
      kind: 'server',
      code: 'TaskCanceled',
      taskId,
      requestId,
      retryable: true,
      billed: 'no',
    });
  });

  it('fails when the service does not know the task, which may have been billed', async () => {
    answer('UNKNOWN');
    await rejects(wait({ ageMs: 40_000 }), { code: 'TaskUnknown', taskId, billed: 'maybe' });
  });

  it('does not mind when the service does not know a new task yet, but for two questions', async () => {
    answer('UNKNOWN');
    answer('UNKNOWN');
    answer('SUCCEEDED');
    await wait();
    deepStrictEqual(progress, [{ phase: 'queued', taskId }]);
    for (let index = 0; index < 3; index += 1) answer('UNKNOWN');
    await rejects(wait(), { code: 'TaskUnknown', taskId, billed: 'maybe' });
  });

  it('fails when the service forgets a task half a minute after its submit', async () => {
    answer('RUNNING');
    answer('UNKNOWN');
    await rejects(wait({ schedule: () => 15_000 }), { code: 'TaskUnknown' });
  });

  it('gives up after 24 hours, when the service forgets the task', async () => {
    for (let index = 0; index < 24; index += 1) answer('RUNNING');
    await rejects(wait({ schedule: () => hour }), {
      ...{ kind: 'timeout', code: 'TaskDeadline', taskId, billed: 'maybe' },
    });
    strictEqual(service.requests.length, 24);
  });

  it('counts the time of a task from its submit, also when it is taken up again', async () => {
    const asked: number[] = [];
    const schedule = (elapsedMs: number): number => {
      asked.push(elapsedMs);
      return hour;
    };
    for (let index = 0; index < 3; index += 1) answer('RUNNING');
    await rejects(wait({ schedule, ageMs: 22 * hour }), { code: 'TaskDeadline' });
    deepStrictEqual(asked, [22 * hour, 23 * hour]);
  });

  describe('that looks older than 24 hours, though a clock may be wrong', () => {
    const ageMs = 25 * hour;

    it('asks once, and takes what the service has', async () => {
      answer('SUCCEEDED', { results: [{ url: 'https://x/a.png' }] });
      strictEqual((await wait({ ageMs })).output?.results?.length, 1);
      deepStrictEqual(environment.pauses, [0]);
    });

    it('gives up after an answer that brings nothing', async () => {
      answer('RUNNING');
      await rejects(wait({ ageMs }), { code: 'TaskDeadline' });
    });

    it('goes on until there is an answer', async () => {
      for (let index = 0; index < 3; index += 1) service.fail('GET', path, 'ENOTFOUND');
      answer('UNKNOWN');
      await rejects(wait({ ageMs }), { code: 'TaskUnknown', billed: 'maybe' });
    });
  });

  it('asks at once after a task that was left alone for a while', async () => {
    answer('RUNNING');
    answer('SUCCEEDED');
    await wait({ ageMs: 200_000 });
    deepStrictEqual(environment.pauses, [0, 10_000]);
  });

  it('waits for leave before each question', async () => {
    const asked: number[] = [];
    const beforeQuery = async (): Promise<void> => {
      asked.push(service.requests.length);
    };
    Object.assign(environment, { beforeQuery });
    answer('RUNNING');
    answer('SUCCEEDED');
    await wait();
    deepStrictEqual(asked, [0, 1]);
  });

  describe('tells how long the task took', () => {
    const times = (submitted: string, ended: string) => ({
      submit_time: `2026-01-01 ${submitted}`,
      end_time: `2026-01-01 ${ended}`,
    });

    it('by the clock of the service', async () => {
      answer('RUNNING');
      answer('SUCCEEDED', times('23:59:00.500', '23:59:04.750'));
      await wait();
      deepStrictEqual(observed, [4_250]);
    });

    it('as the middle between the last two questions, where the service does not say', async () => {
      answer('PENDING');
      answer('RUNNING');
      service.fail('GET', path, 'ECONNRESET');
      answer('SUCCEEDED', { end_time: '2026-01-01 23:59:04.750' });
      await wait();
      // Asked after 2, 5, (8) and 11 s.
      deepStrictEqual(observed, [8_000]);
    });

    it('as the middle between the submit and the first question', async () => {
      answer('SUCCEEDED');
      await wait({ ageMs: 500 });
      deepStrictEqual(observed, [1_500]);
    });

    it('only by the clock of the service, where nobody saw it end', async () => {
      answer('SUCCEEDED');
      await wait({ ageMs: hour });
      deepStrictEqual(observed, []);
      answer('SUCCEEDED', times('08:00:00.000', '08:00:07.000'));
      await wait({ ageMs: hour });
      deepStrictEqual(observed, [7_000]);
    });

    it('not of a task that failed', async () => {
      answer('FAILED', { code: 'InternalError', ...times('08:00:00.000', '08:00:01.000') });
      await rejects(wait());
      deepStrictEqual(observed, []);
    });
  });

  describe('when a poll fails', () => {
    const passing: readonly (readonly [string, () => void])[] = [
      ['a lost connection', () => service.fail('GET', path, 'ECONNRESET')],
      ['no connection', () => service.fail('GET', path, 'ENOTFOUND')],
      ['an untrusted certificate', () => service.fail('GET', path, 'CERT_HAS_EXPIRED')],
      ['429', () => service.answer('GET', path, 429, { code: 'Throttling.RateQuota' })],
      ['500', () => service.answer('GET', path, 500, { code: 'InternalError' })],
      ['504 of a gateway', () => service.answer('GET', path, 504, '<html>')],
      ['200 with a page', () => service.answer('GET', path, 200, '<html>Sign in</html>')],
      ['a redirect', () => service.answer('GET', path, 302, '', { location: '/login' })],
    ];
    for (const [name, fail] of passing) {
      it(`goes on after ${name}`, async () => {
        fail();
        answer('SUCCEEDED');
        await wait();
        deepStrictEqual(environment.pauses, [2_000, 3_000]);
      });
    }

    it('asks less and less often while it goes on, and as before after an answer', async () => {
      for (let index = 0; index < 8; index += 1) service.fail('GET', path, 'ENOTFOUND');
      answer('RUNNING');
      answer('SUCCEEDED');
      await wait({ schedule: () => 3_000 });
      deepStrictEqual(
        environment.pauses,
        [3_000, 3_000, 3_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 3_000],
      );
    });

    it('goes on after a poll that took too long', async () => {
      const hanging = new HangingFetch();
      environment = new FakeEnvironment((url, init) =>
        hanging.calls === 0 ? hanging.fetch(url, init) : service.fetch(url, init),
      );
      answer('SUCCEEDED');
      const result = wait();
      await hanging.started;
      environment.timeouts[0]?.controller.abort();
      await result;
    });

    it('ends with the task id when the key is refused: the images may be billed', async () => {
      service.answer('GET', path, 401, { code: 'InvalidApiKey', message: 'm', request_id: 'p' });
      await rejects(wait(), {
        kind: 'auth',
        code: 'InvalidApiKey',
        requestId: 'p',
        taskId,
        billed: 'maybe',
      });
    });

    it('ends with the task id when the key was removed meanwhile', async () => {
      await rejects(wait({ key: () => undefined }), {
        ...{ kind: 'auth', code: 'NoApiKey', taskId, billed: 'maybe' },
      });
    });

    it('ends when the question cannot even be asked', async () => {
      await rejects(wait({ baseUrl: 'nowhere' }), {
        ...{ kind: 'invalidRequest', code: 'EndpointInvalid', taskId, billed: 'maybe' },
      });
    });

    it('ends when the service refuses the question itself', async () => {
      service.answer('GET', path, 400, { code: 'InvalidParameter', message: 'm' });
      await rejects(wait(), { kind: 'invalidRequest', taskId, billed: 'maybe' });
    });
  });

  describe('when its signal fires', () => {
    const isReason = (error: unknown): boolean => error === controller.signal.reason;

    it('during a pause, rejects with the reason and leaves the task alone', async () => {
      environment.onPause = () => controller.abort();
      await rejects(wait(), isReason);
      deepStrictEqual(service.requests, []);
    });

    it('before the first pause, does so too', async () => {
      controller.abort();
      await rejects(wait(), isReason);
      deepStrictEqual(service.requests, []);
    });

    it('during a poll, does so too', async () => {
      const hanging = new HangingFetch();
      environment = new FakeEnvironment(hanging.fetch);
      const result = wait();
      await hanging.started;
      controller.abort();
      await rejects(result, isReason);
      strictEqual(hanging.calls, 1);
    });

    it('in the moment of success, keeps the images that are paid for', async () => {
      environment = new FakeEnvironment(async (url, init) => {
        const response = await service.fetch(url, init);
        const bytes = await response.arrayBuffer();
        controller.abort();
        return new Response(bytes);
      });
      answer('SUCCEEDED', { results: [{ url: 'https://x/a.png' }] });
      strictEqual((await wait()).output?.results?.length, 1);
    });
  });
});

describe('the schedule of the guide', () => {
  it('asks early once, every 3 s in the first 30 s, then every 5 s, and every 10 s after two minutes', () => {
    const polls: number[] = [];
    for (let elapsedMs = 0; elapsedMs < 150_000; ) {
      elapsedMs += guidePollDelay(elapsedMs);
      polls.push(elapsedMs / 1_000);
    }
    deepStrictEqual(polls.slice(0, 13), [2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 32, 37, 42]);
    deepStrictEqual(polls.slice(-5), [117, 122, 132, 142, 152]);
  });
});
