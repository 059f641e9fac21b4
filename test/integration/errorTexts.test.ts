import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { toFailedImage, toServiceError } from '../../src/dashscope/apiErrors';
import { errorRules } from '../../src/dashscope/errorRules';
import { toNetworkFailure } from '../../src/dashscope/networkErrors';
import { type ErrorKind, ImageGenerationError } from '../../src/imageModel/errors';
import { type ErrorAction, errorText, failedImageText } from '../../src/ui/errorText';
import { lostAnswerTexts } from '../../src/ui/jobCodeTexts';

/** Codes, how their text begins, and its first button, if it has any. */
type Row = readonly [codes: readonly string[], start: string, action?: ErrorAction];

const unsure = /It is not known whether the image was made; it may have been billed\./;

/** With the HTTP status that the service gives them. */
const serviceRows: readonly (readonly [status: number, ...Row])[] = [
  [
    401,
    ['InvalidApiKey', 'invalid_api_key'],
    'The service did not accept the API key.',
    'setApiKey',
  ],
  [
    403,
    ['AccessDenied', 'access_denied', 'Model.AccessDenied', 'App.AccessDenied', 'Brand.New'],
    'The API key is not allowed to use this model.',
    'openConsole',
  ],
  [
    403,
    ['Workspace.AccessDenied', 'WorkSpaceNotFound', 'NOT AUTHORIZED'],
    'The API key has no access to its workspace,',
    'openConsole',
  ],
  [403, ['AccessDenied.Unpurchased'], 'Model Studio is not activated', 'openConsole'],
  [
    404,
    ['Endpoint.AccessDenied', 'ModelNotFound', 'model_not_found', 'model not supported'],
    'The model is not available for this region and key.',
    'selectModel',
  ],
  [503, ['ModelUnavailable'], 'The model is unavailable at the moment. Try again', 'selectModel'],
  [404, ['NotFound', ''], 'There is no such service at this address.', 'openEndpointSetting'],
  [
    400,
    ['Arrearage', 'CommodityNotPurchased', 'PrepaidBillOverdue', 'PostpaidBillOverdue'],
    'The account cannot be charged.',
    'openConsole',
  ],
  [
    403,
    ['AllocationQuota.FreeTierOnly'],
    'The free quota of this model is used up. Turn off "use free tier only"',
    'openConsole',
  ],
  [
    429,
    ['Throttling.AllocationQuota', 'insufficient_quota'],
    'The quota of this model is used up.',
    'openConsole',
  ],
  [
    429,
    [
      ...['Throttling', 'Throttling.BurstRate', 'Throttling.Concurrency'],
      ...['LimitRequests', 'limit_requests', 'limit_burst_rate', ''],
    ],
    'The service is receiving too many requests. Wait',
    'showLog',
  ],
  [
    429,
    ['Throttling.RateQuota'],
    'The service is receiving too many requests. Wait a minute and try again. If this goes on, the model may take no tasks',
    'selectModel',
  ],
  [
    400,
    ['DataInspectionFailed', 'data_inspection_failed'],
    "The service's content check refused",
    'showLog',
  ],
  [
    400,
    ['CustomRoleBlocked', 'FaqRuleBlocked'],
    'A content rule of your own account',
    'openConsole',
  ],
  [400, ['IPInfringementSuspect'], 'The service suspects protected work', 'showLog'],
  [
    400,
    [
      ...['InvalidParameter', 'invalid_parameter_error', 'invalid_request_error', 'BadRequest'],
      ...['BadRequest.EmptyInput', 'BadRequest.EmptyParameters', 'BadRequest.EmptyModel'],
      ...['BadRequest.IllegalInput', 'ServiceUnavailableError', 'Brand.New', ''],
    ],
    'The service refused the request: n must be 1. Change the parameters,',
    'selectModel',
  ],
  [413, ['BadRequest.TooLarge', ''], 'The request is too large', 'showLog'],
  [
    400,
    [
      ...['InvalidURL', 'InvalidURL.ConnectionRefused', 'InvalidURL.Timeout'],
      'BadRequest.InputDownloadFailed',
    ],
    'The service could not fetch the input image.',
    'showLog',
  ],
  [
    400,
    [
      ...['InvalidImage', 'InvalidImage.FileFormat', 'InvalidImageFormat', 'InvalidFile'],
      ...['InvalidImageResolution', 'InvalidParameter.DataInspection'],
    ],
    'The service cannot use the input image:',
    'showLog',
  ],
  [400, ['UnsupportedOperation'], 'The service has begun,', 'showLog'],
  [
    500,
    [
      ...['InternalError', 'internal_error', 'InternalError.Algo', 'InternalError.FileUpload'],
      ...['InternalError.Upload', 'SystemError', 'ModelServiceFailed', 'TaskFailed', 'Brand.New'],
    ],
    'The service had a problem of its own. Try again',
    'showLog',
  ],
  [
    500,
    ['RequestTimeOut', 'InternalError.Timeout'],
    'The service needed too long and gave up. Try again, with fewer images',
    'showLog',
  ],
  [
    500,
    ['RewriteFailed'],
    'The service could not rewrite the prompt. Try again, or turn',
    'showLog',
  ],
  [503, ['ModelServingError', 'ServiceUnavailable'], 'The service has no capacity', 'selectModel'],
  [407, [''], 'The proxy wants a login.', 'openProxySettings'],
  [403, [''], 'Access was refused without a reason (HTTP 403).', 'openConsole'],
];

