import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { downloadImage } from '../../../src/dashscope/download';
import type { FetchFunction } from '../../../src/dashscope/transport';
import { isAbortError } from '../../../src/util/abort';
import { FakeEnvironment, HangingFetch } from './fakeService';
import { png } from './pictures';
import { DownloadFolder, ResultStore } from './resultStore';

const picture = png(64, 48);
const described = {
  byteLength: picture.length,
  mediaType: 'image/png',
  size: { width: 64, height: 48 },
};

const whole: RequestListener = (_, response) => response.end(picture);
const status =
  (code: number): RequestListener =>
  (_, response) =>
    response.writeHead(code).end('<Error/>');
const redirect =
  (location: string): RequestListener =>
  (_, response) =>
    response.writeHead(302, { location }).end();

describe('downloading a result', () => {
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

  function download(url = `${store.origin}/a.png?Signature=secret`, allowLoopback = true) {
    const { signal } = controller;
    return downloadImage(url, folder.part, { environment, allowLoopback, signal });
  }

  async function downloadsWhole(): Promise<void> {
    deepStrictEqual(await download(), { file: folder.part, ...described });
    deepStrictEqual(await folder.read(), picture);
  }

  it('leaves the bytes in the file as they are, and says what their header says', async () => {
    store.answer(whole);
    await downloadsWhole();
  });

  it('takes bytes that come in pieces and without a length', async () => {
    store.answer((_, response) => {
      response.write(picture.subarray(0, 20));
      setImmediate(() => response.end(picture.subarray(20)));
    });
    await downloadsWhole();
  });

  it('makes the folder, and a file that is for the person alone', async () => {
    store.answer(whole);
    await download();
    if (process.platform !== 'win32') strictEqual((await stat(folder.part)).mode & 0o777, 0o600);
  });

  it('sends no key and no header of its own', async () => {
    store.answer(whole);
    await download();
    deepStrictEqual(Object.keys(store.seen[0]?.headers ?? {}).sort(), [
      'accept',
      'accept-encoding',
      'accept-language',
      'connection',
      'host',
      'sec-fetch-mode',
      'user-agent',
    ]);
  });

  it('logs the host, but not the signed link', async () => {
    store.answer(status(500), whole);
    await download();
    const log = environment.logger.lines.join('\n');
    ok(log.includes(new URL(store.origin).host));
    ok(!log.includes('secret') && !log.includes('a.png'));
  });

  describe('tries again', () => {
    const broken: readonly (readonly [string, RequestListener])[] = [
      ['500', status(500)],
      ['503', status(503)],
      ['429', status(429)],
      ['408', status(408)],
      ['a dropped connection', (request) => request.socket.destroy()],
      [
        'a connection dropped in the middle',
        (_, response) => {
          response.writeHead(200, { 'content-length': picture.length });
          response.write(picture.subarray(0, 30), () => response.destroy());
        },
      ],
      ['a picture that is cut off', (_, response) => response.end(picture.subarray(0, -1))],
      ['a page instead of a picture', (_, response) => response.end('<html>Sign in</html>')],
      ['nothing', (_, response) => response.end()],
    ];
    for (const [name, listener] of broken) {
      it(`after ${name}`, async () => {
        store.answer(listener, whole);
        await downloadsWhole();
        deepStrictEqual(environment.pauses, [1_000]);
      });

      it(`four times after ${name}, and then says that it can be fetched later`, async () => {
        store.answer(listener);
        await rejects(download(), {
          kind: 'download',
          code: 'BrokenDownload',
          retryable: true,
          billed: 'yes',
        });
        strictEqual(store.seen.length, 4);
        deepStrictEqual(environment.pauses, [1_000, 2_000, 4_000]);
      });
    }

    it('after 30 s without an answer', async () => {
      const hanging = new HangingFetch();
      store.answer(whole);
      environment = new FakeEnvironment((url, init) =>
        hanging.calls === 0 ? hanging.fetch(url, init) : globalThis.fetch(url, init),
      );
      const result = downloadsWhole();
      await hanging.started;
      environment.timeouts[0]?.controller.abort();
      await result;
      strictEqual(environment.timeouts[0]?.ms, 30_000);
      deepStrictEqual(environment.pauses, [1_000]);
    });

    it('when a body stands still, but not while it moves', async () => {
      const stream = new TransformStream<Uint8Array>();
      const writer = stream.writable.getWriter();
      const replies = [new Response(stream.readable), new Response(new Uint8Array(picture))];
      environment = new FakeEnvironment(async (_, { signal }) => {
        signal?.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => {}));
        return replies.shift() ?? Response.error();
      });
      const result = downloadsWhole();
      await writer.write(picture.subarray(0, 10));
      await writer.write(picture.subarray(10, 20));
      environment.timeouts[0]?.controller.abort();
      strictEqual(environment.timeouts.length, 2, 'it is watched on');
      deepStrictEqual(environment.pauses, []);
      environment.timeouts[1]?.controller.abort();
      await result;
      deepStrictEqual(environment.pauses, [1_000]);
    });

    it('when fewer bytes came than were announced', async () => {
      const announce = (length: number) =>
        new Response(new Uint8Array(picture), { headers: { 'content-length': `${length}` } });
      const replies = [announce(picture.length + 1), announce(picture.length)];
      environment = new FakeEnvironment(async () => replies.shift() ?? Response.error());
      await downloadsWhole();
      deepStrictEqual(environment.pauses, [1_000]);
    });
  });

  describe('gives up at once', () => {
    for (const code of [400, 401, 403, 404, 410]) {
      it(`on ${code}: the link is no longer valid, but it was paid for`, async () => {
        store.answer(status(code));
        await rejects(download(), {
          kind: 'download',
          code: `Http${code}`,
          httpStatus: code,
          retryable: false,
          billed: 'yes',
          message: /paid for.*no longer valid/,
        });
        strictEqual(store.seen.length, 1);
        ok(!folder.hasPart);
      });
    }

    it('on 403 for a link that says that it has not expired, but so that it can be fetched again', async () => {
      for (const [seconds, code, retryable] of [
        [4_000_000_000, 'LinkRejected', true],
        [1_000_000_000, 'Http403', false],
      ] as const) {
        store.answer(status(403));
        const link = `${store.origin}/a.png?Expires=${seconds}&Signature=x`;
        await rejects(download(link), { code, retryable, billed: 'yes' });
      }
    });

    it('on a file that is announced as larger than 64 MB', async () => {
      store.answer((_, response) => {
        response.writeHead(200, { 'content-length': 64 * 1024 * 1024 + 1 });
        response.write(picture);
      });
      await rejects(download(), { kind: 'download', code: 'ImageTooLarge', billed: 'yes' });
    });

    it('on a body that grows beyond 64 MB without having said so', async () => {
      const chunk = new Uint8Array(16 * 1024 * 1024);
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(stream) {
          sent += 1;
          stream.enqueue(chunk);
        },
      });
      environment = new FakeEnvironment(async () => new Response(body));
      await rejects(download(), { code: 'ImageTooLarge', billed: 'yes' });
      ok(sent <= 7, `${sent} chunks were taken`);
      ok(!folder.hasPart);
    });
  });

  describe('follows redirects', () => {
    it('up to three', async () => {
      store.answer(redirect('/b'), redirect(`${store.origin}/c`), redirect('d?x=1'), whole);
      await downloadsWhole();
      deepStrictEqual(
        store.seen.map(({ url }) => url),
        ['/a.png?Signature=secret', '/b', '/c', '/d?x=1'],
      );
    });

    it('no further', async () => {
      store.answer(redirect('/again'));
      await rejects(download(), { kind: 'download', code: 'LinkRefused', billed: 'yes' });
      strictEqual(store.seen.length, 4);
    });

    for (const target of [
      'http://10.0.0.1/a.png',
      'https://169.254.169.254/latest/meta-data',
      'https://[fd00::1]/a.png',
      'file:///etc/passwd',
      'data:image/png;base64,AAAA',
      'https://user:password@example.com/',
      'https://',
    ]) {
      it(`but not to ${target}`, async () => {
        store.answer(redirect(target));
        await rejects(download(), { kind: 'download', code: 'LinkRefused', billed: 'yes' });
        strictEqual(store.seen.length, 1);
      });
    }
  });

  describe('goes only to safe addresses', () => {
    const seen: string[] = [];
    const recording: FetchFunction = async (url) => {
      seen.push(url);
      return new Response(new Uint8Array(picture));
    };

    beforeEach(() => {
      seen.length = 0;
      environment = new FakeEnvironment(recording);
    });

    it('by https, also where the link says http', async () => {
      await download('http://oss.example.com/a.png?Signature=x%2By', false);
      deepStrictEqual(seen, ['https://oss.example.com/a.png?Signature=x%2By']);
    });

    it('by http on loopback, where the service itself is there', async () => {
      await download('http://localhost:8080/a.png', true);
      deepStrictEqual(seen, ['http://localhost:8080/a.png']);
    });

    for (const url of [
      'http://localhost:8080/a.png',
      'https://127.0.0.1/a.png',
      'https://0x7f.1/a.png',
      'https://[::1]/a.png',
      'https://store.localhost./a.png',
      'https://192.168.1.1/a.png',
      'https://0.0.0.0/a.png',
      'https://[::ffff:10.0.0.1]/a.png',
      'ftp://example.com/a.png',
      'javascript:alert(1)',
      'a.png',
      '',
    ]) {
      it(`not to ${url || 'an empty link'}`, async () => {
        await rejects(download(url, false), {
          kind: 'download',
          code: 'LinkRefused',
          billed: 'yes',
        });
        deepStrictEqual(seen, []);
      });
    }
  });

  describe('when cancelled', () => {
    it('between two tries, ends as an abort', async () => {
      store.answer(status(500));
      environment.onPause = () => controller.abort();
      await rejects(download(), isAbortError);
      strictEqual(store.seen.length, 1);
    });

    it('in the middle of the bytes, ends as an abort', async () => {
      store.answer((_, response) => {
        response.write(picture.subarray(0, 30), () => setImmediate(() => controller.abort()));
      });
      await rejects(download(), isAbortError);
      strictEqual(store.seen.length, 1);
    });

    it('during the last try, ends as an abort too', async () => {
      store.answer(status(500), status(500), status(500), (_, response) => {
        response.write(picture.subarray(0, 30), () => setImmediate(() => controller.abort()));
      });
      await rejects(download(), isAbortError);
      strictEqual(store.seen.length, 4);
    });

    it('before it began, asks for nothing', async () => {
      controller.abort();
      await rejects(download(), isAbortError);
      strictEqual(store.seen.length, 0);
    });
  });
});
