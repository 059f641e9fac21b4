import type { ConnectionFault } from '../imageModel/connection';
import type { ImageGenerationError } from '../imageModel/errors';

// Decided by codes, like everything that fails. The one exception is the status with which a proxy refused to tunnel:
// Node's own client has it nowhere but in its message.

const faultsByCode: ReadonlyMap<string, ConnectionFault> = new Map<string, ConnectionFault>([
  ['NoApiKey', 'noKey'],
  ['Redirected', 'redirected'],
  ['UnreadableReply', 'stranger'],
  ['Http407', 'proxyLogin'],
  ['Http511', 'stranger'],
  ['NOT AUTHORIZED', 'workspaceRefused'],
  ['Workspace.AccessDenied', 'workspaceRefused'],
  ['WorkSpaceNotFound', 'workspaceRefused'],

  ['Timeout', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['UND_ERR_ABORTED', 'proxyRefused'],
  ['UND_ERR_PRX_TLS', 'proxyUnreachable'],
  ['net::ERR_NAME_NOT_RESOLVED', 'nameNotFound'],
  ['net::ERR_PROXY_CONNECTION_FAILED', 'proxyUnreachable'],
  ['net::ERR_PROXY_AUTH_REQUESTED', 'proxyLogin'],
  ['net::ERR_PROXY_AUTH_UNSUPPORTED', 'proxyLogin'],
  ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxyRefused'],

  ['CERT_HAS_EXPIRED', 'certificateDate'],
  ['CERT_NOT_YET_VALID', 'certificateDate'],
  ['net::ERR_CERT_DATE_INVALID', 'certificateDate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateHost'],
  ['HOSTNAME_MISMATCH', 'certificateHost'],
  ['net::ERR_CERT_COMMON_NAME_INVALID', 'certificateHost'],
]);

/** The part of an answer that tells who gave it. */
export interface AnswerFacts {
  readonly httpStatus: number;
  readonly contentType: string;
  /** Of a redirect. */
  readonly location: string | undefined;
}

/** Sorts what ended a request to `url`; `answer` is undefined when none came. */
export function findFault(
  error: ImageGenerationError,
  url: URL,
  answer: AnswerFacts | undefined,
): ConnectionFault {
  const { code, httpStatus } = error;
  const known = faultsByCode.get(code);
  if (known === 'proxyRefused') return tunnelStatus(error) === 407 ? 'proxyLogin' : known;
  if (known) return known;
  if (httpStatus !== undefined) {
    const isNamed = !code.startsWith('Http');
    if (!isNamed && httpStatus < 500 && answer?.contentType.includes('html')) return 'stranger';
    return httpStatus === 401 ? 'keyRefused' : 'other';
  }
  return error.kind === 'network' ? findNetworkFault(error, url) : 'other';
}

function findNetworkFault(error: ImageGenerationError, url: URL): ConnectionFault {
  // A name or a port that is not the service's own is that of the proxy.
  const { hostname, port } = readTarget(error);
  const isProxy =
    (hostname !== undefined && hostname !== url.hostname) ||
    (port !== undefined && port !== Number(url.port || (url.protocol === 'https:' ? 443 : 80)));
  if (isProxy) return 'proxyUnreachable';
  if (/^(ENOTFOUND$|EAI_)/.test(error.code)) return 'nameNotFound';
  if (/^(EPROTO$|ERR_SSL_|net::ERR_SSL_)/.test(error.code)) return 'noEncryption';
  if (error.billed === 'maybe') return 'cut';
  return error.retryable ? 'unreachable' : 'certificateUntrusted';
}

/** What a system error says about the machine that it was to reach. */
function readTarget(error: Error): { hostname?: string; port?: number } {
  for (const cause of causesOf(error)) {
    if ('hostname' in cause && typeof cause.hostname === 'string') {
      return { hostname: cause.hostname };
    }
    if ('port' in cause && typeof cause.port === 'number') return { port: cause.port };
  }
  return {};
}

/** The HTTP status with which a proxy refused to connect. */
export function tunnelStatus(error: Error): number | undefined {
  for (const { message } of causesOf(error)) {
    const status = /^Proxy response \((\d{3})\)/.exec(message)?.[1];
    if (status) return Number(status);
  }
  return undefined;
}

/** The chain of causes in words, for the log; addresses in them have lost their login. */
export function describeCauses(error: Error): string {
  const messages = [...new Set(causesOf(error).map(({ message }) => message))];
  return messages.join(' ← ').replace(/\/\/[^/\s@]*@/g, '//');
}

/** From the outside in, without the error itself. */
function causesOf(error: Error): Error[] {
  const causes: Error[] = [];
  let current: unknown = error.cause;
  while (current instanceof Error && causes.length < 6) {
    causes.push(current);
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return causes;
}
