import { l10n } from 'vscode';
import type { Words } from './errorText';
import {
  kindTexts,
  noAccess,
  say,
  tookTooLong,
  tooLarge,
  withQuote,
  wrongAddress,
} from './kindTexts';

// Of a code that stands here, the meaning is known: the service's own words are not quoted, unless they name the rule.

// Also where the model cannot be called in this way, which only the service's words tell.
const accessDenied: Words = (error) => withQuote(noAccess(error), error.serviceMessage);
const noWorkspace: Words = () =>
  say(
    l10n.t(
      'The API key has no access to its workspace, or the workspace does not exist. Check easel.workspaceIds and what the key may use in the console.',
    ),
    'openConsole',
    'openWorkspaceSetting',
    'setApiKey',
  );
const ownRuleBlocked: Words = () =>
  say(
    l10n.t(
      'A content rule of your own account stopped the image. Change the wording, or the rule in the console.',
    ),
    'openConsole',
    'showLog',
  );
const imageNotFetched: Words = () =>
  say(
    l10n.t(
      'The service could not fetch the input image. Give it one at an address that can be reached from the internet.',
    ),
    'showLog',
  );
const imageNotUsable: Words = () =>
  say(
    l10n.t(
      'The service cannot use the input image: its format or its size does not fit. Convert or resize it.',
    ),
    'showLog',
  );
// Also what some models answer that have no asynchronous mode, so that waiting does not help.
const tooManyOrNoTasks: Words = () =>
  say(
    l10n.t(
      'The service is receiving too many requests. Wait a minute and try again. If this goes on, the model may take no tasks here: select another one.',
    ),
    'selectModel',
    'showLog',
  );
const noCapacity: Words = () =>
  say(
    l10n.t('The service has no capacity at the moment. Try again in a few minutes.'),
    'selectModel',
    'showLog',
  );

/** One row for each documented code; a dotted code without a row has that of its first part. */
export const serviceCodeTexts: ReadonlyMap<string, Words> = new Map<string, Words>(
  Object.entries({
    InvalidApiKey: kindTexts.auth,
    invalid_api_key: kindTexts.auth,
    AccessDenied: accessDenied,
    access_denied: accessDenied,
    'Model.AccessDenied': noAccess,
    'App.AccessDenied': noAccess,
    'NOT AUTHORIZED': noWorkspace,
    'Workspace.AccessDenied': noWorkspace,
    WorkSpaceNotFound: noWorkspace,
    'AccessDenied.Unpurchased': () =>
      say(
        l10n.t(
          'Model Studio is not activated for this account. Activate it in the console, then try again.',
        ),
        'openConsole',
      ),

    'Endpoint.AccessDenied': kindTexts.modelUnavailable,
    ModelNotFound: kindTexts.modelUnavailable,
    model_not_found: kindTexts.modelUnavailable,
    'model not supported': kindTexts.modelUnavailable,
    ModelUnavailable: () =>
      say(
        l10n.t(
          'The model is unavailable at the moment. Try again in a few minutes, or select another model.',
        ),
        'selectModel',
        'showLog',
      ),
    NotFound: wrongAddress,

    Arrearage: kindTexts.billing,
    CommodityNotPurchased: kindTexts.billing,
    PrepaidBillOverdue: kindTexts.billing,
    PostpaidBillOverdue: kindTexts.billing,
    'AllocationQuota.FreeTierOnly': () =>
      say(
        l10n.t(
          'The free quota of this model is used up. Turn off "use free tier only" in the console, or select another model.',
        ),
        'openConsole',
        'selectModel',
      ),
    'Throttling.AllocationQuota': kindTexts.quota,
    insufficient_quota: kindTexts.quota,
    Throttling: kindTexts.rateLimit,
    'Throttling.RateQuota': tooManyOrNoTasks,
    LimitRequests: kindTexts.rateLimit,
    limit_requests: kindTexts.rateLimit,
    limit_burst_rate: kindTexts.rateLimit,

    DataInspectionFailed: kindTexts.contentFilter,
    data_inspection_failed: kindTexts.contentFilter,
    CustomRoleBlocked: ownRuleBlocked,
    FaqRuleBlocked: ownRuleBlocked,
    IPInfringementSuspect: () =>
      say(
        l10n.t(
          'The service suspects protected work in the prompt. Remove names of brands and characters, then try again.',
        ),
        'showLog',
      ),

    InvalidParameter: kindTexts.invalidRequest,
    invalid_parameter_error: kindTexts.invalidRequest,
    invalid_request_error: kindTexts.invalidRequest,
    BadRequest: kindTexts.invalidRequest,
    ServiceUnavailableError: kindTexts.invalidRequest,
    'BadRequest.TooLarge': tooLarge,
    UnsupportedOperation: () =>
      say(l10n.t('The service has begun, so the task can no longer be cancelled.'), 'showLog'),
    InvalidURL: imageNotFetched,
    'BadRequest.InputDownloadFailed': imageNotFetched,
    'InvalidParameter.DataInspection': imageNotUsable,
    InvalidImage: imageNotUsable,
    InvalidImageFormat: imageNotUsable,
    InvalidImageResolution: imageNotUsable,
    InvalidFile: imageNotUsable,

    InternalError: kindTexts.server,
    internal_error: kindTexts.server,
    SystemError: kindTexts.server,
    ModelServiceFailed: kindTexts.server,
    'InternalError.Timeout': tookTooLong,
    RequestTimeOut: tookTooLong,
    ModelServingError: noCapacity,
    ServiceUnavailable: noCapacity,
    RewriteFailed: () =>
      say(
        l10n.t(
          'The service could not rewrite the prompt. Try again, or turn off "Extend the prompt".',
        ),
        'showLog',
      ),
  }),
);