const ownRows: readonly (readonly [ErrorKind, billed: 'no' | 'maybe' | 'yes', ...Row])[] = [
  ['auth', 'no', ['NoApiKey'], 'There is no API key for this region yet.', 'setApiKey'],
  ['auth', 'no', ['MalformedApiKey'], 'The API key has spaces or other characters', 'setApiKey'],
  [
    'invalidRequest',
    'no',
    ['EndpointInvalid'],
    'The setting easel.endpoint must be an https address',
    'openEndpointSetting',
  ],
  [
    'invalidRequest',
    'no',
    ['WorkspaceNeeded'],
    'This region has only addresses of workspaces.',
    'openWorkspaceSetting',
  ],
  [
    'invalidRequest',
    'no',
    ['WorkspaceInvalid'],
    "This cannot be a workspace's id.",
    'openWorkspaceSetting',
  ],
  ['invalidRequest', 'no', ['InputNotReadable'], 'The input image "for the log" cannot be read.'],
  ['invalidRequest', 'no', ['InputNotAnImage'], 'An input file is not an image'],
  ['invalidRequest', 'no', ['InputTooLarge'], 'An input image is too large to be sent.'],
  [
    'invalidRequest',
    'no',
    ['UploadUnavailable'],
    'This model takes files only through an upload,',
    'selectModel',
  ],
  ['network', 'no', ['UploadFailed'], 'The input image could not be uploaded,', 'checkConnection'],
  ['server', 'no', ['UploadRefused'], "The service's temporary storage refused", 'showLog'],
  [
    'badResponse',
    'no',
    ['UploadUnsafe'],
    'The service named an unsafe address for the upload,',
    'openEndpointSetting',
  ],
  [
    'badResponse',
    'no',
    ['UploadUnreadable'],
    'The upload of the input image got an answer',
    'openEndpointSetting',
  ],
  ['badResponse', 'no', ['TextOnly'], 'The model answered with a text', 'showLog'],
  ['invalidRequest', 'no', ['InputChanged'], 'An input image has changed', 'showLog'],
  ['network', 'no', ['StreamBroken'], 'The answer broke off before its end.', 'showLog'],
  ['modelUnavailable', 'no', ['UnknownModel'], 'Easel does not know this model.', 'selectModel'],
  ['badResponse', 'no', ['Redirected'], 'The endpoint redirects', 'openEndpointSetting'],
  [
    'badResponse',
    'maybe',
    ['UnreadableReply', 'ReplyTooLarge'],
    'The service gave an answer that Easel does not understand.',
    'showLog',
  ],
  ['badResponse', 'maybe', ['NoTaskId'], 'The service took the request, but did not', 'showLog'],
  ['badResponse', 'maybe', ['NoImage'], 'The service finished, but sent no image.', 'showLog'],
  ['badResponse', 'maybe', ['Bug'], 'Easel ran into a bug.', 'showLog'],
  ['server', 'maybe', ['TaskUnknown'], 'The service does not know this task:', 'showLog'],
  ['server', 'no', ['TaskCanceled'], 'The task was cancelled at the service', 'showLog'],
  ['timeout', 'maybe', ['TaskDeadline'], 'The images were not fetched within 24 hours', 'showLog'],
  ['storage', 'no', ['TakenOver'], 'Another window of VS Code goes on with this job.'],
  ['storage', 'no', ['JournalNotWritten'], 'Easel could not note the job down,', 'showLog'],
  ['timeout', 'maybe', ['Timeout', 'Http504'], 'The service did not answer in time.', 'showLog'],
  ['server', 'maybe', ['Http502'], 'The service had a problem of its own. It is not', 'showLog'],
  ['storage', 'no', ['NoFolder'], 'No folder is open', 'openFolder'],
  ['storage', 'no', ['FolderOutside'], 'The images folder must be a', 'openFolderSetting'],
  ['storage', 'no', ['FolderNotPortable'], 'The images folder has a name', 'openFolderSetting'],
  ['storage', 'no', ['FolderReadOnly'], 'The images folder cannot be written', 'openFolderSetting'],
  ['storage', 'no', ['SettingNotSaved'], 'The setting could not be saved.', 'showLog'],
  ['storage', 'yes', ['NotWritten'], 'The image was made, but could not be written.', 'showLog'],
  ['download', 'yes', ['BrokenDownload'], 'The image was made, but could not be', 'showLog'],
  [
    'download',
    'yes',
    ['LinkRejected'],
    'The image was made, but its link was',
    'openProxySettings',
  ],
  ['download', 'yes', ['DownloadStopped'], 'The image was made, but its download was', 'showLog'],
  [
    'download',
    'yes',
    ['Http403', 'Http404'],
    'The image was made, but its link no longer works (Http40',
    'showLog',
  ],
  ['download', 'yes', ['LinkRefused'], 'The image was made, but its link is not safe', 'showLog'],
  ['download', 'yes', ['ImageTooLarge'], 'The image was made, but it is larger than 64', 'showLog'],
];

