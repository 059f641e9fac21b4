import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  assertRefused,
  at,
  editBody,
  imageUrls,
  messagesBody,
  paths,
  pictureUrl,
  pollTask,
  send,
  submitTask,
} from './emulatorClient';

const model = 'wan2.6-image';
const prompt = '三步画一只狐狸';

interface Frame {
  readonly id: string;
  readonly event: string;
  readonly status: string;
  readonly data: unknown;
}

/** Reads a whole stream as a client must: by lines, up to an empty one. */
function readFrames(text: string): Frame[] {
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const match = /^id:(.*)\nevent:(.*)\n:HTTP_STATUS\/(.*)\ndata:(.*)$/.exec(frame);
      assert.ok(match, frame);
      const [, id = '', event = '', status = '', data = ''] = match;
      return { id, event, status, data: JSON.parse(data) };
    });
}

describe('emulator: stories', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const open = (parameters: object = {}, images: readonly string[] = []): Promise<Response> =>
    fetch(emulator.url + paths.multimodal, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sk-emulator',
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'x-dashscope-sse': 'enable',
      },
      body: JSON.stringify(
        editBody(
          model,
          images,
          {
            enable_interleave: true,
            stream: true,
            n: 1,
            max_images: 2,
            size: '768*768',
            ...parameters,
          },
          prompt,
        ),
      ),
    });

  it('come as a stream of small texts and whole images, up to a stop', async () => {
    const response = await open({}, [pictureUrl]);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.equal(response.headers.get('content-length'), null);
    const frames = readFrames(await response.text());
    assert.deepEqual(
      frames.map(({ id, event, status }) => [id, event, status]),
      frames.map((_, index) => [String(index + 1), 'result', '200']),
    );
    const reasons = frames.map(({ data }) => at(data, 'output', 'choices', 0, 'finish_reason'));
    assert.deepEqual(reasons, [...Array(frames.length - 1).fill('null'), 'stop']);
    const items = frames.flatMap(({ data }) => {
      assert.equal(at(data, 'output', 'finished'), true);
      const content = at(data, 'output', 'choices', 0, 'message', 'content');
      return Array.isArray(content) ? content : [];
    });
    const texts = items.flatMap((item) => (item.type === 'text' ? [String(item.text)] : []));
    assert.ok(texts.length > 4 && texts.every((text) => text.length > 0 && text.length <= 6));
    assert.match(texts.join(''), /三步画一只狐狸/);
    const urls = items.flatMap((item) => (item.type === 'image' ? [item.image] : []));
    assert.deepEqual(
      urls,
      emulator.ledger().map(({ url }) => url),
    );
    assert.deepEqual(at(frames.at(-1)?.data, 'usage'), {
      image_count: 2,
      size: '768*768',
      input_tokens: 28,
      output_tokens: 530,
      total_tokens: 558,
    });
    assert.equal(urls.length, 2);
  });

  it('are refused where nobody listens to a stream', async () => {
    const message = 'currently stream=False is not supported';
    const parameters = { enable_interleave: true, n: 1 };
    const body = messagesBody(model, parameters);
    assertRefused(
      await send(emulator, paths.multimodal, { body }),
      400,
      'InvalidParameter',
      message,
    );
    const withoutHeader = { body: messagesBody(model, { ...parameters, stream: true }) };
    const reply = await send(emulator, paths.multimodal, withoutHeader);
    assertRefused(reply, 400, 'InvalidParameter', message);
    assert.deepEqual(emulator.ledger(), []);
  });

  it('come whole from a task, without a stream', async () => {
    const body = messagesBody(model, { enable_interleave: true, n: 1, max_images: 3, size: '1K' });
    const task = await pollTask(emulator, await submitTask(emulator, paths.imageGeneration, body));
    const content = at(task, 'output', 'choices', 0, 'message', 'content');
    assert.ok(Array.isArray(content));
    assert.deepEqual(
      content.map((item) => item.type),
      ['text', 'text', 'image', 'text', 'image', 'text', 'image'],
    );
    assert.equal(imageUrls(task).length, 3);
    assert.equal(at(task, 'usage', 'image_count'), 3);
    assert.equal(at(task, 'usage', 'size'), '1280*1280');
  });

  it('tell in the stream what went wrong after it began', async () => {
    const code = 'DataInspectionFailed';
    emulator.addFault({ phase: 'submit', kind: 'failTask', code, message: 'bad words' });
    const response = await open();
    assert.equal(response.status, 200);
    const frames = readFrames(await response.text());
    assert.deepEqual(
      frames.map(({ event, status }) => [event, status]),
      [
        ['result', '200'],
        ['result', '200'],
        ['error', '400'],
      ],
    );
    const { data } = frames.at(-1) ?? {};
    assert.equal(at(data, 'code'), code);
    assert.equal(at(data, 'message'), 'bad words');
    assert.deepEqual(emulator.ledger(), []);
  });

  it('leave failed images out', async () => {
    emulator.addFault({ phase: 'submit', kind: 'partial', failed: 1 });
    const frames = readFrames(await (await open()).text());
    assert.equal(imageUrls(frames).length, 1);
    assert.equal(emulator.ledger().length, 1);
  });

  it('break off, and stop in the middle', async () => {
    emulator.addFault({ phase: 'submit', kind: 'truncate' });
    const broken = await open();
    assert.equal(broken.status, 200);
    await assert.rejects(broken.text(), TypeError);
    emulator.addFault({ phase: 'submit', kind: 'stall' });
    const stalled = await open();
    const reader = stalled.body?.getReader();
    const first = await reader?.read();
    assert.match(Buffer.from(first?.value ?? []).toString(), /^id:1\n/);
    await reader?.cancel();
    emulator.addFault({ phase: 'submit', kind: 'stall', ms: 1 });
    const late = readFrames(await (await open()).text());
    assert.equal(imageUrls(late).length, 2);
  });
});
