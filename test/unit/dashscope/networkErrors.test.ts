import { deepStrictEqual, fail, strictEqual } from 'node:assert/strict';
import { createServer } from 'node:net';
import { toNetworkFailure } from '../../../src/dashscope/networkErrors';

function systemError(code: string, syscall?: string): Error {
  return Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) });
}

const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause });

async function failureOf(url: string): Promise<unknown> {
  try {
    await globalThis.fetch(url);
  } catch (error) {
    return error;
  }
  return fail('the fetch should have failed');
}

/** Runs a server that treats each connection so, and asks it for something. */
async function failureAgainst(onConnection: (end: () => void) => void): Promise<unknown> {
  const server = createServer((socket) => onConnection(() => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'string' || !address) throw new Error('not listening');
  const failure = await failureOf(`http://127.0.0.1:${address.port}/`);
  await new Promise((resolve) => server.close(resolve));
  return failure;
}

describe('toNetworkFailure', () => {
  it('sees that a real refused connection never opened', async () => {
    // A port that has just been closed.
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (typeof address === 'string' || !address) throw new Error('not listening');
    const { stage, error } = toNetworkFailure(await failureOf(`http://127.0.0.1:${address.port}/`));
    deepStrictEqual([stage, error.code, error.billed], ['connecting', 'ECONNREFUSED', 'no']);
  });

  it('sees that a really dropped connection may have carried the request', async () => {
    const { stage, error } = toNetworkFailure(await failureAgainst((end) => setImmediate(end)));
    deepStrictEqual([stage, error.kind, error.billed], ['unknown', 'network', 'maybe']);
  });

  const cases: readonly (readonly [string, unknown, string, string])[] = [
    [
      'all addresses refused',
      fetchFailed(new AggregateError([systemError('ECONNREFUSED', 'connect')])),
      'connecting',
      'ECONNREFUSED',
    ],
    [
      'all addresses unreachable',
      fetchFailed(
        Object.assign(new AggregateError([systemError('ETIMEDOUT', 'connect')]), {
          code: 'ETIMEDOUT',
        }),
      ),
      'connecting',
      'ETIMEDOUT',
    ],
    ['no route', fetchFailed(systemError('ENETUNREACH', 'connect')), 'connecting', 'ENETUNREACH'],
    [
      'a failed lookup',
      fetchFailed(systemError('EAI_FAIL', 'getaddrinfo')),
      'connecting',
      'EAI_FAIL',
    ],
    [
      'a reset while reading',
      fetchFailed(systemError('ECONNRESET', 'read')),
      'unknown',
      'ECONNRESET',
    ],
    [
      'a timeout while reading',
      fetchFailed(systemError('ETIMEDOUT', 'read')),
      'unknown',
      'ETIMEDOUT',
    ],
    [
      'a wrong host name in the certificate',
      fetchFailed(systemError('ERR_TLS_CERT_ALTNAME_INVALID')),
      'certificate',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'a self-signed certificate',
      fetchFailed(systemError('DEPTH_ZERO_SELF_SIGNED_CERT')),
      'certificate',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    [
      "Chromium's refused connection",
      new Error('net::ERR_CONNECTION_REFUSED'),
      'connecting',
      'net::ERR_CONNECTION_REFUSED',
    ],
    [
      "Chromium's untrusted certificate",
      new Error('net::ERR_CERT_AUTHORITY_INVALID'),
      'certificate',
      'net::ERR_CERT_AUTHORITY_INVALID',
    ],
    [
      "Chromium's reset",
      new Error('net::ERR_CONNECTION_RESET'),
      'unknown',
      'net::ERR_CONNECTION_RESET',
    ],
    ['a bare TypeError', new TypeError('terminated'), 'unknown', 'NetworkError'],
    ['no error at all', 'oops', 'unknown', 'NetworkError'],
  ];
  for (const [name, thrown, stage, code] of cases) {
    it(`sorts ${name} as ${stage}`, () => {
      const failure = toNetworkFailure(thrown);
      deepStrictEqual([failure.stage, failure.error.code], [stage, code]);
      strictEqual(failure.error.billed, stage === 'unknown' ? 'maybe' : 'no');
    });
  }

  it('does not run around in a circle of causes', () => {
    const error = new Error('a');
    error.cause = error;
    strictEqual(toNetworkFailure(error).error.code, 'NetworkError');
  });
});
