import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { toApiError, toFailedImage } from '../../../src/dashscope/apiErrors';
import { errorRules, findErrorRule } from '../../../src/dashscope/errorRules';
import type { ErrorKind } from '../../../src/imageModel/errors';

/** HTTP status, code, kind, and what may be done: `retry` by a person later, `resend` also by ourselves. */
const documented: readonly (readonly [number, string, ErrorKind, ('retry' | 'resend')?])[] = [
  [401, 'InvalidApiKey', 'auth'],
  [401, 'invalid_api_key', 'auth'],
  [401, 'NOT AUTHORIZED', 'auth'],
  [403, 'AccessDenied', 'auth'],
  [403, 'access_denied', 'auth'],
  [403, 'AccessDenied.Unpurchased', 'billing'],
  [403, 'Model.AccessDenied', 'auth'],
  [403, 'Workspace.AccessDenied', 'auth'],
  [403, 'Endpoint.AccessDenied', 'modelUnavailable'],
  [403, 'App.AccessDenied', 'auth'],
  [403, 'AllocationQuota.FreeTierOnly', 'quota'],
  [404, 'ModelNotFound', 'modelUnavailable'],
  [404, 'model_not_found', 'modelUnavailable'],
  [404, 'model not supported', 'modelUnavailable'],
  [404, 'WorkSpaceNotFound', 'auth'],
  [404, 'NotFound', 'invalidRequest'],
  [400, 'Arrearage', 'billing'],
  [400, 'DataInspectionFailed', 'contentFilter'],
  [400, 'data_inspection_failed', 'contentFilter'],
  [400, 'InvalidParameter.DataInspection', 'invalidRequest'],
  [400, 'IPInfringementSuspect', 'contentFilter'],
  [400, 'CustomRoleBlocked', 'contentFilter'],
  [400, 'FaqRuleBlocked', 'contentFilter'],
  [400, 'InvalidParameter', 'invalidRequest'],
  [400, 'invalid_request_error', 'invalidRequest'],
  [400, 'invalid_parameter_error', 'invalidRequest'],
  [400, 'InvalidURL', 'invalidRequest'],
  [400, 'InvalidURL.ConnectionRefused', 'invalidRequest'],
  [400, 'InvalidURL.Timeout', 'invalidRequest', 'retry'],
  [400, 'InvalidImage', 'invalidRequest'],
  [400, 'InvalidImageFormat', 'invalidRequest'],
  [400, 'InvalidImageResolution', 'invalidRequest'],
  [400, 'InvalidFile', 'invalidRequest'],
  [400, 'BadRequest', 'invalidRequest'],
  [400, 'BadRequest.EmptyInput', 'invalidRequest'],
  [400, 'BadRequest.EmptyParameters', 'invalidRequest'],
  [400, 'BadRequest.EmptyModel', 'invalidRequest'],
  [400, 'BadRequest.IllegalInput', 'invalidRequest'],
  [400, 'BadRequest.InputDownloadFailed', 'invalidRequest'],
  [400, 'BadRequest.TooLarge', 'invalidRequest'],
  [400, 'UnsupportedOperation', 'invalidRequest'],
  [400, 'ServiceUnavailableError', 'invalidRequest'],
  [429, 'Throttling', 'rateLimit', 'resend'],
  [429, 'Throttling.RateQuota', 'rateLimit', 'resend'],
  [429, 'LimitRequests', 'rateLimit', 'resend'],
  [429, 'limit_requests', 'rateLimit', 'resend'],
  [429, 'Throttling.BurstRate', 'rateLimit', 'resend'],
  [429, 'limit_burst_rate', 'rateLimit', 'resend'],
  [429, 'Throttling.Concurrency', 'rateLimit', 'resend'],
  [429, 'Throttling.AllocationQuota', 'quota', 'retry'],
  [429, 'insufficient_quota', 'quota', 'retry'],
  [429, 'CommodityNotPurchased', 'billing'],
  [429, 'PrepaidBillOverdue', 'billing'],
  [429, 'PostpaidBillOverdue', 'billing'],
  [500, 'InternalError', 'server', 'retry'],
  [500, 'internal_error', 'server', 'retry'],
  [500, 'InternalError.Algo', 'server', 'retry'],
  [500, 'InternalError.Timeout', 'timeout', 'retry'],
  [500, 'InternalError.FileUpload', 'server', 'retry'],
  [500, 'InternalError.Upload', 'server', 'retry'],
  [500, 'SystemError', 'server', 'retry'],
  [500, 'ModelServiceFailed', 'server', 'retry'],
  [500, 'RewriteFailed', 'server', 'retry'],
  [500, 'RequestTimeOut', 'timeout', 'retry'],
  [500, 'ModelServingError', 'server', 'resend'],
  [503, 'ServiceUnavailable', 'server', 'resend'],
  [503, 'ModelUnavailable', 'modelUnavailable', 'resend'],
];

