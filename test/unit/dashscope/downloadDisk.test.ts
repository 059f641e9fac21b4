import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { lstat, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { downloadImage } from '../../../src/dashscope/download';
import type { FetchFunction } from '../../../src/dashscope/transport';
import { isAbortError } from '../../../src/util/abort';
import { FakeEnvironment } from './fakeService';
import { png } from './pictures';
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
