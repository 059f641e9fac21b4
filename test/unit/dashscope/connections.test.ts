import { deepStrictEqual } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';

describe('the connections of a task', () => {
  it('are one, for the submit, all polls, failed ones too, and the cancel', async () => {
    const replies: readonly (readonly [number, object])[] = [
      [429, { code: 'Throttling' }],
      [200, { output: { task_id: 't', task_status: 'PENDING' } }],
      ...[200, 500, 429, 200].map((status) => {
        const code = status === 200 ? {} : { code: 'InternalError' };
        return [status, { ...code, output: { task_status: 'RUNNING' } }] as const;
      }),
      [200, { output: { task_status: 'SUCCEEDED', results: [{ url: 'https://x/a.png' }] } }],
      [200, {}],
    ];
    const [rest, ports] = [[...replies], new Set<number | undefined>()];
    let sockets = 0;
    const server = createServer((request, response) => {
      ports.add(request.socket.remotePort);
      const [status, body] = rest.shift() ?? [404, {}];
      response.writeHead(status, { 'content-type': 'application/json' });
      request.resume().on('end', () => response.end(JSON.stringify(body)));
    });
    server.on('connection', () => {
      sockets += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a listening TCP server has one
    try {
      const environment = new FakeEnvironment((url, init) => globalThis.fetch(url, init));
      const provider = new DashScopeProvider({
        ...providerOptions(environment),
        // In the midst of its own tidying up, fetch would open another connection.
        pause: (ms, signal) => nextTurn().then(() => environment.pause(ms, signal)),
        baseUrlFor: () => `http://127.0.0.1:${port}`,
      });
      const model = modelIn(provider, 'wan2.2-t2i-flash');
      const size = { width: 1024, height: 1024 };
      await generateWith(model, { modelId: 'wan2.2-t2i-flash', prompt: 'a fox', size, count: 1 });
      await nextTurn();
      await model.cancel('t');
      deepStrictEqual([rest.length, sockets, ports.size], [0, 1, 1]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