/** As `fetch` throws them; what begins with a system call's name failed there. */
const networkRows: readonly Row[] = [
  [
    ['ECONNREFUSED', 'ENOTFOUND', 'net::ERR_NAME_NOT_RESOLVED'],
    'The service could not be reached (',
    'openProxySettings',
  ],
  [
    ['ECONNRESET', 'ETIMEDOUT', 'NetworkError', 'net::ERR_CONNECTION_RESET', 'UND_ERR_SOCKET'],
    'The connection was lost after the request was sent (',
    'showLog',
  ],
  [['UND_ERR_HEADERS_TIMEOUT'], 'The service did not answer in time.', 'showLog'],
  [
    [
      ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ...['ERR_TLS_CERT_ALTNAME_INVALID', 'net::ERR_CERT_AUTHORITY_INVALID'],
    ],
    "The service's certificate is not trusted (",
    'openProxySettings',
  ],
  [['CERT_HAS_EXPIRED'], "The service's certificate is out of date (", 'showLog'],
  [
    ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    'No secure connection could be made (',
    'openEndpointSetting',
  ],
  [
    ['UND_ERR_ABORTED', 'net::ERR_TUNNEL_CONNECTION_FAILED'],
    'The proxy did not connect to the service (',
    'openProxySettings',
  ],
];

function assertSays(error: ImageGenerationError, start: string, action?: ErrorAction): void {
  const { message, actions } = errorText(error);
  const name = `${error.code} (${error.kind}): ${message}`;
  const isUnsure = error.billed === 'maybe';
  assert.ok(message.startsWith(start), name);
  // The bill goes before all else.
  const first = isUnsure ? ['openConsole', action] : [action];
  assert.deepEqual([...actions, undefined].slice(0, first.length), first, name);
  assert.equal(unsure.test(message), isUnsure, name);
}

function ownError(kind: ErrorKind, code: string, billed: 'no' | 'maybe' | 'yes') {
  return new ImageGenerationError(kind, 'for the log', { code, billed });
}