describe('the table of error codes', () => {
  it('has exactly the documented codes, and those of a stream without all of its images', () => {
    const codes = [...documented.map(([, code]) => code), 'StreamBroken', 'TextOnly'];
    deepStrictEqual([...errorRules.keys()].sort(), codes.sort());
  });

  for (const [httpStatus, code, kind, next] of documented) {
    it(`knows ${code}`, () => {
      const message = 'What the service says.';
      const error = toApiError(httpStatus, { code, message, request_id: 'r' });
      deepStrictEqual(
        [error.kind, error.code, error.httpStatus, error.requestId, error.retryable, error.billed],
        [kind, code, httpStatus, 'r', next !== undefined, 'no'],
      );
      strictEqual(findErrorRule(code, httpStatus).resend ?? false, next === 'resend');
      strictEqual(error.serviceMessage, message);
      ok(/^[A-Z].*[.;].*\.$/.test(error.message), error.message);
    });
  }

  it('looks an unknown part of a code up by what stands before it', () => {
    strictEqual(
      toApiError(400, { code: 'InvalidImage.FormatNotSupported' }).kind,
      'invalidRequest',
    );
    strictEqual(toApiError(429, { code: 'Throttling.Something.New' }).kind, 'rateLimit');
    strictEqual(toApiError(400, { code: 'Throttling.RateQuota.' }).code, 'Throttling.RateQuota.');
  });

  const byStatus: readonly (readonly [number, ErrorKind, boolean, 'no' | 'maybe'])[] = [
    [400, 'invalidRequest', false, 'no'],
    [401, 'auth', false, 'no'],
    [403, 'auth', false, 'no'],
    [404, 'modelUnavailable', false, 'no'],
    [408, 'timeout', true, 'maybe'],
    [413, 'invalidRequest', false, 'no'],
    [418, 'invalidRequest', false, 'no'],
    [429, 'rateLimit', true, 'no'],
    [500, 'server', true, 'maybe'],
    [502, 'server', true, 'maybe'],
    [503, 'server', true, 'maybe'],
    [504, 'timeout', true, 'maybe'],
  ];
  for (const [httpStatus, kind, retryable, billed] of byStatus) {
    it(`goes by the status ${httpStatus} where there is no code`, () => {
      for (const body of [undefined, null, 'oops', [], {}, { code: 7, message: {} }]) {
        const error = toApiError(httpStatus, body, 'from-header');
        deepStrictEqual(
          [error.kind, error.code, error.retryable, error.billed, error.requestId],
          [kind, `Http${httpStatus}`, retryable, billed, 'from-header'],
        );
      }
    });
  }

  it('goes by the status for a code that it does not know, and then quotes the service', () => {
    for (const code of ['Novelty', 'constructor', '.', '..', 'A.B']) {
      const error = toApiError(400, { code, message: 'No such thing.' });
      deepStrictEqual([error.kind, error.code, error.billed], ['invalidRequest', code, 'no']);
      ok(error.message.endsWith('The service says: No such thing.'));
    }
    strictEqual(toApiError(200, { code: 'Novelty' }).kind, 'server');
  });
});

describe('the words of an API error', () => {
  it('name the broken rule, without the advertised page', () => {
    const message =
      'num_images_per_prompt must be 1 For details, see: https://help.aliyun.com/zh/model-studio/error-code#x';
    strictEqual(
      toApiError(400, { code: 'InvalidParameter', message }).message,
      'The service did not accept the request; change what it names and generate again. The service says: num_images_per_prompt must be 1',
    );
  });

  it('leave out those of the service, where ours say more', () => {
    const message = 'Input data may contain inappropriate content.';
    const error = toApiError(400, { code: 'DataInspectionFailed', message });
    ok(!error.message.includes(message));
    strictEqual(error.serviceMessage, message);
  });

  it('never repeat a key', () => {
    const message = 'Incorrect API key: sk-ws-12345678abcdef.';
    const { serviceMessage } = toApiError(401, { code: 'invalid_api_key', message });
    strictEqual(serviceMessage, 'Incorrect API key: sk-….');
  });

  it('never repeat a temporary token, nor a key in quotes', () => {
    const message = 'No access for "st-0123456789abcdef", \'sk-0123456789\' or (sk-ws-0123456789).';
    const error = toApiError(400, { code: 'InvalidParameter', message });
    const words = 'No access for "st-…", \'sk-…\' or (sk-…).';
    strictEqual(error.serviceMessage, words);
    ok(error.message.endsWith(words));
    strictEqual(toFailedImage('InvalidParameter', message).message.split(': ').at(-1), words);
  });

  it('never repeat what follows the path of an address', () => {
    const signed = 'b.example/me.png?Expires=1&OSSAccessKeyId=LTAI&Signature=AbC%2Bd%3D';
    const cases: readonly (readonly [string, string])[] = [
      [`Download https://${signed} timed out`, 'Download https://b.example/me.png?… timed out'],
      [
        `"HTTPS://${signed}" and http://${signed}`,
        '"HTTPS://b.example/me.png?…" and http://b.example/me.png?…',
      ],
      [`url:https://${signed}&a='b'&Signature=c`, 'url:https://b.example/me.png?…'],
      ['at https://b.example/me.png#Signature=c', 'at https://b.example/me.png?…'],
      ['at https://b.example/me.png', 'at https://b.example/me.png'],
    ];
    for (const [message, expected] of cases) {
      const error = toApiError(400, { code: 'InvalidURL.Timeout', message });
      strictEqual(error.serviceMessage, expected);
      ok(error.message.endsWith(`The service says: ${expected}`));
    }
  });

  it('are found under the other names of the gateway', () => {
    const nested = toApiError(400, { error: { code: 'InvalidParameter', message: 'Bad n.' } }, 'h');
    deepStrictEqual([nested.code, nested.requestId], ['InvalidParameter', 'h']);
    ok(nested.message.endsWith('Bad n.'));
    const flat = toApiError(400, { code: 'InvalidParameter', msg: 'Bad n.', requestId: 'r' });
    deepStrictEqual([flat.message.endsWith('Bad n.'), flat.requestId], [true, 'r']);
  });

  it('stay when the task is added', () => {
    const error = toApiError(401, { code: 'InvalidApiKey', message: 'm', request_id: 'r' });
    const { stack: _, ...fields } = error.with({ taskId: 't', billed: 'maybe' });
    deepStrictEqual(fields, { ...error, taskId: 't', billed: 'maybe' });
  });
});
