import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { cancelTask } from '../../../src/dashscope/tasks';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import { apiKey, FakeEnvironment, FakeService, HangingFetch, origin } from './fakeService';

const taskId = 'task/1';
const cancelPath = '/api/v1/tasks/task%2F1/cancel';

describe('cancelling a task at the service', () => {
  let service: FakeService;
  let environment: FakeEnvironment;

  beforeEach(() => {
    service = new FakeService();
    environment = new FakeEnvironment(service.fetch);
  });
  afterEach(() => service.close());

  function cancel(): Promise<boolean> {
    const address = { baseUrl: origin, getApiKey: async () => apiKey };
    const transport = new DashScopeTransport(environment, address);
    return cancelTask(taskId, { transport, environment });
  }

  const refuse = (status: number, body: object | string): void =>
    service.answer('POST', cancelPath, status, body);

  it('asks once, within ten seconds, and is told that nothing was bought', async () => {
    service.answer('POST', cancelPath, 200, { request_id: 'c' });
    strictEqual(await cancel(), true);
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

  const tooLate = { code: 'UnsupportedOperation', message: 'Failed to cancel the task.' };

  for (const [status, body] of [
    [400, tooLate],
    [400, { code: 'InvalidParameter', message: 'The task has ended.' }],
    [409, { code: 'Conflict', message: 'The task has ended.' }],
  ] as const) {
    it(`is told that it is too late by ${status} ${body.code}`, async () => {
      refuse(status, body);
      strictEqual(await cancel(), false);
    });
  }

  const open: readonly (readonly [string, string, () => void])[] = [
    ['a lost connection', 'ECONNRESET', () => service.fail('POST', cancelPath, 'ECONNRESET')],
    ['no connection', 'ENOTFOUND', () => service.fail('POST', cancelPath, 'ENOTFOUND')],
    ['500', 'InternalError', () => refuse(500, { code: 'InternalError' })],
    ['502 of a gateway', 'Http502', () => refuse(502, '<html>')],
    ['400 of a gateway', 'Http400', () => refuse(400, '<html>')],
    ['a page', 'UnreadableReply', () => refuse(200, '<html>Sign in</html>')],
    ['401', 'InvalidApiKey', () => refuse(401, { code: 'InvalidApiKey' })],
    ['403', 'AccessDenied', () => refuse(403, { code: 'AccessDenied' })],
    ['404', 'NotFound', () => refuse(404, { code: 'NotFound' })],
    ['an unpaid bill', 'Arrearage', () => refuse(400, { code: 'Arrearage' })],
  ];
  for (const [name, code, fail] of open) {
    it(`fails after one request for ${name}, which leaves it open`, async () => {
      fail();
      await rejects(cancel(), {
        ...{ name: 'ImageGenerationError', code, taskId, billed: 'maybe' },
      });
      deepStrictEqual(environment.pauses, []);
    });
  }

  it('tries once more when the service is busy', async () => {
    refuse(429, { code: 'Throttling' });
    refuse(200, {});
    strictEqual(await cancel(), true);
    refuse(429, { code: 'Throttling' });
    refuse(400, tooLate);
    strictEqual(await cancel(), false);
    deepStrictEqual(environment.pauses, [1_000, 1_000]);
    refuse(429, { code: 'Throttling' });
    refuse(429, { code: 'Throttling.RateQuota' });
    await rejects(cancel(), { code: 'Throttling.RateQuota', taskId });
  });

  it('fails when nobody answers', async () => {
    const hanging = new HangingFetch();
    environment = new FakeEnvironment(hanging.fetch);
    const result = cancel();
    await hanging.started;
    environment.timeouts.at(-1)?.controller.abort();
    await rejects(result, { kind: 'timeout', taskId, billed: 'maybe' });
  });

  it('waits for leave before each request', async () => {
    const asked: number[] = [];
    const beforeQuery = async (): Promise<void> => {
      asked.push(service.requests.length);
    };
    Object.assign(environment, { beforeQuery });
    refuse(429, { code: 'Throttling' });
    refuse(200, {});
    await cancel();
    deepStrictEqual(asked, [0, 1]);
  });
});
