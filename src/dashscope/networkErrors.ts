import { ImageGenerationError } from '../imageModel/errors';

// `fetch` hides the reason in a chain of causes: TypeError "fetch failed" → (AggregateError →) a Node, undici or TLS
// error with a code. Electron's network stack puts its code (net::ERR_…) into the message instead.

/** Failed before a connection stood, so that nothing of the request has left. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'net::ERR_CONNECTION_REFUSED',
  'net::ERR_NAME_NOT_RESOLVED',
  'net::ERR_INTERNET_DISCONNECTED',
  'net::ERR_ADDRESS_UNREACHABLE',
  'net::ERR_PROXY_CONNECTION_FAILED',
  // A proxy that refused to tunnel, as for want of a login (407); undici names the first for nothing else.
  'UND_ERR_ABORTED',
  'net::ERR_TUNNEL_CONNECTION_FAILED',
  'net::ERR_PROXY_AUTH_REQUESTED',
  'net::ERR_PROXY_AUTH_UNSUPPORTED',
]);

/** OpenSSL's verify results as Node names them, and their like. */
const certificateCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|EPROTO$|net::ERR_(CERT|SSL)_)/;

/** A connection that failed, in the terms that decide on another attempt. */
export interface NetworkFailure {
  /** How far the request got. */
  readonly stage: 'connecting' | 'certificate' | 'unknown';
  readonly error: ImageGenerationError;
}

/**
 * Reads what `fetch`, or the reading of a body, threw. Only `unknown` may have been billed; it is all that can happen
 * once an answer has begun, whatever the code says.
 */
export function toNetworkFailure(thrown: unknown, hasAnswered = false): NetworkFailure {
  const { code, isConnecting } = readCauses(thrown);
  if (!hasAnswered && certificateCode.test(code)) {
    return {
      stage: 'certificate',
      error: new ImageGenerationError(
        'network',
        'The secure connection to the service could not be verified; check the proxy and the certificates of this network.',
        { code, cause: thrown },
      ),
    };
  }
  if (!hasAnswered && (isConnecting || neverConnected.has(code))) {
    return {
      stage: 'connecting',
      error: new ImageGenerationError(
        'network',
        'The service cannot be reached; check the network connection and the proxy settings.',
        { code, retryable: true, cause: thrown },
      ),
    };
  }
  const isTimeout = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return {
    stage: 'unknown',
    error: new ImageGenerationError(
      isTimeout ? 'timeout' : 'network',
      'The connection to the service was lost after the request had been sent; it may have been billed, so look at your bill before you send it again.',
      { code, retryable: true, billed: 'maybe', cause: thrown },
    ),
  };
}

function readCauses(thrown: unknown): { code: string; isConnecting: boolean } {
  let code: string | undefined;
  let isConnecting = false;
  let current = thrown;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code ??= current.code;
    if ('syscall' in current) {
      isConnecting ||= current.syscall === 'connect' || current.syscall === 'getaddrinfo';
    }
    code ??= /net::ERR_\w+/.exec(current.message)?.[0];
    // One attempt for each address of the host; they all failed.
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return { code: code ?? 'NetworkError', isConnecting };
}
