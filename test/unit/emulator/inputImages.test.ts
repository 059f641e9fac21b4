import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { assertRefused, editBody, paths, pictureUrl, type Reply, send } from './emulatorClient';
import { dataUrl, gifHeader, samplePng, transparentPng } from './samplePictures';

describe('emulator: input images', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const edit = async (model: string, ...images: readonly unknown[]): Promise<Reply> =>
    await send(emulator, paths.multimodal, { body: editBody(model, images, { n: 1 }) });

  const ofInput = async (path: string, model: string, input: object): Promise<Reply> =>
    await send(emulator, path, { body: { model, input: { prompt: 'a', ...input } } });

  const sizeOfResult = async (
    parameters: object,
    model: string,
    image: Buffer,
  ): Promise<unknown> => {
    const body = editBody(model, [pictureUrl, dataUrl(image)], parameters);
    const reply = await send(emulator, paths.multimodal, { body });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return emulator.ledger().at(-1)?.size;
  };

  it('come by address or in the body, and are billed with the result', async () => {
    for (const image of [pictureUrl, 'http://example.com/a', dataUrl(samplePng(400, 400))]) {
      assert.equal((await edit('qwen-image-2.0', image)).status, 200);
    }
    assert.equal(emulator.ledger()[0]?.inputImages, 1);
    const url = dataUrl(samplePng(512, 512));
    const done = await Promise.all([
      edit('wan2.7-image', url),
      edit('wan2.6-image', url),
      ofInput(paths.imageEdit, 'wan2.5-i2i-preview', { images: [url] }),
      ofInput(paths.imageEdit, 'wanx2.1-imageedit', {
        function: 'description_edit_with_mask',
        base_image_url: url,
        mask_image_url: url,
      }),
    ]);
    assert.deepEqual(
      done.map(({ status }) => status),
      [200, 200, 200, 200],
    );
  });

  it('must be at an address that exists', async () => {
    const message = 'The request URL is invalid, please check the request URL is available.';
    for (const image of ['https://pictures.invalid/a.png', 'ftp://example.com/a', 'C:\\a.png']) {
      assertRefused(await edit('qwen-image-3.0', image), 400, 'InvalidURL', message);
    }
    const chinese = await ofInput(paths.imageSynthesis, 'wanx-v1', {
      ref_img: 'https://example.com/狐.png',
    });
    assertRefused(chinese, 400, 'InvalidURL', message);
  });

  it('cannot be in the body for wanx-v1 and the sketch model', async () => {
    const url = dataUrl(samplePng(512, 512));
    for (const [path, model, field] of [
      [paths.imageSynthesis, 'wanx-v1', 'ref_img'],
      [paths.imageEdit, 'wanx-sketch-to-image-lite', 'sketch_image_url'],
    ] as const) {
      const reply = await ofInput(path, model, { [field]: url });
      assert.equal(reply.body.code, 'InvalidURL');
    }
  });

  it('must be images, and of a format that the model reads', async () => {
    const wrongFormat = 'image format error';
    const gif = dataUrl(gifHeader(400, 400), 'image/gif');
    assert.equal((await edit('qwen-image-edit', gif)).status, 200);
    for (const [model, image, message] of [
      ['wan2.7-image', gif, wrongFormat],
      ['wan2.6-image', gif, wrongFormat],
      ['qwen-image-2.0', 'data:text/plain;base64,aGVsbG8=', wrongFormat],
      ['qwen-image-2.0', 'data:image/png;base64,*', wrongFormat],
      ['qwen-image-2.0', 'data:image/png,hello', wrongFormat],
      ['qwen-image-2.0', dataUrl(Buffer.from('hello')), 'Invalid image format or corrupted file'],
    ] as const) {
      assertRefused(await edit(model, image), 400, 'InvalidParameter', message);
    }
    const missing =
      'Required parameter(image) missing or invalid, please check the request parameters.';
    assertRefused(await edit('qwen-image-2.0', 7), 400, 'InvalidParameter', missing);
  });

  it('may have 10485760 characters of Base64 each, and a body with them 64 MiB', async () => {
    const message = 'Exceeded limit on max bytes per data-uri item : 10485760';
    const large = Buffer.concat([samplePng(400, 400), Buffer.alloc(7_800_000)]);
    const most = Buffer.concat([large], 7_864_320);
    assert.equal((await edit('qwen-image-2.0', dataUrl(most), dataUrl(most))).status, 200);
    const tooLarge = await edit('qwen-image-2.0', dataUrl(Buffer.concat([most], 7_864_323)));
    assertRefused(tooLarge, 400, 'InvalidParameter', message);
    const response = await fetch(emulator.url + paths.multimodal, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-emulator', 'content-type': 'application/json' },
      body: JSON.stringify(editBody('wan2.7-image', Array(7).fill(dataUrl(most)))),
    });
    assert.equal(response.status, 413);
  });

  it('must have sides and ratios that the model takes, where those are more than advice', async () => {
    const sides = (min: number, max: number): string =>
      `Width and height must be between ${min} and ${max} pixels.`;
    for (const [model, width, height, message] of [
      ['wan2.7-image', 239, 400, sides(240, 8000)],
      ['wan2.7-image', 2400, 299, 'The aspect ratio must be between 1:8 and 8:1.'],
      ['wan2.6-image', 239, 400, sides(240, 8000)],
    ] as const) {
      const reply = await edit(model, dataUrl(samplePng(width, height)));
      assertRefused(reply, 400, 'InvalidImageResolution', message);
    }
    const images = [dataUrl(samplePng(383, 400))];
    const small = await ofInput(paths.imageEdit, 'wan2.5-i2i-preview', { images });
    assertRefused(small, 400, 'InvalidImageResolution', sides(384, 5000));
    assert.equal((await edit('qwen-image-3.0', dataUrl(samplePng(383, 400)))).status, 200);
    assert.deepEqual(emulator.requests().at(-1)?.warnings, [
      'an input image of 383*400 has sides that are not between 384 and 2048 pixels',
    ]);
  });

  it('must not be transparent for Wan 2.6 and 2.7, or so the documents say', async () => {
    const image = dataUrl(transparentPng(400, 400));
    for (const model of ['wan2.6-image', 'wan2.7-image']) {
      emulator.changeSettings({ strictness: 'doc' });
      assertRefused(await edit(model, image), 400, 'InvalidParameter', 'image format error');
      emulator.changeSettings({ strictness: 'live' });
      assert.equal((await edit(model, image)).status, 200);
    }
    emulator.changeSettings({ strictness: 'doc' });
    assert.equal((await edit('qwen-image-edit', image)).status, 200);
  });

  it('give the result the ratio of the last one where no size is sent', async () => {
    const wide = samplePng(800, 400);
    assert.equal(await sizeOfResult({}, 'qwen-image-2.0', wide), '1456*720');
    assert.equal(await sizeOfResult({}, 'qwen-image-3.0', wide), '1448*724');
    assert.equal(await sizeOfResult({}, 'qwen-image-edit', wide), '1448*724');
    assert.equal(await sizeOfResult({ n: 1 }, 'wan2.7-image', wide), '2896*1448');
    assert.equal(await sizeOfResult({ n: 1, size: '1K' }, 'wan2.7-image', wide), '1448*724');
    assert.equal(await sizeOfResult({ n: 1 }, 'wan2.6-image', wide), '1808*912');
    assert.equal(await sizeOfResult({ size: '1024*1024' }, 'qwen-image-2.0', wide), '1024*1024');
  });

  it('keep their size in edits by function, but for those that enlarge', async () => {
    const base = { base_image_url: dataUrl(samplePng(600, 520)) };
    for (const [editFunction, parameters, size] of [
      ['colorization', {}, '600*520'],
      ['super_resolution', { upscale_factor: 2 }, '1200*1040'],
      ['expand', { left_scale: 1.5, right_scale: 1.5, top_scale: 2 }, '1200*1040'],
    ] as const) {
      const input = { prompt: 'a', function: editFunction, ...base };
      const body = { model: 'wanx2.1-imageedit', input, parameters };
      assert.equal((await send(emulator, paths.imageEdit, { body })).status, 200);
      assert.equal(emulator.ledger().at(-1)?.size, size);
    }
  });
});
