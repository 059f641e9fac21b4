import { l10n } from 'vscode';
import type {
  ConnectionFailure,
  ConnectionFault,
  ConnectionReport,
} from '../imageModel/connection';
import type { NetworkProxy } from '../settings/networkProxy';
import { type ErrorText, errorText } from './errorText';
import { say } from './kindTexts';
import { regionText } from './regionText';
import { joinSentences } from './sentences';

/** What of this computer's settings has a part in a connection. */
export interface ConnectionSettings {
  readonly proxy: NetworkProxy | undefined;
  /** The address is that of `easel.endpoint`. */
  readonly hasEndpoint: boolean;
  readonly workspaceId: string | undefined;
  /** The key is not a stored one, but that of DASHSCOPE_API_KEY. */
  readonly isKeyOfEnvironment: boolean;
}

/** Faults in which a proxy can have its part. */
const onTheWay = new Set<ConnectionFault>([
  ...(['nameNotFound', 'unreachable', 'timeout', 'cut'] as const),
  ...(['proxyUnreachable', 'proxyLogin', 'proxyRefused'] as const),
  ...(['certificateUntrusted', 'certificateHost', 'noEncryption'] as const),
  ...(['redirected', 'stranger'] as const),
]);

/** Faults that a wrong address can bring about. */
const ofTheAddress = new Set<ConnectionFault>([
  ...(['nameNotFound', 'unreachable', 'timeout', 'certificateHost', 'noEncryption'] as const),
  ...(['redirected', 'stranger', 'keyRefused'] as const),
]);

/** What is at fault, and what of the settings has a part in it. */
export function connectionFailureText(
  report: ConnectionReport,
  failure: ConnectionFailure,
  settings: ConnectionSettings,
): ErrorText {
  const { message, actions } = faultText(report, failure, settings);
  const { proxy, hasEndpoint, isKeyOfEnvironment } = settings;
  const isOfKey = failure.fault === 'keyRefused' || failure.fault === 'planKey';
  const isOfEndpoint = hasEndpoint && ofTheAddress.has(failure.fault);
  const sentences = [
    message,
    ...(isOfEndpoint ? [l10n.t('The address comes from the setting easel.endpoint.')] : []),
    ...(isOfKey && isKeyOfEnvironment
      ? [l10n.t('The key comes from the environment variable DASHSCOPE_API_KEY.')]
      : []),
    ...(proxy && onTheWay.has(failure.fault)
      ? [l10n.t('VS Code uses the proxy {0} (from {1}).', proxy.address, proxy.source)]
      : []),
  ];
  const first = isOfEndpoint ? (['openEndpointSetting'] as const) : [];
  return { message: joinSentences(sentences), actions: [...new Set([...first, ...actions])] };
}

function faultText(
  { regionId, host }: ConnectionReport,
  { fault, error, redirectHost, proxyStatus }: ConnectionFailure,
  { proxy, workspaceId }: ConnectionSettings,
): ErrorText {
  const { code } = error;
  const proxyName = proxy?.address ?? l10n.t('of this computer');
  switch (fault) {
    case 'nameNotFound':
      return say(
        l10n.t(
          'The name {0} cannot be found ({1}). Check the internet connection and the DNS of this network.',
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'unreachable':
      return say(
        l10n.t(
          '{0} cannot be reached ({1}). Check the internet connection; a firewall may block the address, or this network may need a proxy.',
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'timeout':
      return say(
        l10n.t(
          '{0} did not answer in time. The connection is very slow, or a firewall swallows the requests.',
          host,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'cut':
      return say(
        l10n.t(
          'The connection to {0} was cut ({1}). A firewall or a proxy on the way may do that.',
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'proxyUnreachable':
      return say(
        l10n.t(
          'The proxy {0} cannot be reached ({1}). Check its address, and whether it runs.',
          proxyName,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'proxyLogin':
      return say(
        l10n.t(
          'The proxy {0} wants a login. Give user name and password with its address in http.proxy, or ask your administrator.',
          proxyName,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'proxyRefused':
      return say(
        l10n.t(
          'The proxy {0} does not connect to {1} ({2}). It may not allow this address, or cannot reach it either; ask your administrator.',
          proxyName,
          host,
          proxyStatus ? `HTTP ${proxyStatus}` : code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'certificateUntrusted':
      return say(
        l10n.t(
          "This computer does not trust the certificate that came from {0} ({1}). In a company network it is usually the company's: install that in the operating system, then restart VS Code.",
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'certificateDate':
      return say(
        l10n.t(
          'The certificate of {0} is out of date ({1}). Check the date and time of this computer.',
          host,
          code,
        ),
        'showLog',
      );
    case 'certificateHost':
      return say(
        l10n.t(
          'The certificate that came from {0} belongs to another address ({1}): something else answers in its place.',
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'noEncryption':
      return say(
        l10n.t(
          'No secure connection to {0} could be made ({1}). If a proxy is set, its own address may have to begin with http:// instead of https://.',
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'redirected':
      return say(
        redirectHost
          ? l10n.t(
              '{0} leads on to {1}, which Easel does not follow with your key. If this network wants a login, do that in a browser, then check again.',
              host,
              redirectHost,
            )
          : l10n.t(
              '{0} leads on to another address, which Easel does not follow with your key. If this network wants a login, do that in a browser, then check again.',
              host,
            ),
        'showLog',
      );
    case 'stranger':
      return say(
        l10n.t(
          'Something else answered in the place of {0} ({1}), such as the login page or the filter of this network. Open a page in a browser to see it.',
          host,
          code,
        ),
        'openProxySettings',
        'showLog',
      );
    case 'keyRefused':
      return say(
        l10n.t(
          '{0} is reached, but the API key is not valid there. Check that it is complete, or make a new one in the console.',
          regionText(regionId),
        ),
        'setApiKey',
        'openConsole',
      );
    case 'planKey':
      return say(
        l10n.t(
          'This is a key of a Token Plan or Coding Plan, which is valid only at the address of the plan. Set that as easel.endpoint, or set an ordinary key of Model Studio.',
        ),
        'setApiKey',
        'openEndpointSetting',
      );
    case 'workspaceRefused':
      return workspaceId
        ? say(
            l10n.t(
              'The service refuses the workspace {0} ({1}). Correct it in easel.workspaceIds, or allow the key for it in the console.',
              workspaceId,
              code,
            ),
            'openWorkspaceSetting',
            'openConsole',
          )
        : say(
            l10n.t(
              'This key must name its workspace ({0}). Enter the id in easel.workspaceIds; the console shows it.',
              code,
            ),
            'openWorkspaceSetting',
            'openConsole',
          );
    case 'noKey':
    case 'other':
      // Nothing was ordered, so nothing can have been billed.
      return errorText(error.with({ billed: 'no' }));
  }
}
