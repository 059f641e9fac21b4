import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { guidePollDelay } from '../../../src/dashscope/pollSchedule';
import { type TaskContext, waitForTask } from '../../../src/dashscope/tasks';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import { GenerationCancelled } from '../../../src/imageModel/errors';
import type { GenerationProgress } from '../../../src/imageModel/imageModel';
import { isAbortError } from '../../../src/util/abort';
import { apiKey, FakeEnvironment, FakeService, HangingFetch, origin } from './fakeService';

const task = { taskId: 'task/1', requestId: 'submit-1' };
const path = '/api/v1/tasks/task%2F1';
const cancelPath = `${path}/cancel`;
const hour = 3_600_000;

describe('waiting for a task', () => {
  let service: FakeService;
  let environment: FakeEnvironment;
  let controller: AbortController;
  let progress: GenerationProgress[];

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
    controller = new AbortController();
    progress = [];
  });
  afterEach(() => service.close());

  function wait(key: () => string | undefined = () => apiKey, pollSchedule = guidePollDelay) {
    const address = { baseUrl: origin, getApiKey: async () => key() };
    const transport = new DashScopeTransport(environment, address);
    const context: TaskContext = { transport, environment, pollSchedule };
    return waitForTask(task, context, {
      signal: controller.signal,
      onProgress: (step) => progress.push(step),
    });
  }

  function answer(status: string | undefined, more: object = {}): void {
    const output = { task_id: task.taskId, task_status: status, ...more };
    service.answer('GET', path, 200, { request_id: 'poll-1', output });
  }

  const cancelled = (billed: string) => (error: unknown) =>
    error instanceof GenerationCancelled && isAbortError(error) && error.billed === billed;

  it('goes through queued and running to the result, saying each phase once', async () => {
    for (const status of ['PENDING', 'PENDING', 'RUNNING', 'RUNNING']) answer(status);
    answer('SUCCEEDED', { results: [{ url: 'https://x/a.png' }] });
    const { output } = await wait();
    strictEqual(output?.results?.[0]?.url, 'https://x/a.png');
    deepStrictEqual(progress, [
      { phase: 'queued', taskId: task.taskId },
      { phase: 'running', taskId: task.taskId },
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
      taskId: task.taskId,
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
      taskId: task.taskId,
      requestId: task.requestId,
      retryable: true,
      billed: 'no',
    });
  });

  it('fails when the service does not know the task, which may have been billed', async () => {
    answer('UNKNOWN');
    await rejects(wait(), { code: 'TaskUnknown', taskId: task.taskId, billed: 'maybe' });
  });

  it('gives up after 24 hours, when the service forgets the task', async () => {
    for (let index = 0; index < 24; index += 1) answer('RUNNING');
    await rejects(
      wait(undefined, () => hour),
      { kind: 'timeout', code: 'TaskDeadline', taskId: task.taskId, billed: 'maybe' },
    );
    strictEqual(service.requests.length, 24);
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
      await wait(undefined, () => 3_000);
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
        taskId: task.taskId,
        billed: 'maybe',
      });
    });

    it('ends with the task id when the key was removed meanwhile', async () => {
      await rejects(
        wait(() => undefined),
        { kind: 'auth', code: 'NoApiKey', taskId: task.taskId, billed: 'maybe' },
      );
    });

    it('ends when the service refuses the question itself', async () => {
      service.answer('GET', path, 400, { code: 'InvalidParameter', message: 'm' });
      await rejects(wait(), { kind: 'invalidRequest', taskId: task.taskId, billed: 'maybe' });
    });
  });

  describe('when cancelled', () => {
    const refusal = { code: 'UnsupportedOperation', message: 'Failed to cancel the task.' };

    it('during a pause, cancels the task at the service, and nothing was bought', async () => {
      environment.onPause = () => controller.abort();
      service.answer('POST', cancelPath, 200, { request_id: 'c' });
      await rejects(wait(), cancelled('no'));
      deepStrictEqual(service.requests, [
        {
          method: 'POST',
          path: cancelPath,
          headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
          body: undefined,
        },
      ]);
      strictEqual(environment.timeouts.at(-1)?.ms, 10_000);
    });

    it('before the first pause, cancels it too', async () => {
      controller.abort();
      service.answer('POST', cancelPath, 200, { request_id: 'c' });
      await rejects(wait(), cancelled('no'));
    });

    it('during a poll, cancels it too', async () => {
      const hanging = new HangingFetch();
      environment = new FakeEnvironment((url, init) =>
        hanging.calls === 0 ? hanging.fetch(url, init) : service.fetch(url, init),
      );
      service.answer('POST', cancelPath, 200, { request_id: 'c' });
      const result = wait();
      await hanging.started;
      controller.abort();
      await rejects(result, cancelled('no'));
    });

    it('too late for the service to drop the task, says that it may be billed', async () => {
      environment.onPause = () => controller.abort();
      service.answer('POST', cancelPath, 400, refusal);
      await rejects(wait(), cancelled('maybe'));
      strictEqual(service.requests.length, 1);
    });

    for (const [name, fail] of [
      ['fails in the network', () => service.fail('POST', cancelPath, 'ECONNRESET')],
      ['is throttled', () => service.answer('POST', cancelPath, 429, { code: 'Throttling' })],
    ] as const) {
      it(`while the cancel itself ${name}, tries it once and says that it may be billed`, async () => {
        environment.onPause = () => controller.abort();
        fail();
        await rejects(wait(), cancelled('maybe'));
      });
    }

    it('does not wait for the cancel for ever', async () => {
      const hanging = new HangingFetch();
      environment = new FakeEnvironment(hanging.fetch);
      environment.onPause = () => controller.abort();
      const result = wait();
      await hanging.started;
      environment.timeouts.at(-1)?.controller.abort();
      await rejects(result, cancelled('maybe'));
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
