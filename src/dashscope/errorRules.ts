import type { ErrorKind } from '../imageModel/errors';

// https://help.aliyun.com/zh/model-studio/error-code. Decided by code, never by text; the snake_case names are those of
// the OpenAI-compatible gateway. A code that is not here is looked up without its last dotted part, then by HTTP status.

/** What a failure means for a person and for the next attempt. */
export interface ErrorRule {
  readonly kind: ErrorKind;
  /** One English sentence: what happened, and what to do next. */
  readonly message: string;
  /** The same request can succeed later. */
  readonly retryable?: boolean;
  /** The request was not accepted, and sending it again within seconds makes sense. */
  readonly resend?: boolean;
  /** The service's own words name the broken rule, so they belong into the message. */
  readonly quotesService?: boolean;
}

const badKey: ErrorRule = {
  kind: 'auth',
  message:
    'The service refused the API key; check that it is complete and was made in the chosen region.',
};
const noAccess: ErrorRule = {
  kind: 'auth',
  message:
    'This API key may not use this model in this way; allow it for the workspace in the Model Studio console, or use another key.',
  quotesService: true,
};
const unknownModel: ErrorRule = {
  kind: 'modelUnavailable',
  message:
    'The service does not know this model here; choose another model or region, or activate it in the Model Studio console.',
};
const unpaid: ErrorRule = {
  kind: 'billing',
  message:
    'The Alibaba Cloud account cannot pay for this call; settle it in the billing console, then try again.',
};
const filtered: ErrorRule = {
  kind: 'contentFilter',
  message:
    'The content check of the service stopped this image; change the prompt and generate again.',
};
const badRequest: ErrorRule = {
  kind: 'invalidRequest',
  message: 'The service did not accept the request; change what it names and generate again.',
  quotesService: true,
};
const badImage: ErrorRule = {
  kind: 'invalidRequest',
  message:
    'The service cannot use the input image; convert or resize it, or give one that it can reach.',
  quotesService: true,
};
const tooLarge: ErrorRule = {
  kind: 'invalidRequest',
  message: 'The request is too large for the service; use smaller input images or a shorter text.',
};
const tooManyRequests: ErrorRule = {
  kind: 'rateLimit',
  message: 'The service is getting too many requests from this account; wait a minute, then retry.',
  retryable: true,
  resend: true,
};
const quotaUsedUp: ErrorRule = {
  kind: 'quota',
  message:
    'The quota of this account for the model is used up; wait a minute, or raise it in the Model Studio console.',
  // May pass within minutes, but a free quota that is used up for good is told by the same code.
  retryable: true,
};
const serverFault: ErrorRule = {
  kind: 'server',
  message: 'The service failed while it made the image, which costs nothing; try again.',
  retryable: true,
};
const noCapacity: ErrorRule = {
  kind: 'server',
  message: 'The service has no capacity at the moment; try again in a few minutes.',
  retryable: true,
  resend: true,
};
const tookTooLong: ErrorRule = {
  kind: 'timeout',
  message:
    'The service needed too long and gave up; try again, with fewer images or a smaller size.',
  retryable: true,
};

