import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { crc32, gzipSync } from 'node:zlib';
import { downloadImage } from '../../../src/dashscope/download';
import { isAbortError } from '../../../src/util/abort';
import { FakeEnvironment } from './fakeService';
import { jpeg, png, webp } from './pictures';
import { breakingFetch, DownloadFolder, ResultStore, ranged } from './resultStore';

const picture = png(640, 480);
const half = Math.floor(picture.length / 2);
/** Another one of the same length, that differs in the first half of its data. */
const other = Buffer.from(picture);
other[45] = 99;
const dataEnd = picture.length - 16;
other.writeUInt32BE(crc32(other.subarray(37, dataEnd)), dataEnd);
const etag = '"5D41402ABC4B2A76B9719D911017C592"';

describe('going on with a download', () => {
  let store: ResultStore;
  let environment: FakeEnvironment;
  let controller: AbortController;
  let folder: DownloadFolder;

  beforeEach(async () => {
    store = new ResultStore();
    await store.listen();
    environment = new FakeEnvironment((url, init) => globalThis.fetch(url, init));
    controller = new AbortController();
    folder = await DownloadFolder.make();
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  const breakAfter = (...counts: readonly number[]): void => {
    environment = new FakeEnvironment(breakingFetch(counts));
  };

  function download() {
    const { signal } = controller;
    const options = { environment, allowLoopback: true, signal };
    return downloadImage(`${store.origin}/a.png`, folder.part, options);
  }

  async function downloadsWhole(bytes: Buffer = picture): Promise<void> {
    strictEqual((await download()).byteLength, bytes.length);
    deepStrictEqual(await folder.read(), bytes);
  }

  describe('in the same process', () => {
    it('fetches only the rest, if it is still of the same file', async () => {
      breakAfter(half);
      store.answer(ranged(picture, { etag }));
      await downloadsWhole();
      deepStrictEqual(store.ranges, [undefined, `bytes=${half}-`]);
      deepStrictEqual(
        store.seen.map(({ headers }) => headers['if-range']),
        [undefined, etag],
      );
    });

    it('starts anew when it is another file by now', async () => {
      breakAfter(half);
      store.answer(ranged(picture, { etag }), ranged(other, { etag: '"other"' }));
      await downloadsWhole(other);
      strictEqual(store.seen.length, 2);
    });

    it('starts anew when the answer disregards If-Range and names another file', async () => {
      breakAfter(half);
      const disregarding = ranged(other, { etag: '"other"' });
      store.answer(ranged(picture, { etag }), (request, response) => {
        delete request.headers['if-range'];
        disregarding(request, response);
      });
      await downloadsWhole(other);
      deepStrictEqual(store.ranges, [undefined, `bytes=${half}-`, undefined]);
    });

    it('starts anew when the file has another length by now', async () => {
      breakAfter(half);
      const longer = Buffer.concat([picture, Buffer.from('more')]);
      store.answer(ranged(picture), ranged(longer));
      await downloadsWhole(longer);
      deepStrictEqual(store.ranges, [undefined, `bytes=${half}-`, undefined]);
    });

    it('takes no weak ETag for a promise', async () => {
      breakAfter(half);
      store.answer(ranged(picture, { etag: `W/${etag}` }));
      await downloadsWhole();
      deepStrictEqual(store.ranges, [undefined, `bytes=${half}-`]);
      strictEqual(store.seen[1]?.headers['if-range'], undefined);
    });

    it('goes on again and again', async () => {
      breakAfter(30, 10, 10);
      store.answer(ranged(picture));
      await downloadsWhole();
      deepStrictEqual(store.ranges, [undefined, 'bytes=30-', 'bytes=40-', 'bytes=50-']);
    });

    it('keeps what came before a stop', async () => {
      const stop = (): void => controller.abort();
      environment = new FakeEnvironment(breakingFetch([half], stop));
      store.answer(ranged(picture));
      await rejects(download(), isAbortError);
      deepStrictEqual(await folder.read(), picture.subarray(0, half));
      controller = new AbortController();
      await downloadsWhole();
      deepStrictEqual(store.ranges, [undefined, `bytes=${half}-`]);
    });

    it('keeps what came when it has to give up', async () => {
      breakAfter(half);
      store.answer(ranged(picture), (_, response) => response.writeHead(503).end());
      await rejects(download(), { code: 'BrokenDownload', retryable: true });
      deepStrictEqual(await folder.read(), picture.subarray(0, half));
    });
  });

  describe('after a restart', () => {
    beforeEach(() => folder.hold(picture.subarray(0, half)));

    it('fetches only the rest', async () => {
      store.answer(ranged(picture, { etag }));
      await downloadsWhole();
      deepStrictEqual(store.ranges, [`bytes=${half}-`]);
      strictEqual(store.seen[0]?.headers['if-range'], undefined);
    });

    it('takes the whole where the server knows no ranges', async () => {
      store.answer((_, response) => response.end(picture));
      await downloadsWhole();
      strictEqual(store.seen.length, 1);
    });

    const unfitting: readonly (readonly [string, RequestListener])[] = [
      ['416', (_, response) => response.writeHead(416).end()],
      ...[
        `bytes ${half + 1}-${picture.length - 1}/${picture.length}`,
        `bytes ${half}-${picture.length - 1}/*`,
        `bytes ${half}-${half}/${half}`,
        'bytes',
      ].map((range): readonly [string, RequestListener] => [
        `the range "${range}"`,
        (_, response) =>
          response.writeHead(206, { 'content-range': range }).end(picture.subarray(half)),
      ]),
      [
        'a packed part',
        (_, response) => {
          const range = `bytes ${half}-${picture.length - 1}/${picture.length}`;
          response
            .writeHead(206, { 'content-range': range, 'content-encoding': 'gzip' })
            .end(gzipSync(picture.subarray(half)));
        },
      ],
    ];
    for (const [name, listener] of unfitting) {
      it(`starts anew at once after ${name}`, async () => {
        store.answer(listener, ranged(picture));
        await downloadsWhole();
        deepStrictEqual(store.ranges, [`bytes=${half}-`, undefined]);
        deepStrictEqual(environment.pauses, []);
      });
    }

    it('starts anew when the two parts do not make one picture', async () => {
      store.answer(ranged(other));
      await downloadsWhole(other);
      deepStrictEqual(store.ranges, [`bytes=${half}-`, undefined]);
      deepStrictEqual(environment.pauses, [1_000]);
    });

    it('refuses a rest that would make too large a file', async () => {
      store.answer((_, response) => {
        const range = `bytes ${half}-99999999/100000000`;
        response.writeHead(206, { 'content-range': range });
        response.write(picture);
      });
      await rejects(download(), { code: 'ImageTooLarge' });
      ok(!folder.hasPart);
    });

    it('takes the part away when the link has expired', async () => {
      store.answer((_, response) => response.writeHead(403).end());
      await rejects(download(), { code: 'Http403' });
      ok(!folder.hasPart);
    });
  });

  for (const [name, bytes] of [
    ['PNG', picture],
    ['JPEG', jpeg(20, 10)],
    ['WebP', webp(20, 10)],
  ] as const) {
    it(`asks for nothing where the file is a whole ${name}`, async () => {
      await folder.hold(bytes);
      await downloadsWhole(bytes);
      strictEqual(store.seen.length, 0);
    });
  }

  it('does not go on from what is no picture', async () => {
    await folder.hold(Buffer.from('<html>Sign in</html>'));
    store.answer(ranged(picture));
    await downloadsWhole();
    deepStrictEqual(store.ranges, [undefined]);
  });

  it('does not take a part that it has not asked for', async () => {
    const unasked: RequestListener = (_, response) =>
      response.writeHead(206, { 'content-range': 'bytes 0-9/99' }).end(picture.subarray(0, 10));
    store.answer(unasked, ranged(picture));
    await downloadsWhole();
    deepStrictEqual(store.ranges, [undefined, undefined]);
  });

  it('unpacks a body that was packed, whose length says nothing then', async () => {
    store.answer((_, response) => {
      const packed = gzipSync(picture);
      const headers = { 'content-encoding': 'gzip', 'content-length': packed.length };
      response.writeHead(200, headers).end(packed);
    });
    await downloadsWhole();
  });

  describe('with a Content-MD5', () => {
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');
    const sending = (bytes: Buffer, digest: string): RequestListener =>
      ranged(bytes, { 'content-md5': digest });

    it('takes what fits', async () => {
      store.answer(sending(picture, md5(picture)));
      await downloadsWhole();
      strictEqual(store.seen.length, 1);
    });

    it('fetches anew what does not', async () => {
      const bytes = jpeg(20, 10);
      const changed = Buffer.from(bytes);
      changed[25] = 9;
      store.answer(sending(changed, md5(bytes)), sending(bytes, md5(bytes)));
      await downloadsWhole(bytes);
      deepStrictEqual(store.ranges, [undefined, undefined]);
    });

    it('compares all of the file also after a restart', async () => {
      const bytes = jpeg(20, 10);
      const changed = Buffer.from(bytes.subarray(0, 30));
      changed[25] = 9;
      await folder.hold(changed);
      store.answer(sending(bytes, md5(bytes)));
      await downloadsWhole(bytes);
      deepStrictEqual(store.ranges, ['bytes=30-', undefined]);
    });

    it('goes on after a restart where all of it fits', async () => {
      await folder.hold(picture.subarray(0, half));
      store.answer(sending(picture, md5(picture)));
      await downloadsWhole();
      deepStrictEqual(store.ranges, [`bytes=${half}-`]);
    });

    it('fetches all of it once where the digest is that of a part', async () => {
      await folder.hold(picture.subarray(0, half));
      store.answer(sending(picture, md5(picture.subarray(half))), sending(picture, md5(picture)));
      await downloadsWhole();
      deepStrictEqual(store.ranges, [`bytes=${half}-`, undefined]);
    });

    it('disregards one that is none', async () => {
      store.answer(sending(picture, 'none'));
      await downloadsWhole();
      strictEqual(store.seen.length, 1);
    });
  });
});
