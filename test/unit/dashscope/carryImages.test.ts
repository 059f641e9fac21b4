import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { type CarrierContext, carryImages } from '../../../src/dashscope/carryImages';
import { findModel } from '../../../src/dashscope/modelCatalog';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import { DashScopeTransport } from '../../../src/dashscope/transport';
import type { StoredUpload } from '../../../src/dashscope/upload';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { isAbortError } from '../../../src/util/abort';
import { apiKey, FakeEnvironment, origin } from './fakeService';
import { jpeg, png, webp } from './pictures';

const web = 'https://pictures.example/a.png?signature=1';
const uploadHost = 'https://store.example';

/** The largest file whose Base64 text is not longer than 10,485,760 characters. */
const largest = 7_864_320;

function ofLength(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(png(16, 16));
  return bytes;
}

const files: Readonly<Record<string, () => Uint8Array>> = {
  'file:///fox.png': () => png(16, 16),
  'file:///fox.jpg': () => jpeg(16, 16),
  'file:///fox.webp': () => webp(16, 16),
  'file:///largest.png': () => ofLength(largest),
  'file:///larger.png': () => ofLength(largest + 1),
  'file:///six.png': () => ofLength(6 * 1024 * 1024),
  'file:///five.png': () => ofLength(5 * 1024 * 1024),
  'file:///text.txt': () => Buffer.from('no picture'),
};

