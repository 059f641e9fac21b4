import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { errorRules } from '../../../src/dashscope/errorRules';
import { type Billed, type ErrorKind, ImageGenerationError } from '../../../src/imageModel/errors';
import { FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';

/** What is tried after a refusal: nothing, by the person later, or by Easel: five times, or for ten minutes. */
type Next = 'stop' | 'later' | 'again' | 'wait';

/** The table of the error page, with every other name: status, codes, kind, next. */
const documented: readonly (readonly [number, readonly string[], ErrorKind, Next])[] = [
  [401, ['InvalidApiKey', 'invalid_api_key'], 'auth', 'stop'],
  // Of a token plan: its code is not known.
  [401, ['', 'invalid_token'], 'auth', 'stop'],
  [401, ['NOT AUTHORIZED'], 'auth', 'stop'],
  [403, ['AccessDenied', 'access_denied'], 'auth', 'stop'],
  [403, ['AccessDenied.Unpurchased'], 'billing', 'stop'],
  [403, ['Model.AccessDenied', 'Workspace.AccessDenied', 'App.AccessDenied'], 'auth', 'stop'],
  [403, ['Endpoint.AccessDenied'], 'modelUnavailable', 'stop'],
  [403, ['AllocationQuota.FreeTierOnly'], 'quota', 'stop'],
  [429, ['AllocationQuota.FreeTierOnly'], 'quota', 'stop'],
  [404, ['ModelNotFound', 'model_not_found', 'model not supported'], 'modelUnavailable', 'stop'],
  [404, ['WorkSpaceNotFound'], 'auth', 'stop'],
  [404, ['NotFound'], 'invalidRequest', 'stop'],
  [400, ['Arrearage'], 'billing', 'stop'],
  [400, ['DataInspectionFailed', 'data_inspection_failed'], 'contentFilter', 'stop'],
  [400, ['IPInfringementSuspect', 'CustomRoleBlocked', 'FaqRuleBlocked'], 'contentFilter', 'stop'],
  [400, ['InvalidParameter', 'InvalidParameter.DataInspection'], 'invalidRequest', 'stop'],
  [400, ['invalid_request_error', 'invalid_parameter_error'], 'invalidRequest', 'stop'],
  [400, ['InvalidURL', 'InvalidURL.ConnectionRefused'], 'invalidRequest', 'stop'],
  [400, ['InvalidURL.Timeout'], 'invalidRequest', 'later'],
  [400, ['InvalidImage', 'InvalidImage.FormatNotSupported'], 'invalidRequest', 'stop'],
  [400, ['InvalidImageFormat', 'InvalidImageResolution'], 'invalidRequest', 'stop'],
  [400, ['InvalidFile', 'InvalidFile.Size'], 'invalidRequest', 'stop'],
  [
    400,
    ['BadRequest', 'BadRequest.EmptyInput', 'BadRequest.EmptyParameters'],
    'invalidRequest',
    'stop',
  ],
  [400, ['BadRequest.EmptyModel', 'BadRequest.IllegalInput'], 'invalidRequest', 'stop'],
  [400, ['BadRequest.InputDownloadFailed', 'BadRequest.TooLarge'], 'invalidRequest', 'stop'],
  [400, ['UnsupportedOperation', 'ServiceUnavailableError'], 'invalidRequest', 'stop'],
  [413, [''], 'invalidRequest', 'stop'],
  [
    429,
    ['Throttling', 'Throttling.RateQuota', 'LimitRequests', 'limit_requests'],
    'rateLimit',
    'wait',
  ],
  [
    429,
    ['Throttling.BurstRate', 'limit_burst_rate', 'Throttling.Concurrency'],
    'rateLimit',
    'wait',
  ],
  [429, ['Throttling.AllocationQuota', 'insufficient_quota'], 'quota', 'later'],
  [429, ['CommodityNotPurchased', 'PrepaidBillOverdue', 'PostpaidBillOverdue'], 'billing', 'stop'],
  [500, ['InternalError', 'internal_error', 'InternalError.Algo'], 'server', 'later'],
  [500, ['InternalError.Timeout', 'RequestTimeOut'], 'timeout', 'later'],
  [500, ['InternalError.FileUpload', 'InternalError.Upload'], 'server', 'later'],
  [500, ['SystemError', 'ModelServiceFailed', 'RewriteFailed'], 'server', 'later'],
  [500, ['ModelServingError', 'ServiceUnavailable'], 'server', 'again'],
  [503, ['ModelServingError', 'ServiceUnavailable'], 'server', 'again'],
  [503, ['ModelUnavailable'], 'modelUnavailable', 'again'],
];

/** How often it is sent. */
function attempts(next: Next): number {
  return next === 'wait' ? 30 : next === 'again' ? 5 : 1;
}

const cases = documented.flatMap(([status, codes, kind, next]) =>
  codes.map((code) => ({ status, code, kind, next })),
);
/** What a task or a reply of HTTP 200 can name; an unknown code says nothing without a status. */
const named = [...new Map(cases.map((one) => [one.code, one])).values()].filter(
  ({ code }) => !['', 'invalid_token'].includes(code),
);

const message = 'What the service says. For details, see: https://help.example/#x';
const signal = new AbortController().signal;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

function json(status: number, body: object, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

describe('each error code, on real HTTP', () => {
  let server: Server;
  let url = '';
  let submits = 0;
  let answer: Answer;
  let pauses: readonly number[];

  before(
    () =>
      new Promise<void>((resolve) => {
        server = createServer((request, response) => {
          if (request.method === 'POST') submits += 1;
          request.resume().on('end', () => answer(request, response));
        });
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
          resolve();
        });
      }),
  );
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    submits = 0;
  });

  /** The facts of the failure that comes out. */
  async function failureOf(modelId: string): Promise<ImageGenerationError> {
    const environment = new FakeEnvironment((target, init) => globalThis.fetch(target, init));
    pauses = environment.pauses;
    const provider = new DashScopeProvider({
      ...providerOptions(environment),
      baseUrlFor: () => url,
    });
    const model = modelIn(provider, modelId);
    const size = { width: 1280, height: 1280 };
    try {
      await generateWith(model, { modelId, prompt: 'a fox', size, count: 1 }, { signal });
    } catch (error) {
      if (error instanceof ImageGenerationError) return error;
      throw error;
    }
    throw new Error('there is no failure');
  }

  function facts(error: ImageGenerationError): object {
    const { kind, code, httpStatus, retryable, billed, requestId, serviceMessage } = error;
    return { kind, code, httpStatus, retryable, billed, requestId, serviceMessage };
  }

  it('is in the table, and in this test', () => {
    const codes = new Set(named.map(({ code }) => code));
    const untested = [...errorRules.keys()].filter((code) => !codes.has(code));
    deepStrictEqual(untested, ['StreamBroken', 'TextOnly']);
  });

  for (const { status, code, kind, next } of cases) {
    const expected = {
      kind,
      code: code || `Http${status}`,
      httpStatus: status,
      retryable: next !== 'stop',
      billed: 'no' satisfies Billed,
      requestId: 'r-1',
      serviceMessage: 'What the service says.',
    };

    it(`is told: ${status} ${code || 'without a code'}`, async () => {
      answer = json(status, { code, message, request_id: 'r-1' });
      deepStrictEqual(facts(await failureOf('qwen-image-2.0')), expected);
      deepStrictEqual([submits, pauses.length], [attempts(next), attempts(next) - 1]);
    });

    it(`is told in the form of OpenAI, the request id in a header: ${status} ${code || 'without a code'}`, async () => {
      const error = { message, type: code, param: null, code: code || null };
      answer = json(status, { error }, { 'x-request-id': 'r-1' });
      deepStrictEqual(facts(await failureOf('qwen-image-2.0')), expected);
      strictEqual(submits, attempts(next));
    });
  }

  for (const { code, kind, next } of named) {
    it(`is told with HTTP 200: ${code}`, async () => {
      answer = json(200, { code, message, request_id: 'r-1' });
      deepStrictEqual(facts(await failureOf('qwen-image-2.0')), {
        ...{ kind, code, httpStatus: 200, retryable: next !== 'stop', billed: 'no' },
        ...{ requestId: 'r-1', serviceMessage: 'What the service says.' },
      });
      strictEqual(submits, attempts(next));
    });

    it(`is told by a task that failed: ${code}`, async () => {
      answer = (request, response) => {
        const output = { task_id: 't', task_status: 'FAILED', code, message };
        const body = request.method === 'POST' ? { task_id: 't', task_status: 'PENDING' } : output;
        json(200, { request_id: 'r-1', output: body })(request, response);
      };
      const error = await failureOf('wan2.2-t2i-flash');
      deepStrictEqual(
        [error.kind, error.code, error.taskId, error.requestId, error.billed, error.retryable],
        [kind, code, 't', 'r-1', 'no', next !== 'stop'],
      );
      strictEqual(submits, 1);
    });
  }

  it('may be missing, as on the page of a gateway, and then it is not free', async () => {
    const unsure: readonly (readonly [number, ErrorKind])[] = [
      [500, 'server'],
      [502, 'server'],
      [503, 'server'],
      [504, 'timeout'],
    ];
    for (const [status, kind] of unsure) {
      submits = 0;
      answer = (_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html', 'x-request-id': 'g' });
        response.end('<html>Bad gateway</html>');
      };
      const { code, requestId, billed, ...error } = await failureOf('qwen-image-2.0');
      deepStrictEqual([error.kind, code, requestId, billed], [kind, `Http${status}`, 'g', 'maybe']);
      strictEqual(submits, 1);
    }
  });

  it('goes another way where there is one: for a mode that is not served', async () => {
    for (const [status, code] of [
      [403, 'AccessDenied'],
      [404, 'NotFound'],
    ] as const) {
      submits = 0;
      answer = json(status, { code, message });
      strictEqual((await failureOf('wan2.6-t2i')).code, code);
      strictEqual(submits, 2);
    }
    submits = 0;
    answer = json(404, { code: 'ModelNotFound', message });
    strictEqual((await failureOf('wan2.6-t2i')).code, 'ModelNotFound');
    strictEqual(submits, 1);
    submits = 0;
    answer = json(429, { code: 'Throttling.RateQuota', message });
    strictEqual((await failureOf('wan2.6-t2i')).code, 'Throttling.RateQuota');
    strictEqual(submits, 5 + attempts('wait'));
  });
});
