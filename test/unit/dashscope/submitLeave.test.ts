import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import type { SubmitMode, SubmitOptions } from '../../../src/imageModel/imageModel';
import { apiKey, FakeEnvironment, FakeService, HangingFetch, origin } from './fakeService';

const path = '/api/v1/services/submit';
const reply = { request_id: 'r', output: { task_id: 't' } };
const throttled = { code: 'Throttling.RateQuota', message: 'Slow down.', request_id: 'r' };

describe('a submit', () => {
  let service: FakeService;
  let environment: FakeEnvironment;
  let controller: AbortController;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
    controller = new AbortController();
  });
  afterEach(() => service.close());

  function transport() {
    return new DashScopeTransport(environment, {
      baseUrl: origin,
      getApiKey: async () => apiKey,
    });
  }

  function submit(
    isAsync = true,
    beforeSend?: (mode: SubmitMode) => Promise<void>,
    more: Partial<SubmitOptions> = {},
  ) {
    const options = { signal: controller.signal, ...(beforeSend && { beforeSend }), ...more };
    return transport().submit({ path, body: { n: 1 }, isAsync }, options);
  }

  const isCancelled = (error: unknown): boolean => error === controller.signal.reason;

  const times = (count: number, action: () => void): void => {
    for (let index = 0; index < count; index += 1) action();
  };

  it('asks for leave before each attempt, and names the moment at which the last one left', async () => {
    service.answer('POST', path, 429, throttled);
    service.fail('POST', path, 'ECONNREFUSED');
    times(2, () => service.answer('POST', path, 200, reply));
    const asked: SubmitMode[] = [];
    const leave = async (mode: SubmitMode): Promise<void> => {
      asked.push(mode);
      environment.time += 60_000;
    };
    const start = environment.time;
    const { sentAt } = await submit(true, leave);
    strictEqual(sentAt - start, 60_000 + 1_000 + 60_000 + 1_000 + 60_000);
    await submit(false, leave);
    deepStrictEqual(asked, ['task', 'task', 'task', 'call']);
  });

  describe('says that nothing was taken', () => {
    let events: string[];

    beforeEach(() => {
      events = [];
      environment.onPause = () => events.push('pause');
    });

    const told = (isAsync = true) =>
      submit(isAsync, async () => void events.push('leave'), {
        onRefused: () => events.push('refused'),
        onProgress: ({ phase }) => events.push(phase),
      });

    for (const [status, code] of [
      [429, 'Throttling.RateQuota'],
      [503, 'ModelUnavailable'],
    ] as const) {
      it(`before it pauses after ${status} ${code}`, async () => {
        service.answer('POST', path, status, { code, message: 'm' });
        service.answer('POST', path, 200, reply);
        await told();
        const again = ['refused', 'throttled', 'pause', 'leave', 'submitting'];
        deepStrictEqual(events, ['leave', 'submitting', ...again]);
      });
    }

    for (const isAsync of [true, false]) {
      it(`before it pauses for want of a connection (${isAsync ? 'task' : 'call'})`, async () => {
        service.fail('POST', path, 'ECONNREFUSED', 'connect');
        service.answer('POST', path, 200, reply);
        await told(isAsync);
        deepStrictEqual(
          events.filter((event) => event !== 'running'),
          ['leave', 'submitting', 'refused', 'pause', 'leave', 'submitting'],
        );
      });
    }

    it('not after the last attempt, which fails', async () => {
      times(2, () => service.fail('POST', path, 'ECONNREFUSED', 'connect'));
      await rejects(told(), { code: 'ECONNREFUSED' });
      strictEqual(events.filter((event) => event === 'refused').length, 1);
      service.answer('POST', path, 400, { code: 'InvalidParameter', message: 'm' });
      await rejects(told(), { code: 'InvalidParameter' });
      strictEqual(events.filter((event) => event === 'refused').length, 1);
    });

    it('not where it may have been taken: after a lost answer, or the word of a gateway', async () => {
      service.fail('POST', path, 'ECONNRESET');
      service.answer('POST', path, 503, '<html>');
      for (let index = 0; index < 2; index += 1) await rejects(told(), { billed: 'maybe' });
      deepStrictEqual(events, ['leave', 'submitting', 'leave', 'submitting']);
    });
  });

  describe('sends nothing', () => {
    it('and asks for no leave after a cancel', async () => {
      controller.abort();
      const asked: SubmitMode[] = [];
      await rejects(
        submit(true, async (mode) => void asked.push(mode)),
        isCancelled,
      );
      deepStrictEqual(asked, []);
    });

    it('where it gets no leave', async () => {
      const refusal = new Error('the disk is full');
      await rejects(
        submit(true, () => Promise.reject(refusal)),
        (error) => error === refusal,
      );
    });

    it('again where it gets no leave to send again', async () => {
      service.answer('POST', path, 429, throttled);
      const refusal = new Error('another window has it');
      let isFirst = true;
      const once = async (): Promise<void> => {
        if (!isFirst) throw refusal;
        isFirst = false;
      };
      await rejects(submit(true, once), (error) => error === refusal);
      strictEqual(service.requests.length, 1);
    });

    it('when it is cancelled while it waits for leave', async () => {
      await rejects(
        submit(true, async () => controller.abort()),
        isCancelled,
      );
    });
  });

  it('waits for leave in between for as long as that takes', async () => {
    times(4, () => service.answer('POST', path, 429, throttled));
    service.answer('POST', path, 200, reply);
    const leave = async (): Promise<void> => {
      environment.time += 3_600_000;
    };
    await submit(true, leave);
    strictEqual(environment.pauses.length, 4);
  });

  describe('when cancelled, rejects with the reason', () => {
    it('during the pause before another attempt', async () => {
      service.answer('POST', path, 429, throttled);
      environment.onPause = () => controller.abort();
      await rejects(submit(), isCancelled);
    });

    for (const isAsync of [true, false]) {
      it(`while ${isAsync ? 'an asynchronous' : 'a synchronous'} request is under way, at once`, async () => {
        const hanging = new HangingFetch();
        environment = new FakeEnvironment(hanging.fetch);
        const result = submit(isAsync);
        await hanging.started;
        controller.abort(new Error('let go'));
        await rejects(result, isCancelled);
        deepStrictEqual(environment.pauses, []);
      });
    }

    it('while a query is under way', async () => {
      const hanging = new HangingFetch();
      environment = new FakeEnvironment(hanging.fetch);
      const result = transport().get(path, controller.signal);
      await hanging.started;
      controller.abort();
      await rejects(result, isCancelled);
    });

    it('while no connection could be made', async () => {
      environment = new FakeEnvironment(async () => {
        controller.abort();
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
        });
      });
      await rejects(submit(false), isCancelled);
    });
  });
});