describe('input images', () => {
  let read: string[];
  let requests: string[];
  let cache: Map<string, StoredUpload>;
  let environment: FakeEnvironment;

  beforeEach(() => {
    read = [];
    requests = [];
    cache = new Map();
    environment = new FakeEnvironment(async (target, { method = '' }) => {
      requests.push(`${method} ${target}`);
      if (target.startsWith(uploadHost)) return new Response('');
      const data = {
        ...{ policy: 'p', signature: 's', upload_dir: `dir-${requests.length}` },
        ...{ upload_host: uploadHost, oss_access_key_id: 'id', x_oss_object_acl: 'private' },
        ...{ x_oss_forbid_overwrite: 'true', max_file_size_mb: 100 },
      };
      return Response.json({ request_id: 'r', data });
    });
  });

  function context(canUpload = true): CarrierContext {
    const transport = new DashScopeTransport(environment, {
      baseUrl: origin,
      getApiKey: async () => apiKey,
    });
    return {
      readImage: async (uri) => {
        read.push(uri);
        const file = files[uri];
        if (!file) throw new Error('ENOENT');
        return file();
      },
      upload: canUpload ? { transport, environment, baseUrl: origin, cache } : undefined,
    };
  }

  function rowOf(id: string): ModelRow {
    const row = findModel(id);
    ok(row);
    return row;
  }

  function carry(
    id: string,
    uris: readonly string[],
    more: Partial<ImageRequest> = {},
    canUpload = true,
    signal = new AbortController().signal,
  ) {
    const images = uris.map((uri) => ({ uri }));
    const request = {
      modelId: id,
      prompt: 'a fox',
      size: '1K',
      count: 1,
      images,
      ...more,
    } as const;
    return carryImages(rowOf(id), request, context(canUpload), signal);
  }

  const uploads = () => requests.filter((line) => line.startsWith('POST')).length;

  it('of the web are passed on as they are', async () => {
    const { wireImages, headers } = await carry('wan2.7-image', [web, 'http://a.example/b.jpg']);
    deepStrictEqual(wireImages, { images: [web, 'http://a.example/b.jpg'] });
    deepStrictEqual([headers, read, requests], [{}, [], []]);
  });

  it('of small files travel in the request, with the type that their bytes have', async () => {
    const uris = ['file:///fox.png', 'file:///fox.jpg', web, 'file:///fox.webp'];
    const { wireImages, headers } = await carry('wan2.7-image', uris);
    const base64 = (uri: string) => Buffer.from(files[uri]?.() ?? []).toString('base64');
    deepStrictEqual(wireImages.images, [
      `data:image/png;base64,${base64('file:///fox.png')}`,
      `data:image/jpeg;base64,${base64('file:///fox.jpg')}`,
      web,
      `data:image/webp;base64,${base64('file:///fox.webp')}`,
    ]);
    deepStrictEqual([headers, requests], [{}, []]);
  });

  it('are uploaded when one is too large for the request', async () => {
    const { wireImages } = await carry('wan2.7-image', ['file:///largest.png']);
    strictEqual(wireImages.images[0]?.length, 'data:image/png;base64,'.length + 10_485_760);
    strictEqual(uploads(), 0);
    const larger = await carry('wan2.7-image', ['file:///larger.png', web]);
    const [first = '', second] = larger.wireImages.images;
    ok(/^oss:\/\/dir-1\/[0-9a-f]{16}\.png$/.test(first), first);
    strictEqual(second, web);
    deepStrictEqual(larger.headers, { 'X-DashScope-OssResourceResolve': 'enable' });
    deepStrictEqual(requests, [
      `GET ${origin}/api/v1/uploads?action=getPolicy&model=wan2.7-image`,
      `POST ${uploadHost}/`,
    ]);
  });

  it('are uploaded when all together are too large', async () => {
    const uris = ['file:///six.png', 'file:///six.png', 'file:///six.png', 'file:///fox.png'];
    const { wireImages } = await carry('wan2.7-image', uris);
    deepStrictEqual(
      wireImages.images.map((address) => address.slice(0, 4)),
      ['data', 'data', 'oss:', 'data'],
    );
    strictEqual(uploads(), 1);
  });

  it('are uploaded where the model takes no others', async () => {
    const { wireImages } = await carry('wanx-v1', ['file:///fox.png']);
    ok(wireImages.images[0]?.startsWith('oss://'));
  });

  it('too large for a region without uploads are refused in words', async () => {
    await rejects(carry('wan2.7-image', ['file:///larger.png'], {}, false), {
      ...{ kind: 'invalidRequest', code: 'InputTooLarge', billed: 'no' },
      message:
        'The input image is too large to be sent; make it smaller, or give it by a web address.',
    });
    const three = ['file:///six.png', 'file:///five.png', 'file:///six.png'];
    await rejects(carry('wan2.7-image', three, {}, false), { code: 'InputTooLarge' });
    await rejects(carry('wanx-v1', ['file:///fox.png'], {}, false), {
      kind: 'invalidRequest',
      code: 'UploadUnavailable',
      billed: 'no',
    });
    deepStrictEqual(requests, []);
  });

  it('bring the mask along, apart from the others', async () => {
    const mask = { uri: 'file:///fox.png' };
    const more = { editFunction: 'description_edit_with_mask', mask };
    const masked = await carry('wanx2.1-imageedit', [web], more);
    deepStrictEqual(masked.wireImages.images, [web]);
    ok(masked.wireImages.mask?.startsWith('data:image/png;base64,'));
    const unmasked = await carry('wanx2.1-imageedit', [web], { editFunction: 'expand', mask });
    deepStrictEqual(unmasked.wireImages, { images: [web] });
  });

  it('are not even read where the model has no use for them', async () => {
    const { wireImages } = await carry('wan2.6-t2i', ['file:///fox.png'], { mask: { uri: web } });
    deepStrictEqual([wireImages, read], [{ images: [] }, []]);
  });

  it('that cannot be read are refused in words', async () => {
    await rejects(carry('wan2.7-image', ['file:///gone.png']), {
      kind: 'invalidRequest',
      code: 'InputNotReadable',
      billed: 'no',
    });
    await rejects(carry('wan2.7-image', ['file:///text.txt']), {
      kind: 'invalidRequest',
      code: 'InputNotAnImage',
      billed: 'no',
    });
    const own = new ImageGenerationError('invalidRequest', 'fox.png', { code: 'InputNotReadable' });
    const failing = { ...context(), readImage: () => Promise.reject(own) };
    const request = { modelId: 'x', prompt: 'x', size: '1K', count: 1 } as const;
    const images = [{ uri: 'file:///fox.png' }];
    const { signal } = new AbortController();
    await rejects(
      carryImages(rowOf('wan2.7-image'), { ...request, images }, failing, signal),
      (error) => error === own,
    );
  });

  it('that have changed since they were checked are not sent', async () => {
    const fox = 'file:///fox.png';
    const { length } = png(16, 16);
    const changed = { kind: 'invalidRequest', code: 'InputChanged', billed: 'no' };
    const same = { uri: fox, format: 'png', byteLength: length } as const;
    strictEqual((await carry('wan2.7-image', [], { images: [same] })).wireImages.images.length, 1);
    const others = [
      { ...same, byteLength: length + 1 },
      { ...same, format: 'jpeg' },
      { uri: 'file:///text.txt', format: 'png' },
      { uri: fox, byteLength: 0 },
    ] as const;
    for (const image of others) {
      await rejects(carry('wan2.7-image', [], { images: [image] }), changed);
    }
    const more = { editFunction: 'description_edit_with_mask', mask: others[0] };
    await rejects(carry('wanx2.1-imageedit', [fox], more), changed);
    deepStrictEqual(requests, []);
  });

  it('are uploaded together, and the first that fails stops the others', async () => {
    let started = 0;
    const stopped: unknown[] = [];
    environment = new FakeEnvironment((_target, { signal }) => {
      started += 1;
      if (started === 3)
        return Promise.resolve(Response.json({ code: 'InvalidApiKey' }, { status: 401 }));
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          stopped.push(started);
          reject(signal.reason);
        });
      });
    });
    const uris = ['file:///larger.png', 'file:///larger.png', 'file:///larger.png'];
    await rejects(carry('wan2.7-image', uris), { kind: 'auth', code: 'InvalidApiKey' });
    deepStrictEqual(stopped, [3, 3]);
  });

  it('end when they are cancelled', async () => {
    const before = AbortSignal.abort();
    await rejects(carry('wan2.7-image', ['file:///fox.png'], {}, true, before), isAbortError);
    const controller = new AbortController();
    environment = new FakeEnvironment((_target, { signal }) => {
      controller.abort();
      return Promise.reject(signal?.reason);
    });
    const during = carry('wanx-v1', ['file:///fox.png'], {}, true, controller.signal);
    await rejects(during, (error) => error === controller.signal.reason);
  });

  it('that were uploaded are forgotten when they are to be', async () => {
    const first = await carry('wanx-v1', ['file:///fox.png']);
    deepStrictEqual((await carry('wanx-v1', ['file:///fox.png'])).wireImages, first.wireImages);
    strictEqual(uploads(), 1);
    first.forgetUploads();
    const again = await carry('wanx-v1', ['file:///fox.png']);
    ok(again.wireImages.images[0] !== first.wireImages.images[0]);
    strictEqual(uploads(), 2);
  });
});