/** Every code that the sources make, read from their text. */
function madeCodes(): string[] {
  const root = path.resolve(__dirname, '../../../src');
  const codes = ['dashscope', 'settings', 'workspace', 'generation', 'journal'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name !== 'errorRules.ts')
      .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
      .flatMap((text) => [
        ...(text.match(/\bcode\b.*/g) ?? []),
        ...(text.match(/downloadError\(\s*'\w+'/g) ?? []),
      ])
      .flatMap((line) => line.match(/(?<!=== ?|startsWith\()'[A-Z][a-z]\w+'/g) ?? [])
      .map((literal) => literal.slice(1, -1)),
  );
  return [...new Set(codes)].sort();
}

describe('the text of an error', () => {
  for (const [status, codes, start, action] of serviceRows) {
    it(`says "${start}" of ${codes.join(', ') || 'a reply without a code'} (${status})`, () => {
      for (const code of codes) {
        const serviceMessage = 'n must be 1';
        assertSays(toServiceError({ httpStatus: status, code, serviceMessage }), start, action);
      }
    });
  }

  for (const [kind, billed, codes, start, action] of ownRows) {
    it(`says "${start}" of ${codes.join(', ')}`, () => {
      for (const code of codes) assertSays(ownError(kind, code, billed), start, action);
    });
  }

  for (const [codes, start, action] of networkRows) {
    it(`says "${start}" of ${codes.join(', ')}`, () => {
      for (const code of codes) {
        const cause = Object.assign(new Error(code), { code });
        assertSays(toNetworkFailure(new TypeError('fetch failed', { cause })).error, start, action);
      }
    });
  }

  it('is known for every code of the service, and for every code that Easel makes', () => {
    const known = new Set([
      ...serviceRows.flatMap(([, codes]) => codes),
      ...ownRows.flatMap(([, , codes]) => codes),
    ]);
    for (const code of lostAnswerTexts.keys()) known.add(code);
    for (const [codes] of networkRows) for (const code of codes) known.add(code);
    const made = madeCodes();
    assert.ok(made.length > 20 && made.includes('LinkRefused') && made.includes('FolderOutside'));
    assert.deepEqual(
      [...errorRules.keys(), ...made].filter((code) => !known.has(code)),
      [],
    );
  });

  it('quotes the service where only it can tell', () => {
    const textFor = (code: string, httpStatus: number) =>
      errorText(toServiceError({ httpStatus, code, serviceMessage: 'Only they know' })).message;
    for (const status of [400, 403, 500])
      assert.match(textFor('Brand.New', status), /Only they know\./);
    for (const code of ['InvalidParameter', 'AccessDenied']) {
      assert.match(textFor(code, 400), /Only they know\./);
    }
    for (const code of [
      'InvalidApiKey',
      'Model.AccessDenied',
      'InternalError.Algo',
      'Throttling',
    ]) {
      assert.doesNotMatch(textFor(code, 400), /Only they know/);
    }
    assert.match(
      errorText(ownError('invalidRequest', 'Http400', 'no')).message,
      /^The service refused the request \(Http400\)\. Change/,
    );
  });

  it('offers to check the connection where the connection or the key is at fault', () => {
    for (const cause of ['ENOTFOUND', 'ECONNRESET', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'EPROTO']) {
      const failure = new TypeError('fetch failed', {
        cause: Object.assign(new Error(), { code: cause }),
      });
      assert.ok(
        errorText(toNetworkFailure(failure).error).actions.includes('checkConnection'),
        cause,
      );
    }
    const wrongKey = toServiceError({ httpStatus: 401, code: 'InvalidApiKey' });
    assert.deepEqual(errorText(wrongKey).actions, ['setApiKey', 'checkConnection', 'openConsole']);
    assert.match(errorText(wrongKey).message, /\(sk-sp-…\) needs the address of the plan/);
  });

  it('of an answer that broke off does not claim that nothing is billed', () => {
    assert.doesNotMatch(failedImageText(toFailedImage('StreamBroken')), /not billed/);
    const textOnly = { kind: 'badResponse', code: 'TextOnly', message: '' } as const;
    assert.match(failedImageText(textOnly), /^The model answered with a text/);
  });

  it('of one image of a set is decided by its code too', () => {
    assert.equal(
      failedImageText(toFailedImage('IPInfringementSuspect')),
      'One image could not be made and is not billed. The service suspects protected work in the prompt. Remove names of brands and characters, then try again.',
    );
  });
});
