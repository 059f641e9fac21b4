import assert from 'node:assert/strict';
import { inspectImage } from '../../../src/util/inspectImage';
import { jpeg, png, webp } from '../dashscope/pictures';

/** Width and height as 32-bit numbers at their places in the header. */
function bmp(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(54);
  bytes.write('BM');
  bytes.writeUInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  return bytes;
}

function gif(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.write('GIF89a');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

/** One directory with the two entries for width and height. */
function tiff(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(64);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(2, 8);
  [width, height].forEach((side, index) => {
    const entry = 10 + index * 12;
    bytes.writeUInt16LE(0x100 + index, entry);
    bytes.writeUInt16LE(3, entry + 2);
    bytes.writeUInt32LE(1, entry + 4);
    bytes.writeUInt16LE(side, entry + 8);
  });
  return bytes;
}

/** A PNG with a chunk between its header and its data. */
function pngWith(type: string): Uint8Array {
  const bytes = Buffer.from(png(8, 4));
  const header = bytes.subarray(0, 33);
  const chunk = Buffer.alloc(13);
  chunk.writeUInt32BE(1);
  chunk.write(type, 4, 'latin1');
  return Buffer.concat([header, chunk, bytes.subarray(33)]);
}

describe('inspectImage', () => {
  const pictures = [
    ['png', png(320, 200)],
    ['jpeg', jpeg(320, 200)],
    ['webp', webp(320, 200)],
    ['bmp', bmp(320, 200)],
    ['gif', gif(320, 200)],
    ['tiff', tiff(320, 200)],
  ] as const;
  for (const [format, bytes] of pictures) {
    it(`knows format, bytes and size of a file in the format ${format}`, () => {
      const { hasAlpha: _, ...facts } = inspectImage(bytes);
      assert.deepEqual(facts, {
        format,
        byteLength: bytes.length,
        size: { width: 320, height: 200 },
      });
    });

    it(`takes no ${format} that is cut off for one with a size of nothing`, () => {
      for (let length = 0; length < bytes.length; length += 1) {
        const { format: found, size } = inspectImage(bytes.subarray(0, length));
        assert.ok(found === undefined || (size && size.width > 0 && size.height > 0), `${length}`);
      }
    });
  }

  it('finds no image in other files', () => {
    for (const text of ['', 'hello', '<svg width="1" height="1"/>', '%PDF-1.7', 'BM']) {
      assert.deepEqual(inspectImage(new TextEncoder().encode(text)), {
        format: undefined,
        byteLength: text.length,
        hasAlpha: false,
      });
    }
  });

  it('does not take a picture without pixels', () => {
    assert.equal(inspectImage(png(0, 200)).format, undefined);
  });

  it('sees by the header of a PNG whether it can be transparent', () => {
    const colorType = (type: number): boolean => {
      const bytes = Buffer.from(png(8, 4));
      bytes[25] = type;
      return inspectImage(bytes).hasAlpha;
    };
    assert.deepEqual([0, 2, 3, 4, 6].map(colorType), [false, false, false, true, true]);
  });

  it('sees a transparent colour of a PNG before its data', () => {
    assert.ok(inspectImage(pngWith('tRNS')).hasAlpha);
    assert.ok(!inspectImage(pngWith('gAMA')).hasAlpha);
  });

  it('reads a picture that is a view into a larger buffer', () => {
    const bytes = pngWith('tRNS');
    const buffer = new Uint8Array(bytes.length + 20);
    buffer.set(bytes, 7);
    const { size, hasAlpha } = inspectImage(buffer.subarray(7, 7 + bytes.length));
    assert.deepEqual([size, hasAlpha], [{ width: 8, height: 4 }, true]);
  });
});
