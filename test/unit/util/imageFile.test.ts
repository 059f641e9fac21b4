import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { inspectImageFile } from '../../../src/util/imageFile';
import { jpeg, png, webp } from '../dashscope/pictures';

const size = { width: 320, height: 200 };

function chunk(type: string, data: Uint8Array, checksum?: number): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum ?? crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG with chunks between its header and its data. */
function pngWith(...chunks: readonly Buffer[]): Buffer {
  const bytes = png(320, 200);
  return Buffer.concat([bytes.subarray(0, 33), ...chunks, bytes.subarray(33)]);
}

describe('inspectImageFile', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easel-image-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function inspect(bytes: Uint8Array) {
    const path = join(folder, 'image');
    await writeFile(path, bytes);
    return inspectImageFile(path);
  }

  for (const [mediaType, bytes] of [
    ['image/png', png(320, 200)],
    ['image/jpeg', jpeg(320, 200)],
    ['image/webp', webp(320, 200)],
  ] as const) {
    it(`reads a whole ${mediaType}`, async () => {
      const header = { mediaType, size };
      deepStrictEqual(await inspect(bytes), { state: 'whole', byteLength: bytes.length, header });
    });

    it(`knows the beginning of an ${mediaType} wherever it was cut off`, async () => {
      for (let length = 30; length < bytes.length; length += 1) {
        deepStrictEqual(await inspect(bytes.subarray(0, length)), {
          state: 'begun',
          byteLength: length,
        });
      }
    });

    it(`takes no cut off ${mediaType} for a whole one`, async () => {
      for (let length = 0; length < 30; length += 1) {
        const { state } = await inspect(bytes.subarray(0, length));
        strictEqual(state === 'whole', false, `${length} bytes`);
      }
    });
  }

  it('finds what is wrong in the data of a PNG', async () => {
    const bytes = png(320, 200);
    for (let at = 8; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      strictEqual((await inspect(changed)).state === 'whole', false, `byte ${at}`);
    }
  });

  it('does not mind a wrong checksum in a chunk that a viewer can do without', async () => {
    strictEqual((await inspect(pngWith(chunk('tEXt', Buffer.from('a\0b'), 1)))).state, 'whole');
    strictEqual((await inspect(pngWith(chunk('IDAT', Buffer.from('a'), 1)))).state, 'broken');
  });

  it('reads chunks of any size, also across the pieces that it reads', async () => {
    const large = Buffer.alloc(1024 * 1024 * 2 + 77, 'large');
    const many = Array.from({ length: 300 }, (_, index) =>
      chunk('IDAT', Buffer.alloc(8_192 + index, index)),
    );
    strictEqual((await inspect(pngWith(chunk('IDAT', large), ...many))).state, 'whole');
    const cut = pngWith(chunk('IDAT', large), ...many).subarray(0, -20);
    strictEqual((await inspect(cut)).state, 'begun');
  });

  it('takes bytes behind the end of a PNG, and refuses them behind that of a WebP', async () => {
    strictEqual((await inspect(Buffer.concat([png(3, 2), Buffer.from('more')]))).state, 'whole');
    strictEqual((await inspect(Buffer.concat([webp(3, 2), Buffer.from('more')]))).state, 'broken');
  });

  it('calls everything else broken', async () => {
    for (const text of ['<html>Sign in</html>', '<svg width="9" height="9"/>', '{}', 'x']) {
      deepStrictEqual(await inspect(Buffer.from(text)), { state: 'broken' });
    }
    deepStrictEqual(await inspect(png(0, 4)), { state: 'broken' });
  });

  it('knows a file that is not there, and one that is empty', async () => {
    deepStrictEqual(await inspectImageFile(join(folder, 'none')), { state: 'absent' });
    deepStrictEqual(await inspect(Buffer.alloc(0)), { state: 'absent' });
  });

  it('throws what the file system says of anything else', async () => {
    await rejects(inspectImageFile(folder), { code: 'EISDIR' });
  });
});
