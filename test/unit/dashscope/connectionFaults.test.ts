import { strictEqual } from 'node:assert/strict';
import { describeCauses, findFault } from '../../../src/dashscope/connectionFaults';
import { toNetworkFailure } from '../../../src/dashscope/networkErrors';
import type { ConnectionFault } from '../../../src/imageModel/connection';

const url = new URL('https://dashscope.aliyuncs.com');

/** As Node's fetch throws it. */
function failed(details: { code: string; message?: string; [name: string]: unknown }): unknown {
  const cause = Object.assign(new Error(details.message ?? details.code), details);
  return new TypeError('fetch failed', { cause });
}

const cases: readonly (readonly [ConnectionFault, string, unknown])[] = [
  [
    'nameNotFound',
    "the service's own name",
    failed({ code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: url.hostname }),
  ],
  [
    'proxyUnreachable',
    'the name of a proxy',
    failed({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'proxy.corp' }),
  ],
  [
    'unreachable',
    'a refused connection',
    failed({ code: 'ECONNREFUSED', syscall: 'connect', port: 443 }),
  ],
  [
    'proxyUnreachable',
    'a refused connection to the port of a proxy',
    failed({ code: 'ECONNREFUSED', syscall: 'connect', port: 3128 }),
  ],
  ['unreachable', 'no route', failed({ code: 'ENETUNREACH', syscall: 'connect', port: 443 })],
  ['unreachable', 'a slow connection', failed({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
  ['cut', 'a reset', failed({ code: 'ECONNRESET', syscall: 'read' })],
  ['timeout', 'no headers', failed({ code: 'UND_ERR_HEADERS_TIMEOUT' })],
  [
    'proxyLogin',
    'a tunnel that wants a login',
    failed({
      code: 'UND_ERR_ABORTED',
      message: 'Proxy response (407) !== 200 when HTTP Tunneling',
    }),
  ],
  ['proxyRefused', 'a tunnel without a reason', failed({ code: 'UND_ERR_ABORTED' })],
  [
    'certificateUntrusted',
    'a company certificate',
    failed({ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }),
  ],
  [
    'certificateUntrusted',
    'a certificate of its own',
    failed({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
  ],
  ['certificateDate', 'a certificate of tomorrow', failed({ code: 'CERT_NOT_YET_VALID' })],
  ['noEncryption', 'an old protocol', failed({ code: 'EPROTO', syscall: 'write' })],
  ['nameNotFound', 'Chromium', new Error('net::ERR_NAME_NOT_RESOLVED')],
  ['unreachable', 'Chromium', new Error('net::ERR_INTERNET_DISCONNECTED')],
  ['cut', 'Chromium', new Error('net::ERR_CONNECTION_RESET')],
  ['proxyUnreachable', 'Chromium', new Error('net::ERR_PROXY_CONNECTION_FAILED')],
  ['proxyLogin', 'Chromium', new Error('net::ERR_PROXY_AUTH_REQUESTED')],
  ['proxyRefused', 'Chromium', new Error('net::ERR_TUNNEL_CONNECTION_FAILED')],
  ['certificateUntrusted', 'Chromium', new Error('net::ERR_CERT_AUTHORITY_INVALID')],
  ['certificateDate', 'Chromium', new Error('net::ERR_CERT_DATE_INVALID')],
  ['certificateHost', 'Chromium', new Error('net::ERR_CERT_COMMON_NAME_INVALID')],
  ['noEncryption', 'Chromium', new Error('net::ERR_SSL_PROTOCOL_ERROR')],
  ['cut', 'a bug of fetch', new TypeError('terminated')],
];

describe('the fault of a connection', () => {
  for (const [fault, what, thrown] of cases) {
    it(`is ${fault} for ${what}`, () => {
      strictEqual(findFault(toNetworkFailure(thrown).error, url, undefined), fault);
    });
  }

  it('is told with its causes, but without the login of a proxy', () => {
    const message = 'cannot use http://me:secret@proxy.corp:3128';
    const { error } = toNetworkFailure(failed({ code: 'ECONNREFUSED', message }));
    strictEqual(describeCauses(error), 'fetch failed ← cannot use http://proxy.corp:3128');
  });
});
