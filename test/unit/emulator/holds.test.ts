import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { at, imageUrls, messagesBody, paths, promptBody, send } from './emulatorClient';

describe('emulator: holds', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const generate = (prompt = 'a red fox'): ReturnType<typeof send> => {
    const body = messagesBody('qwen-image-2.0', { n: 1, size: '512*512' }, prompt);
    return send(emulator, paths.multimodal, { body });
  };

  it('stop a request before it is carried out, and let it go on', async () => {
    const hold = emulator.hold({ phase: 'submit', moment: 'arrived' });
    const reply = generate();
    await hold.reached;
    assert.deepEqual(emulator.ledger(), []);
    hold.release();
    assert.equal((await reply).status, 200);
    assert.equal(emulator.ledger().length, 1);
  });

  it('stop it when it is carried out and nobody knows', async () => {
    const hold = emulator.hold({ phase: 'submit', moment: 'taken' });
    const reply = generate();
    await hold.reached;
    assert.equal(emulator.ledger().length, 1);
    hold.release('drop');
    await assert.rejects(reply, TypeError);
    assert.deepEqual(emulator.bill(), [{ prompt: 'a red fox', submits: 1, taken: 1, images: 1 }]);
  });

  it('drop it before it is carried out', async () => {
    const hold = emulator.hold({ phase: 'submit', moment: 'arrived' });
    const reply = generate();
    await hold.reached;
    hold.release('drop');
    await assert.rejects(reply, TypeError);
    assert.deepEqual(emulator.bill(), [{ prompt: 'a red fox', submits: 1, taken: 0, images: 0 }]);
  });

  it('stop an answer in the middle, and tell when the whole is sent', async () => {
    const [url = ''] = imageUrls((await generate()).body);
    const half = emulator.hold({ phase: 'download', moment: 'half' });
    const answered = emulator.hold({ phase: 'download', moment: 'answered' });
    const response = await fetch(url);
    await half.reached;
    half.release();
    const bytes = await response.arrayBuffer();
    await answered.reached;
    assert.equal(bytes.byteLength, Number(response.headers.get('content-length')));
  });

  it('can let some requests pass before', async () => {
    const hold = emulator.hold({ phase: 'submit', moment: 'taken', after: 1 });
    await generate('first');
    const second = generate('second');
    await hold.reached;
    assert.equal(emulator.ledger().length, 2);
    hold.release();
    await second;
    await generate('third');
  });

  it('can be asked for from other processes', async () => {
    const control = async (path: string, body: object): Promise<unknown> =>
      (await send(emulator, `/_emulator/holds${path}`, { body })).body.result;
    const id = await control('', { phase: 'submit', moment: 'taken' });
    const reply = generate();
    await control('/reached', { id });
    await control('/release', { id, drop: true });
    await assert.rejects(reply, TypeError);
    const mistake = await send(emulator, '/_emulator/holds', { body: { phase: 'submit' } });
    assert.match(String(mistake.body.error), /moment must be one of arrived, /);
  });

  it('are let go by a reset', async () => {
    const hold = emulator.hold({ phase: 'submit', moment: 'arrived' });
    const reply = generate();
    await hold.reached;
    emulator.reset();
    assert.equal((await reply).status, 200);
  });
});

describe('emulator: accounts', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  after(() => emulator.stop());

  it('tell what each prompt was asked for and cost, and how much was asked', async () => {
    const body = promptBody('wanx-v1', { n: 2 }, 'twice');
    emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    await assert.rejects(send(emulator, paths.imageSynthesis, { body }), TypeError);
    await send(emulator, paths.imageSynthesis, { body });
    const refused = messagesBody('qwen-image-2.0', { n: 9 }, 'refused');
    await send(emulator, paths.multimodal, { body: refused });
    assert.deepEqual(emulator.bill(), [
      { prompt: 'twice', submits: 2, taken: 2, images: 4 },
      { prompt: 'refused', submits: 1, taken: 0, images: 0 },
    ]);
    const listed = await send(emulator, '/api/v1/tasks/');
    assert.equal(at(listed.body, 'total'), 2);
    const { requests, connections } = emulator.traffic();
    assert.deepEqual(requests, { submit: 3, list: 1 });
    assert.ok(connections.api >= 1 && connections.api <= 4);
    assert.equal(connections.result, 0);
  });

  it('list a task only after a while, where that is asked for', async () => {
    emulator.reset();
    emulator.changeSettings({ listLagMs: 60_000 });
    await send(emulator, paths.imageSynthesis, { body: promptBody('wanx-v1', { n: 1 }) });
    assert.equal(at((await send(emulator, '/api/v1/tasks/')).body, 'total'), 0);
    emulator.changeSettings({ listLagMs: 0 });
    assert.equal(at((await send(emulator, '/api/v1/tasks/')).body, 'total'), 1);
  });
});
