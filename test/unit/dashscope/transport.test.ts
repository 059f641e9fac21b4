import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import type { GenerationProgress } from '../../../src/imageModel/imageModel';
import { apiKey, FakeEnvironment, FakeService, HangingFetch, origin } from './fakeService';

const path = '/api/v1/services/submit';
const reply = { request_id: 'r', output: { task_id: 't' } };
const throttled = { code: 'Throttling.RateQuota', message: 'Slow down.', request_id: 'r' };

describe('the transport', () => {
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

  function transport(address: { baseUrl?: string; key?: string | undefined } = {}) {
    const key = 'key' in address ? address.key : apiKey;
    return new DashScopeTransport(environment, {
      baseUrl: address.baseUrl ?? origin,
      getApiKey: async () => key,
    });
  }

  function submit(isAsync = true, to = transport()) {
    const options = {
      signal: controller.signal,
      onProgress: (step: GenerationProgress) => progress.push(step),
    };
    return to.submit({ path, body: { n: 1 }, isAsync }, options);
  }

  const times = (count: number, action: () => void): void => {
    for (let index = 0; index < count; index += 1) action();
  };

  describe('asks', () => {
    it('with the async header for an asynchronous submit only', async () => {
      times(2, () => service.answer('POST', path, 200, reply));
      await submit(true);
      await submit(false);
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
      deepStrictEqual(service.requests, [
        {
          method: 'POST',
          path,
          headers: { ...headers, 'x-dashscope-async': 'enable' },
          body: { n: 1 },
        },
        { method: 'POST', path, headers, body: { n: 1 } },
      ]);
    });

    it('with the key alone for a query', async () => {
      service.answer('GET', '/api/v1/tasks/t', 200, reply);
      await transport().get('/api/v1/tasks/t', controller.signal);
      deepStrictEqual(service.requests[0]?.headers, { authorization: `Bearer ${apiKey}` });
    });

    it('for the key each time, and trims it', async () => {
      times(2, () => service.answer('POST', path, 200, reply));
      const keys = ['sk-first', ' sk-second\n'];
      const to = new DashScopeTransport(environment, {
        baseUrl: `${origin}/`,
        getApiKey: async () => keys.shift(),
      });
      await submit(true, to);
      await submit(true, to);
      deepStrictEqual(
        service.requests.map(({ headers }) => headers.authorization),
        ['Bearer sk-first', 'Bearer sk-second'],
      );
    });

    it('with a time limit for each kind of request', async () => {
      times(2, () => service.answer('POST', path, 200, reply));
      service.answer('GET', path, 200, reply);
      await submit(false);
      await submit(true);
      await transport().get(path, controller.signal);
      deepStrictEqual(
        environment.timeouts.map(({ ms }) => ms),
        [310_000, 60_000, 30_000],
      );
    });

    it('and says so, a synchronous request running as soon as it is sent', async () => {
      times(2, () => service.answer('POST', path, 200, reply));
      await submit(false);
      await submit(true);
      deepStrictEqual(
        progress.map(({ phase }) => phase),
        ['submitting', 'running', 'submitting'],
      );
    });
  });

  describe('sends nothing', () => {
    for (const key of [undefined, '', '  ']) {
      it(`without a key (${JSON.stringify(key)})`, async () => {
        await rejects(submit(true, transport({ key })), {
          kind: 'auth',
          code: 'NoApiKey',
          billed: 'no',
        });
      });
    }

    it('with a key that no header can carry', async () => {
      for (const key of ['sk-钥匙', 'sk-a sk-b', 'sk-a\r\nHost: x']) {
        await rejects(submit(true, transport({ key })), { kind: 'auth', code: 'MalformedApiKey' });
      }
    });

    it('to an endpoint that is no address', async () => {
      await rejects(submit(true, transport({ baseUrl: 'dashscope' })), {
        kind: 'invalidRequest',
        code: 'EndpointInvalid',
        billed: 'no',
      });
    });

    it('after a cancel', async () => {
      controller.abort();
      await rejects(submit(), (error) => error === controller.signal.reason);
    });
  });

  it('knows the time at the service from its answers', async () => {
    const to = transport();
    strictEqual(to.clockAheadMs, undefined);
    service.answer('GET', path, 200, reply);
    await to.get(path, controller.signal);
    strictEqual(to.clockAheadMs, undefined);
    service.answer('GET', path, 200, reply, { date: 'Thu, 01 Jan 2026 00:10:00 GMT' });
    await to.get(path, controller.signal);
    strictEqual(to.clockAheadMs, 600_000);
  });

  describe('sends again', () => {
    it('what was throttled, with growing pauses, for ten minutes', async () => {
      let calls = 0;
      environment = new FakeEnvironment(async () => {
        calls += 1;
        return Response.json(throttled, { status: 429 });
      });
      await rejects(submit(), {
        kind: 'rateLimit',
        code: 'Throttling.RateQuota',
        requestId: 'r',
        httpStatus: 429,
        retryable: true,
        billed: 'no',
      });
      const { pauses } = environment;
      const first = [1_000, 2_000, 4_000, 8_000, 16_000];
      deepStrictEqual(pauses, [...first, ...Array(24).fill(24_000)]);
      strictEqual(calls, pauses.length + 1);
      const total = pauses.reduce((sum, ms) => sum + ms);
      ok(total >= 600_000 && total < 630_000, `${total}`);
      deepStrictEqual(
        progress.filter(({ phase }) => phase === 'throttled'),
        pauses.map((retryInMs) => ({ phase: 'throttled', retryInMs })),
      );
    });

    it('five times what there is no capacity for', async () => {
      times(5, () => service.answer('POST', path, 503, { code: 'ServiceUnavailable' }));
      await rejects(submit(), { kind: 'server', billed: 'no' });
      deepStrictEqual(environment.pauses, [1_000, 2_000, 4_000, 8_000]);
    });

    const notAccepted: readonly (readonly [number, unknown])[] = [
      [429, throttled],
      [429, 'Too Many Requests'],
      [200, throttled],
      [503, { code: 'ModelUnavailable' }],
      [503, { code: 'ServiceUnavailable' }],
      [500, { code: 'ModelServingError' }],
    ];
    for (const [status, body] of notAccepted) {
      it(`after ${status} ${JSON.stringify(body)}, and takes the answer`, async () => {
        service.answer('POST', path, status, body);
        service.answer('POST', path, 200, reply);
        strictEqual((await submit()).reply.output?.task_id, 't');
      });
    }

    const retryAfter: readonly (readonly [string, number])[] = [
      ['7', 7_000],
      ['0', 1_000],
      ['3600', 60_000],
      ['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
      ['Wed, 31 Dec 2025 00:00:00 GMT', 1_000],
      ['soon', 1_000],
    ];
    for (const [header, expected] of retryAfter) {
      it(`after the pause that Retry-After: ${header} asks for`, async () => {
        service.answer('POST', path, 429, throttled, { 'retry-after': header });
        service.answer('POST', path, 200, reply);
        await submit();
        deepStrictEqual(environment.pauses, [expected]);
      });
    }

    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']) {
      it(`once when no connection stood (${code})`, async () => {
        times(2, () => service.fail('POST', path, code));
        await rejects(submit(), { kind: 'network', code, retryable: true, billed: 'no' });
        deepStrictEqual(environment.pauses, [1_000]);
        deepStrictEqual(progress, [{ phase: 'submitting' }, { phase: 'submitting' }]);
      });
    }

    it('with some chance in the pauses', async () => {
      const chancy = new DashScopeTransport(
        { ...environment, random: () => 0.8 },
        { baseUrl: origin, getApiKey: async () => apiKey },
      );
      times(6, () => service.answer('POST', path, 429, throttled));
      service.answer('POST', path, 200, reply);
      await submit(true, chancy);
      deepStrictEqual(environment.pauses, [1_200, 2_400, 4_800, 9_600, 19_200, 28_800]);
    });
  });

  describe('never sends again', () => {
    const refused: readonly (readonly [number, string, string])[] = [
      [429, 'Throttling.AllocationQuota', 'quota'],
      [429, 'PostpaidBillOverdue', 'billing'],
      [429, 'AllocationQuota.FreeTierOnly', 'quota'],
      [401, 'InvalidApiKey', 'auth'],
      [400, 'InvalidParameter', 'invalidRequest'],
      [400, 'DataInspectionFailed', 'contentFilter'],
      [500, 'InternalError', 'server'],
      [500, 'InternalError.Algo', 'server'],
      [500, 'RequestTimeOut', 'timeout'],
      [200, 'InvalidParameter', 'invalidRequest'],
    ];
    for (const [status, code, kind] of refused) {
      it(`what was refused with ${status} ${code}, which is free`, async () => {
        service.answer('POST', path, status, { code, message: 'm', request_id: 'r' });
        await rejects(submit(), { kind, code, requestId: 'r', httpStatus: status, billed: 'no' });
        deepStrictEqual(environment.pauses, []);
      });
    }

    for (const status of [500, 502, 503, 504]) {
      it(`what a gateway ended with ${status}, which may have been billed`, async () => {
        service.answer('POST', path, status, '<html>Bad gateway</html>', { 'x-request-id': 'h' });
        await rejects(submit(), { code: `Http${status}`, requestId: 'h', billed: 'maybe' });
        deepStrictEqual(environment.pauses, []);
      });
    }

    for (const [code, kind] of [
      ['ECONNRESET', 'network'],
      ['UND_ERR_SOCKET', 'network'],
      ['EPIPE', 'network'],
      ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ] as const) {
      it(`what was lost after it may have left (${code})`, async () => {
        service.fail('POST', path, code);
        await rejects(submit(), { kind, code, retryable: true, billed: 'maybe' });
        deepStrictEqual(environment.pauses, []);
      });
    }

    for (const code of [
      'CERT_HAS_EXPIRED',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ]) {
      it(`where the certificate is not trusted (${code}); nothing was sent`, async () => {
        service.fail('POST', path, code);
        await rejects(submit(), { kind: 'network', code, retryable: false, billed: 'no' });
        deepStrictEqual(environment.pauses, []);
      });
    }

    it('what took too long', async () => {
      const hanging = new HangingFetch();
      environment = new FakeEnvironment(hanging.fetch);
      const result = submit(false);
      await hanging.started;
      environment.timeouts[0]?.controller.abort(new DOMException('late', 'TimeoutError'));
      await rejects(result, { kind: 'timeout', code: 'Timeout', billed: 'maybe' });
      strictEqual(hanging.calls, 1);
    });

    for (const body of ['<html>', '', '{"output":', '[]', '"x"']) {
      it(`what was answered with 200 and ${body || 'nothing'}`, async () => {
        service.answer('POST', path, 200, body, { 'x-request-id': 'h' });
        await rejects(submit(false), {
          kind: 'badResponse',
          code: 'UnreadableReply',
          requestId: 'h',
          billed: 'maybe',
        });
      });
    }

    it('what was answered without end', async () => {
      service.answer('POST', path, 200, ' '.repeat(9 * 1024 * 1024));
      await rejects(submit(), { kind: 'badResponse', code: 'ReplyTooLarge', billed: 'maybe' });
    });

    it('to where a redirect points, so that the key stays with its host', async () => {
      for (const status of [301, 302, 307, 308]) {
        service.answer('POST', path, status, '', { location: 'https://elsewhere.example/' });
        await rejects(submit(), { kind: 'badResponse', code: 'Redirected', billed: 'no' });
      }
    });
  });

  it('logs what happened, but neither key nor body', async () => {
    service.answer('POST', path, 429, throttled);
    service.answer('POST', path, 200, reply);
    await submit();
    deepStrictEqual(environment.logger.lines, [
      `info: POST ${path}: 429 Throttling.RateQuota (request r) after 0 ms`,
      `info: POST ${path}: 200 (request r) after 0 ms`,
    ]);
    ok(!environment.logger.lines.join().includes(apiKey));
  });
});