/** Every documented code, and two of our own. */
export const errorRules: ReadonlyMap<string, ErrorRule> = new Map(
  Object.entries({
    InvalidApiKey: badKey,
    invalid_api_key: badKey,
    'NOT AUTHORIZED': noAccess,
    AccessDenied: noAccess,
    access_denied: noAccess,
    'AccessDenied.Unpurchased': {
      kind: 'billing',
      message:
        'Model Studio is not activated for this account; activate it in the console, then try again.',
    },
    'Model.AccessDenied': noAccess,
    'Workspace.AccessDenied': noAccess,
    'App.AccessDenied': noAccess,
    'Endpoint.AccessDenied': unknownModel,
    WorkSpaceNotFound: noAccess,
    ModelNotFound: unknownModel,
    model_not_found: unknownModel,
    'model not supported': unknownModel,
    NotFound: {
      kind: 'invalidRequest',
      message: 'The service has nothing at this address; check the endpoint and the region.',
    },

    Arrearage: unpaid,
    CommodityNotPurchased: unpaid,
    PrepaidBillOverdue: unpaid,
    PostpaidBillOverdue: unpaid,
    'AllocationQuota.FreeTierOnly': {
      kind: 'quota',
      message:
        'The free quota of this model is used up; turn off "use free tier only" in the Model Studio console, or choose another model.',
    },
    'Throttling.AllocationQuota': quotaUsedUp,
    insufficient_quota: quotaUsedUp,

    DataInspectionFailed: filtered,
    data_inspection_failed: filtered,
    IPInfringementSuspect: {
      kind: 'contentFilter',
      message:
        'The service suspects protected work in the prompt; remove brand and character names, and generate again.',
    },
    CustomRoleBlocked: filtered,
    FaqRuleBlocked: filtered,

    InvalidParameter: badRequest,
    'InvalidParameter.DataInspection': badImage,
    invalid_parameter_error: badRequest,
    invalid_request_error: badRequest,
    InvalidURL: badImage,
    'InvalidURL.ConnectionRefused': badImage,
    'InvalidURL.Timeout': { ...badImage, retryable: true },
    InvalidImage: badImage,
    InvalidImageFormat: badImage,
    InvalidImageResolution: badImage,
    InvalidFile: badImage,
    BadRequest: badRequest,
    'BadRequest.EmptyInput': badRequest,
    'BadRequest.EmptyParameters': badRequest,
    'BadRequest.EmptyModel': badRequest,
    'BadRequest.IllegalInput': badRequest,
    'BadRequest.InputDownloadFailed': badImage,
    'BadRequest.TooLarge': tooLarge,
    UnsupportedOperation: {
      kind: 'invalidRequest',
      message:
        'The service has started the task, so it can no longer be cancelled; wait for its images.',
    },
    // Despite its name: a 400 for a wrong role or a wrong input.
    ServiceUnavailableError: badRequest,

    Throttling: tooManyRequests,
    'Throttling.RateQuota': tooManyRequests,
    'Throttling.BurstRate': tooManyRequests,
    'Throttling.Concurrency': tooManyRequests,
    LimitRequests: tooManyRequests,
    limit_requests: tooManyRequests,
    limit_burst_rate: tooManyRequests,

    InternalError: serverFault,
    internal_error: serverFault,
    'InternalError.Algo': serverFault,
    'InternalError.FileUpload': serverFault,
    'InternalError.Upload': serverFault,
    'InternalError.Timeout': tookTooLong,
    SystemError: serverFault,
    ModelServiceFailed: serverFault,
    RewriteFailed: {
      kind: 'server',
      message:
        'The service failed to rewrite the prompt; try again, or turn off the prompt rewriting.',
      retryable: true,
    },
    RequestTimeOut: tookTooLong,
    // Its text says that the request was throttled for lack of capacity, whether it comes with 500 or 503.
    ModelServingError: noCapacity,
    ServiceUnavailable: noCapacity,
    ModelUnavailable: {
      kind: 'modelUnavailable',
      message:
        'The model is unavailable at the moment; try again in a few minutes, or choose another model.',
      retryable: true,
      resend: true,
    },

    // Ours: a stream that ended too early, after its first pictures.
    StreamBroken: {
      kind: 'network',
      message:
        'The answer broke off before its end; what had come by then is kept, and the rest may have been billed.',
    },
    // Ours: an answer of text and images that has no image.
    TextOnly: {
      kind: 'badResponse',
      message:
        'The model answered with text and made no image; say in the prompt what is to be shown, and generate again.',
    },
  } satisfies Record<string, ErrorRule>),
);

/** By HTTP status, for codes that are not in the table and for replies without one, such as a gateway's HTML page. */
const statusRules: readonly (readonly [number, ErrorRule])[] = [
  [401, badKey],
  [403, noAccess],
  [404, unknownModel],
  [408, tookTooLong],
  [413, tooLarge],
  [429, tooManyRequests],
  [504, tookTooLong],
];
const otherRefusal = badRequest;
const otherFault: ErrorRule = {
  kind: 'server',
  message: 'The service failed to answer; try again later.',
  retryable: true,
};

/**
 * The rule for a code (empty where the reply has none) that came with an HTTP status. A failure that is told with
 * HTTP 200, as that of a task is, counts as the service's fault where its code is not known.
 */
export function findErrorRule(code: string, httpStatus: number): ErrorRule {
  for (let name = code; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const rule = errorRules.get(name);
    if (rule) return rule;
  }
  const byStatus = statusRules.find(([status]) => status === httpStatus)?.[1];
  const rule = byStatus ?? (httpStatus >= 400 && httpStatus < 500 ? otherRefusal : otherFault);
  // Of an unknown code, only the service's own words tell what is wrong.
  return { ...rule, quotesService: true };
}
