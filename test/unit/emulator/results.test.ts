import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { imageUrls, messagesBody, paths, send } from './emulatorClient';

describe('emulator: finished images', () => {
  let emulator: Emulator;
  let now = Date.UTC(2026, 2, 1);
  let url = '';

  before(async () => {
    emulator = await startEmulator({ now: () => now });
    const body = messagesBody('qwen-image-2.0', { size: '512*512', n: 1, seed: 3 });
    [url = ''] = imageUrls((await send(emulator, paths.multimodal, { body })).body);
  });

  after(() => emulator.stop());

  const assertDenied = async (response: Response, status: number, code: string): Promise<void> => {
    assert.equal(response.status, status);
    assert.equal(response.headers.get('content-type'), 'application/xml');
    assert.match(await response.text(), new RegExp(`<Code>${code}</Code>`));
  };

  it('lie on an origin of their own, behind a signed URL', () => {
    assert.notEqual(emulator.url, emulator.resultUrl);
    assert.ok(url.startsWith(`${emulator.resultUrl}/`));
    const query = new URL(url).searchParams;
    assert.deepEqual([...query.keys()], ['Expires', 'OSSAccessKeyId', 'Signature']);
    assert.equal(Number(query.get('Expires')) * 1000, now + 24 * 60 * 60 * 1000);
  });

  it('come as PNG with length and ETag', async () => {
    const response = await fetch(url);
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.equal(response.headers.get('content-type'), 'image/png');
    assert.equal(response.headers.get('content-length'), String(bytes.length));
    assert.match(response.headers.get('etag') ?? '', /^"[\dA-F]{32}"$/);
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    const head = await fetch(url, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(bytes.length));
  });

  it('come in ranges, unless the file changed', async () => {
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const fetchRange = (range: string, ifRange = etag): Promise<Response> =>
      fetch(url, { headers: { range, 'if-range': ifRange } });
    const middle = await fetchRange('bytes=100-199');
    assert.equal(middle.status, 206);
    assert.equal(middle.headers.get('content-range'), `bytes 100-199/${whole.length}`);
    assert.deepEqual(Buffer.from(await middle.arrayBuffer()), whole.subarray(100, 200));
    const rest = await fetchRange(`bytes=${whole.length - 7}-`);
    assert.deepEqual(Buffer.from(await rest.arrayBuffer()), whole.subarray(-7));
    const last = await fetchRange('bytes=-5');
    assert.deepEqual(Buffer.from(await last.arrayBuffer()), whole.subarray(-5));
    assert.equal((await fetchRange('bytes=0-9', '"other"')).status, 200);
    await assertDenied(await fetchRange(`bytes=${whole.length}-`), 416, 'InvalidRange');
  });

  it('are refused to whoever sends a key', async () => {
    const headers = { authorization: 'Bearer sk-emulator' };
    await assertDenied(await fetch(url, { headers }), 403, 'AccessDenied');
  });

  it('are refused with a changed signature or date', async () => {
    for (const name of ['Signature', 'Expires']) {
      const changed = new URL(url);
      changed.searchParams.set(name, '9999999999');
      await assertDenied(await fetch(changed), 403, 'SignatureDoesNotMatch');
    }
  });

  it('cannot be deleted', async () => {
    await assertDenied(await fetch(url, { method: 'DELETE' }), 405, 'MethodNotAllowed');
  });

  it('are gone when their time is up', async () => {
    now += 24 * 60 * 60 * 1000;
    const response = await fetch(url);
    await assertDenied(response, 403, 'AccessDenied');
  });
});
