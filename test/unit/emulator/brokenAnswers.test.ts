import assert from 'node:assert/strict';
import { readImageHeader } from '../../../src/util/imageHeader';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { imageUrls, messagesBody, paths, send } from './emulatorClient';

describe('emulator: broken answers', () => {
  let emulator: Emulator;
  let url = '';
  let whole: Buffer;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(async () => {
    emulator.reset();
    const reply = await generate();
    url = imageUrls(reply.body)[0] ?? '';
    whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  });

  after(() => emulator.stop());

  const generate = (): ReturnType<typeof send> =>
    send(emulator, paths.multimodal, {
      body: messagesBody('qwen-image-2.0', { n: 1, size: '512*512' }),
    });

  it('can drip, and are whole all the same', async () => {
    emulator.addFault({ phase: 'download', kind: 'slowDrip', pieces: 5, ms: 1 });
    const response = await fetch(url);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), whole);
  });

  it('can be far too large, announced or not', async () => {
    for (const announced of [true, false]) {
      emulator.addFault({ phase: 'download', kind: 'oversize', announced });
      const response = await fetch(url);
      const length = response.headers.get('content-length');
      assert.equal(Number(length) > 64 * 1024 * 1024, announced);
      let received = 0;
      for await (const piece of response.body ?? []) received += piece.length;
      assert.ok(received > 64 * 1024 * 1024);
    }
  });

  it('can go on for long after a JSON text', async () => {
    emulator.addFault({ phase: 'submit', kind: 'oversize', announced: false });
    const stop = new AbortController();
    const response = await fetch(emulator.url + paths.multimodal, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-emulator', 'content-type': 'application/json' },
      body: JSON.stringify(messagesBody('qwen-image-2.0', { n: 1, size: '512*512' })),
      signal: stop.signal,
    });
    assert.equal(response.headers.get('content-length'), null);
    stop.abort();
    await assert.rejects(response.text(), { name: 'AbortError' });
  });

  it('can have the wrong type', async () => {
    emulator.addFault({ phase: 'download', kind: 'wrongType' });
    assert.equal((await fetch(url)).headers.get('content-type'), 'text/plain');
    emulator.addFault({ phase: 'submit', kind: 'wrongType', contentType: 'text/html' });
    const reply = await generate();
    assert.equal(reply.headers.get('content-type'), 'text/html');
    assert.equal(reply.status, 200);
  });

  it('can be another range than the one asked for, or the whole', async () => {
    const headers = { range: 'bytes=100-' };
    emulator.addFault({ phase: 'download', kind: 'wrongRange' });
    const wrong = await fetch(url, { headers });
    assert.equal(wrong.status, 206);
    const place = `bytes 107-${whole.length - 1}/${whole.length}`;
    assert.equal(wrong.headers.get('content-range'), place);
    assert.deepEqual(Buffer.from(await wrong.arrayBuffer()), whole.subarray(107));
    emulator.addFault({ phase: 'download', kind: 'noRange' });
    const all = await fetch(url, { headers });
    assert.equal(all.status, 200);
    assert.deepEqual(Buffer.from(await all.arrayBuffer()), whole);
  });

  it('can be as large as a test wants, and are pictures still', async () => {
    emulator.changeSettings({ imageBytes: 8_000_000 });
    const [large = ''] = imageUrls((await generate()).body);
    const bytes = Buffer.from(await (await fetch(large)).arrayBuffer());
    assert.equal(bytes.length, 8_000_000);
    assert.deepEqual(readImageHeader(bytes)?.size, { width: 512, height: 512 });
  });
});
