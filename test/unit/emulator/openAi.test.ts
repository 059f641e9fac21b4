import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { imageUrls, paths, pictureUrl, type Reply, send, uuid } from './emulatorClient';

describe('emulator: the OpenAI-compatible path', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({ now: () => 1_800_000_000_500 });
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const make = async (fields: object, model = 'qwen-image-3.0'): Promise<Reply> =>
    await send(emulator, paths.openAi, { body: { model, prompt: 'a red fox', ...fields } });

  const assertWrong = (reply: Reply, status: number, code: string, message: string): void => {
    assert.equal(reply.status, status);
    assert.deepEqual(reply.body, {
      error: { message, type: 'invalid_request_error', param: null, code },
    });
    assert.match(reply.headers.get('x-request-id') ?? '', uuid);
  };

  it('answers flatly, with the request id in a header only', async () => {
    const reply = await make({
      n: 2,
      size: '1024x768',
      image: pictureUrl,
      seed: 1,
      prompt_extend_mode: 'direct',
      response_format: 'b64_json',
    });
    assert.equal(reply.status, 200);
    const urls = emulator.ledger().map(({ url }) => ({ url }));
    assert.deepEqual(reply.body, {
      created: 1_800_000_000,
      data: urls,
      usage: {
        output_width: 1024,
        output_height: 768,
        input_image_count: 1,
        input_image_type: 'qima_input_1k',
        output_image_count: 2,
        output_image_type: 'qima_output_1k',
      },
    });
    assert.equal(reply.headers.get('x-request-id'), emulator.ledger()[0]?.requestId);
    assert.deepEqual(emulator.requests()[0]?.warnings, [
      'response_format is ignored: images are always URLs',
    ]);
  });

  it('serves the three models that have it', async () => {
    for (const model of ['qwen-image-3.0-pro', 'qwen-image-3.0', 'qwen-image-2.1-pro']) {
      const reply = await make({ size: 'auto', image: [pictureUrl, pictureUrl] }, model);
      assert.equal(imageUrls(reply.body).length, 1);
    }
    const other = await make({}, 'wan2.6-t2i');
    const message = 'Unsupported model wan2.6-t2i for OpenAI compatibility mode.';
    assertWrong(other, 404, 'model not supported', message);
    const unknown = await make({}, 'dall-e-3');
    const text = 'The model dall-e-3 does not exist or you do not have access to it.';
    assertWrong(unknown, 404, 'model_not_found', text);
  });

  it('words refusals in the way of OpenAI', async () => {
    for (const [fields, message] of [
      [{ n: '1' }, 'Range of n should be [1, 6]'],
      [
        { size: '1024*1024' },
        "Invalid size '1024*1024'. Expected format: '<width>x<height>' or 'auto'",
      ],
      [{ image: null }, 'image must be a string or a list of at least one string.'],
      [{ image: [] }, 'image must be a string or a list of at least one string.'],
      [{ stream: true }, 'stream is not supported.'],
      [{ prompt: undefined }, 'lack of image or text'],
      [
        { prompt_extend_mode: 'agent', image: pictureUrl },
        'prompt_extend_mode agent does not support input images.',
      ],
    ] as const) {
      assertWrong(await make(fields), 400, 'InvalidParameter', message);
    }
    const headers = { authorization: 'Bearer sk-wrong' };
    const reply = await send(emulator, paths.openAi, { body: {}, headers });
    assertWrong(reply, 401, 'invalid_api_key', 'Incorrect API key provided.');
    emulator.addFault({
      phase: 'submit',
      kind: 'refuse',
      status: 429,
      code: 'limit_requests',
      message: 'busy',
    });
    assertWrong(await make({}), 429, 'limit_requests', 'busy');
  });

  it('is not on classic hosts, which have the rest', async () => {
    const classic = await startEmulator({ hostKind: 'classic' });
    const body = { model: 'qwen-image-3.0', prompt: 'a' };
    assert.equal((await send(classic, paths.openAi, { body })).status, 404);
    assert.equal((await send(classic, '/compatible-mode/v1/models')).status, 200);
    await classic.stop();
  });
});
