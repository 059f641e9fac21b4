import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import type { Fault } from '../../emulator/faults';
import {
  assertRefused,
  at,
  imageUrls,
  messagesBody,
  paths,
  pollTask,
  promptBody,
  send,
  submitTask,
} from './emulatorClient';

describe('emulator: faults', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const body = messagesBody('qwen-image-2.0', { n: 1, size: '512*512' });
  const generate = (): ReturnType<typeof send> => send(emulator, paths.multimodal, { body });
  const fails = async (promise: Promise<unknown>): Promise<void> => {
    await assert.rejects(promise, (error) => error instanceof TypeError);
  };

  it('are used up in their order, as often as they say', async () => {
    const refuse = { phase: 'submit', kind: 'refuse', message: 'busy' } as const;
    emulator.addFault({ ...refuse, status: 429, code: 'Throttling', times: 2 });
    emulator.addFault({ ...refuse, status: 503, code: 'ModelUnavailable' });
    assertRefused(await generate(), 429, 'Throttling', 'busy');
    assertRefused(await generate(), 429, 'Throttling', 'busy');
    assertRefused(await generate(), 503, 'ModelUnavailable', 'busy');
    assert.equal((await generate()).status, 200);
  });

  it('wait for their phase and model', async () => {
    const refuse = { kind: 'refuse', status: 500, code: 'InternalError', message: 'no' } as const;
    emulator.addFault({ ...refuse, phase: 'submit', model: 'wanx-v1' });
    emulator.addFault({ ...refuse, phase: 'poll', model: 'wanx-v1' });
    assert.equal((await generate()).status, 200);
    const wanx = promptBody('wanx-v1', { n: 1 });
    const refused = await send(emulator, paths.imageSynthesis, { body: wanx });
    assertRefused(refused, 500, 'InternalError', 'no');
    const other = await submitTask(emulator, paths.imageSynthesis, promptBody('qwen-image'));
    await pollTask(emulator, other);
    const id = await submitTask(emulator, paths.imageSynthesis, wanx);
    assertRefused(await send(emulator, `/api/v1/tasks/${id}`), 500, 'InternalError', 'no');
  });

  it('can put an error code into a body of status 200', async () => {
    const code = 'InternalError.Algo';
    emulator.addFault({ phase: 'submit', kind: 'refuse', status: 200, code, message: 'no' });
    assertRefused(await generate(), 200, code, 'no');
    assert.deepEqual(emulator.ledger(), []);
  });

  it('reset a connection before anything happens', async () => {
    for (const fault of [
      { phase: 'submit', kind: 'reset' },
      { phase: 'submit', kind: 'reset', model: 'qwen-image-2.0' },
    ] as const) {
      emulator.addFault(fault);
      await fails(generate());
    }
    assert.deepEqual(emulator.ledger(), []);
    assert.deepEqual(
      emulator.requests().map(({ fault, status }) => [fault, status]),
      [
        ['reset', undefined],
        ['reset', undefined],
      ],
    );
  });

  it('lose the answer to a call that is paid for', async () => {
    emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    await fails(generate());
    assert.equal(emulator.ledger().length, 1);
  });

  it('lose the answer to a task that is found in the list', async () => {
    emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    await fails(submitTask(emulator, paths.imageSynthesis, promptBody('wanx-v1', { n: 1 })));
    const listed = await send(emulator, '/api/v1/tasks/');
    assert.equal(at(listed.body, 'data', 0, 'model_name'), 'wanx-v1');
    assert.equal(emulator.ledger().length, 1);
  });

  it('break an answer off', async () => {
    emulator.addFault({ phase: 'submit', kind: 'truncate' });
    await fails(generate());
    emulator.addFault({ phase: 'submit', kind: 'malformedJson' });
    await assert.rejects(generate(), SyntaxError);
    assert.equal(emulator.ledger().length, 2);
  });

  it('keep half of an answer back, for a while or for ever', async () => {
    emulator.addFault({ phase: 'submit', kind: 'stall', ms: 1 });
    assert.equal((await generate()).status, 200);
    emulator.addFault({ phase: 'download', kind: 'stall' });
    const [url = ''] = imageUrls((await generate()).body);
    const stalled = new AbortController();
    const response = await fetch(url, { signal: stalled.signal });
    assert.equal(response.status, 200);
    stalled.abort();
    await assert.rejects(response.arrayBuffer(), { name: 'AbortError' });
  });

  it('answer with a web page', async () => {
    emulator.addFault({ phase: 'list', kind: 'html' });
    const headers = { authorization: 'Bearer sk-emulator' };
    const response = await fetch(`${emulator.url}/api/v1/tasks/`, { headers });
    assert.equal(response.status, 502);
    assert.equal(response.headers.get('content-type'), 'text/html');
    assert.match(await response.text(), /^<html>/);
  });

  it('delay a request', async () => {
    emulator.addFault({ phase: 'submit', kind: 'delay', ms: 1 });
    assert.equal((await generate()).status, 200);
    assert.equal(emulator.requests()[0]?.fault, 'delay');
  });

  it('let a task fail, which is not billed', async () => {
    const code = 'DataInspectionFailed';
    emulator.addFault({ phase: 'submit', kind: 'failTask', code, message: 'bad words' });
    const wan = promptBody('wan2.2-t2i-flash', { n: 2 });
    const task = await pollTask(emulator, await submitTask(emulator, paths.imageSynthesis, wan));
    assert.equal(at(task, 'output', 'task_status'), 'FAILED');
    assert.equal(at(task, 'output', 'code'), code);
    assert.equal(at(task, 'output', 'message'), 'bad words');
    assert.equal(task.usage, undefined);
    assert.deepEqual(emulator.ledger(), []);
  });

  it('let a synchronous call fail in the same way', async () => {
    for (const [code, status] of [
      ['DataInspectionFailed', 400],
      ['InternalError.Timeout', 500],
    ] as const) {
      emulator.addFault({ phase: 'submit', kind: 'failTask', code, message: 'no' });
      assertRefused(await generate(), status, code, 'no');
    }
    assert.deepEqual(emulator.ledger(), []);
  });

  it('let some of the images fail, which are not billed', async () => {
    emulator.addFault({
      phase: 'submit',
      kind: 'partial',
      failed: 1,
      code: 'InternalError.Timeout',
      message: 'late',
    });
    const wanx = promptBody('wanx-v1', { n: 3 });
    const task = await pollTask(emulator, await submitTask(emulator, paths.imageSynthesis, wanx));
    assert.equal(at(task, 'output', 'task_status'), 'SUCCEEDED');
    const failed = { code: 'InternalError.Timeout', message: 'late' };
    assert.deepEqual(at(task, 'output', 'results', 2), failed);
    assert.deepEqual(at(task, 'output', 'task_metrics'), { TOTAL: 3, SUCCEEDED: 2, FAILED: 1 });
    assert.deepEqual(task.usage, { image_count: 2 });
    assert.equal(emulator.ledger().length, 2);
  });

  it('leave failed images out of a synchronous answer', async () => {
    emulator.addFault({ phase: 'submit', kind: 'partial', failed: 2 });
    const two = messagesBody('qwen-image-2.0', { n: 3, size: '512*512' });
    const reply = await send(emulator, paths.multimodal, { body: two });
    assert.equal(imageUrls(reply.body).length, 1);
    assert.equal(at(reply.body, 'usage', 'image_count'), 1);
  });

  it('make a task unknown for one query', async () => {
    const id = await submitTask(emulator, paths.imageSynthesis, promptBody('wanx-v1'));
    emulator.addFault({ phase: 'poll', kind: 'unknownTask' });
    const unknown = await pollTask(emulator, id);
    assert.deepEqual(unknown.output, { task_id: id, task_status: 'UNKNOWN' });
    assert.equal(at(await pollTask(emulator, id), 'output', 'task_status'), 'SUCCEEDED');
  });

  describe('of downloads', () => {
    const download = async (fault: Fault): Promise<Response> => {
      emulator.addFault(fault);
      const [url = ''] = imageUrls((await generate()).body);
      return await fetch(url);
    };

    it('serve something else, nothing, or an error', async () => {
      const wrong = await download({ phase: 'download', kind: 'wrongContent' });
      assert.equal(wrong.headers.get('content-type'), 'image/png');
      assert.equal(await wrong.text(), 'not an image');
      const empty = await download({ phase: 'download', kind: 'empty' });
      assert.equal((await empty.arrayBuffer()).byteLength, 0);
      const code = 'ServiceUnavailable';
      const refused = await download({
        phase: 'download',
        kind: 'refuse',
        status: 503,
        code,
        message: 'no',
      });
      assert.equal(refused.status, 503);
      assert.match(await refused.text(), /<Code>ServiceUnavailable<\/Code>/);
    });

    it('send elsewhere or round in a circle', async () => {
      const round = await download({ phase: 'download', kind: 'redirect' });
      assert.equal(round.status, 200);
      assert.ok(round.redirected);
      const location = 'http://127.0.0.1:9/elsewhere.png';
      await fails(download({ phase: 'download', kind: 'redirect', location }));
    });

    it('break off in the middle', async () => {
      const response = await download({ phase: 'download', kind: 'truncate' });
      assert.equal(response.status, 200);
      await fails(response.arrayBuffer());
    });
  });
});
