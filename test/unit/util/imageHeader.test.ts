import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { readImageHeader } from '../../../src/util/imageHeader';
import { jpeg, png, webp } from '../dashscope/pictures';

const pictures = [
  { name: 'PNG', mediaType: 'image/png', bytes: png(320, 200) },
  { name: 'JPEG', mediaType: 'image/jpeg', bytes: jpeg(320, 200) },
  { name: 'WebP', mediaType: 'image/webp', bytes: webp(320, 200) },
];

describe('readImageHeader', () => {
  for (const { name, mediaType, bytes } of pictures) {
    it(`reads type and size of a ${name}`, () => {
      deepStrictEqual(readImageHeader(bytes), { mediaType, size: { width: 320, height: 200 } });
    });

    it(`does not pass a ${name} that is cut off anywhere`, () => {
      for (let length = 0; length < bytes.length; length += 1) {
        strictEqual(readImageHeader(bytes.subarray(0, length)), undefined, `${length} bytes`);
      }
    });

    it(`reads a ${name} that is a view into a larger buffer`, () => {
      const buffer = new Uint8Array(bytes.length + 20);
      buffer.set(bytes, 7);
      deepStrictEqual(readImageHeader(buffer.subarray(7, 7 + bytes.length)), {
        mediaType,
        size: { width: 320, height: 200 },
      });
    });
  }

  it('does not pass a picture without pixels', () => {
    strictEqual(readImageHeader(png(0, 200)), undefined);
    strictEqual(readImageHeader(jpeg(320, 0)), undefined);
  });

  it('reads a PNG with bytes behind its end', () => {
    const bytes = Buffer.concat([png(8, 4), Buffer.from('more')]);
    deepStrictEqual(readImageHeader(bytes)?.size, { width: 8, height: 4 });
  });

  it('knows no other format', () => {
    const gif = Buffer.from('474946383961010001000000003b', 'hex');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const html = Buffer.from('<!doctype html><title>Sign in</title>');
    for (const bytes of [gif, svg, html]) strictEqual(readImageHeader(bytes), undefined);
  });

  it('never throws, whatever the bytes', () => {
    const starts = pictures.map(({ bytes }) => bytes.subarray(0, 26));
    fc.assert(
      fc.property(
        fc.constantFrom(new Uint8Array(), ...starts),
        fc.uint8Array({ maxLength: 200 }),
        (start, rest) => {
          const header = readImageHeader(Buffer.concat([start, rest]));
          return header === undefined || (header.size.width > 0 && header.size.height > 0);
        },
      ),
    );
  });
});
