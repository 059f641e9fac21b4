import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { at, messagesBody, paths, promptBody, send, submitTask } from './emulatorClient';

describe('emulator: control', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const control = async (path: string, body?: object): Promise<unknown> => {
    const reply = await send(emulator, `/_emulator/${path}`, { ...(body ? { body } : {}) });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body.result;
  };

  const body = messagesBody('qwen-image-2.0', { n: 1, size: '512*512', seed: 7 });

  it('logs requests as they came, with four characters of the key', async () => {
    await send(emulator, `${paths.multimodal}?a=1`, { body });
    const [entry, ...others] = emulator.requests();
    assert.deepEqual(others, []);
    assert.equal(entry?.origin, 'api');
    assert.equal(entry?.method, 'POST');
    assert.equal(entry?.path, paths.multimodal);
    assert.deepEqual(entry?.query, { a: '1' });
    assert.equal(entry?.headers.authorization, 'Bearer …ator');
    assert.deepEqual(entry?.body, body);
    assert.equal(entry?.status, 200);
  });

  it('logs downloads', async () => {
    await send(emulator, paths.multimodal, { body });
    const url = emulator.ledger()[0]?.url ?? '';
    await (await fetch(url)).arrayBuffer();
    const entry = emulator.requests().at(-1);
    assert.equal(entry?.origin, 'result');
    assert.equal(entry?.path, new URL(url).pathname);
  });

  it('bills each image with all that belongs to it', async () => {
    const reply = await send(emulator, paths.multimodal, { body });
    const [entry, ...others] = emulator.ledger();
    assert.deepEqual(others, []);
    const { time, url, ...facts } = entry ?? {};
    assert.deepEqual(facts, {
      model: 'qwen-image-2.0',
      size: '512*512',
      n: 1,
      index: 0,
      requestId: reply.body.request_id,
      prompt: 'a red fox',
      seed: 7,
    });
  });

  it('bills tasks that nobody asks about', async () => {
    await submitTask(emulator, paths.imageSynthesis, promptBody('wanx-v1', { n: 2 }));
    assert.equal(emulator.ledger().length, 2);
  });

  it('can be reached from other processes', async () => {
    await control('faults', { phase: 'submit', kind: 'reset' });
    await assert.rejects(send(emulator, paths.multimodal, { body }), TypeError);
    await send(emulator, paths.multimodal, { body });
    assert.equal(at(await control('ledger'), 0, 'model'), 'qwen-image-2.0');
    assert.equal(at(await control('requests'), 0, 'fault'), 'reset');
    assert.equal(at(await control('settings', { queueMs: 5000 }), 'queueMs'), 5000);
    await control('reset', {});
    assert.deepEqual(await control('ledger'), []);
    assert.deepEqual(await control('requests'), []);
    assert.equal(at(await control('settings', {}), 'queueMs'), 0);
  });

  it('change how closely it looks while it runs', async () => {
    const small = messagesBody('wan2.6-t2i', { n: 1, size: '768*768' });
    const make = async (): Promise<number> =>
      (await send(emulator, paths.multimodal, { body: small })).status;
    assert.equal(await make(), 400);
    await control('settings', { strictness: 'live' });
    assert.equal(await make(), 200);
    await control('reset', {});
    assert.equal(await make(), 400);
  });

  const mistakes: readonly (readonly [string, object, RegExp])[] = [
    ['faults', { phase: 'submit', kind: 'explode' }, /kind must be one of refuse, /],
    [
      'faults',
      { phase: 'poll', kind: 'partial', failed: 1 },
      /phase of partial must be one of submit/,
    ],
    ['faults', { phase: 'submit', kind: 'delay' }, /ms of delay must be a number/],
    ['faults', { phase: 'submit', kind: 'reset', tiems: 2 }, /reset has no field tiems/],
    ['settings', { queueMS: 1 }, /there is no setting queueMS/],
    ['settings', { queueMs: '1' }, /queueMs must be a number/],
    ['settings', { strictness: 'lax' }, /strictness must be doc or live/],
    ['ledgers', {}, /known are: POST \/_emulator\/faults, /],
  ];
  for (const [path, mistake, message] of mistakes) {
    it(`names the mistake in ${path} ${JSON.stringify(mistake)}`, async () => {
      const reply = await send(emulator, `/_emulator/${path}`, { body: mistake });
      assert.equal(reply.status, 400);
      assert.match(String(reply.body.error), message);
    });
  }

  it('says at once when its port is taken', async () => {
    const port = Number(new URL(emulator.url).port);
    await assert.rejects(startEmulator({ port }), { code: 'EADDRINUSE' });
  });
});
