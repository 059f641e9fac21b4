import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { existsSync } from 'node:fs';
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { downloadImage } from '../../../src/dashscope/download';
import type { FetchFunction } from '../../../src/dashscope/transport';
import { isAbortError } from '../../../src/util/abort';
import { FakeEnvironment } from './fakeService';
import { jpeg, png } from './pictures';
import { DownloadFolder } from './resultStore';

const picture = png(64, 48);
const notWritten = { kind: 'storage', code: 'NotWritten', retryable: true, billed: 'yes' };

/** Noise in the data chunk of a PNG, in pieces as they come from a network. */
function largePicture(megabytes: number): { whole: Buffer; pieces: readonly Buffer[] } {
  const noise = Buffer.alloc(megabytes * 1024 * 1024, 'noise');
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(noise.length, 0);
  frame.write('noIS', 4, 'latin1');
  const whole = Buffer.concat([
    picture.subarray(0, 33),
    frame,
    noise,
    Buffer.alloc(4),
    picture.subarray(33),
  ]);
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole.length; at += 65_521) pieces.push(whole.subarray(at, at + 65_521));
  return { whole, pieces };
}

/** Stands in for what a loss of power would show: which bytes were in the file whenever it was said to be on disk. */
class SyncLog {
  readonly sizes: number[] = [];
  failWith: Error | undefined;
  #original: FileHandle['datasync'] | undefined;

  private constructor(private readonly prototype: FileHandle) {}

  /** All files of this process; Node gives its class of them to nobody. */
  static async begin(sizeNow: () => Promise<number>): Promise<SyncLog> {
    const handle = await open(process.execPath);
    await handle.close();
    const prototype: FileHandle = Object.getPrototypeOf(handle);
    const log = new SyncLog(prototype);
    const original = prototype.datasync;
    log.#original = original;
    prototype.datasync = async function (this: FileHandle) {
      if (log.failWith) throw log.failWith;
      const size = await sizeNow();
      await original.call(this);
      log.sizes.push(size);
    };
    return log;
  }

  end(): void {
    if (this.#original) this.prototype.datasync = this.#original;
  }
}

describe('writing a download', () => {
  let folder: DownloadFolder;
  let environment: FakeEnvironment;
  let calls: number;
  const controller = new AbortController();
  const answer: FetchFunction = async () => {
    calls += 1;
    return new Response(new Uint8Array(picture));
  };

  beforeEach(async () => {
    folder = await DownloadFolder.make();
    environment = new FakeEnvironment(answer);
    calls = 0;
  });
  afterEach(() => folder.remove());

  function download(signal = controller.signal) {
    const options = { environment, allowLoopback: false, signal };
    return downloadImage('https://oss.example.com/a.png', folder.part, options);
  }

  it('keeps the order of many pieces', async () => {
    const { whole, pieces } = largePicture(5);
    environment = new FakeEnvironment(async () => new Response(ReadableStream.from(pieces)));
    strictEqual((await download()).byteLength, whole.length);
    ok((await folder.read()).equals(whole));
  });

  it('leaves no listener behind on the signal', async () => {
    await download();
    deepStrictEqual(getEventListeners(controller.signal, 'abort'), []);
  });

  it('has all that came on disk when it is stopped', async () => {
    let given = 0;
    const chunk = new Uint8Array(1024 * 1024);
    const stop = new AbortController();
    const body = new ReadableStream<Uint8Array>(
      {
        pull(stream) {
          given += 1;
          if (given === 9) stop.abort();
          if (given === 9) return stream.error(stop.signal.reason);
          stream.enqueue(given === 1 ? new Uint8Array(picture) : chunk);
        },
      },
      { highWaterMark: 0 },
    );
    environment = new FakeEnvironment(async () => new Response(body));
    await rejects(download(stop.signal), isAbortError);
    strictEqual((await lstat(folder.part)).size, picture.length + 7 * chunk.length);
  });

  describe('of a picture that is to outlive a loss of power', () => {
    let syncs: SyncLog;
    beforeEach(async () => {
      syncs = await SyncLog.begin(() => lstat(folder.part).then(({ size }) => size));
    });
    afterEach(() => syncs.end());

    it('has all of it on disk at the end', async () => {
      await download();
      deepStrictEqual(syncs.sizes, [picture.length]);
    });

    it('has it there also where an earlier try had written it', async () => {
      await folder.hold(picture);
      await download();
      strictEqual(calls, 0);
      deepStrictEqual(syncs.sizes, [picture.length]);
    });

    it('says so where the disk does not take it', async () => {
      syncs.failWith = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
      await rejects(download(), notWritten);
      deepStrictEqual(await folder.read(), picture);
    });
  });

  const changes: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['cut off', (path) => truncate(path, 1024 * 1024)],
    ['made longer', (path) => truncate(path, 4 * 1024 * 1024)],
    ['taken away', (path) => rm(path)],
  ];
  for (const [what, change] of changes) {
    it(`begins anew when the file is ${what} by somebody else`, async () => {
      const megabyte = 1024 * 1024;
      const whole = jpeg(20, 10);
      const noise = Buffer.alloc(5 * megabyte, 'noise');
      const bytes = Buffer.concat([whole.subarray(0, -2), noise, whole.subarray(-2)]);
      environment = new FakeEnvironment(async () => {
        calls += 1;
        return calls === 1 ? new Response(spoilt()) : new Response(new Uint8Array(bytes));
      });
      const spoilt = () => {
        const pieces = [0, 1, 2, 3].map((at) => bytes.subarray(at * megabyte, (at + 1) * megabyte));
        const rest = bytes.subarray(4 * megabyte);
        return new ReadableStream<Uint8Array>(
          {
            async pull(stream) {
              const piece = pieces.shift();
              if (piece && pieces.length > 0) return stream.enqueue(piece);
              if (!piece) return stream.close();
              while ((await lstat(folder.part)).size < 3 * megabyte);
              await change(folder.part);
              stream.enqueue(Buffer.concat([piece, rest]));
            },
          },
          { highWaterMark: 0 },
        );
      };
      await download();
      strictEqual(calls, 2);
      ok((await folder.read()).equals(bytes));
    });
  }

  it('says so when the disk is full, and leaves nothing', async function () {
    if (!existsSync('/dev/full')) this.skip();
    await mkdir(dirname(folder.part));
    // A link, so that what is taken away is the link.
    await symlink('/dev/full', folder.part);
    await rejects(download(), (error: Error & { cause?: NodeJS.ErrnoException }) => {
      strictEqual(error.cause?.code, 'ENOSPC');
      return true;
    });
    await symlink('/dev/full', folder.part);
    await rejects(download(), notWritten);
    strictEqual(calls, 2, 'each time once: another try would not help');
    await rejects(lstat(folder.part), { code: 'ENOENT' });
    ok(existsSync('/dev/full'));
  });

  it('says so when the disk is full while much is still to come', async function () {
    if (!existsSync('/dev/full')) this.skip();
    await mkdir(dirname(folder.part));
    await symlink('/dev/full', folder.part);
    const { pieces } = largePicture(5);
    environment = new FakeEnvironment(async () => new Response(ReadableStream.from(pieces)));
    await rejects(download(), notWritten);
  });

  it('says so when a file is in the place of the folder', async () => {
    await writeFile(dirname(folder.part), '');
    await rejects(download(), notWritten);
    deepStrictEqual(environment.pauses, []);
  });

  it('says so when a folder is in the place of the file', async () => {
    await mkdir(folder.part, { recursive: true });
    await rejects(download(), notWritten);
    ok(existsSync(folder.part));
  });
});
