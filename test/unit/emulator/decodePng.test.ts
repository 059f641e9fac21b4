import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { decodePng } from '../../emulator/picture/decodePng';
import { samplePng } from './samplePictures';

/** A chunk without a check sum: the decoder does not look at it. */
function chunk(type: string, body: Buffer): Buffer {
  const framed = Buffer.alloc(body.length + 12);
  framed.writeUInt32BE(body.length, 0);
  framed.write(type, 4);
  framed.set(body, 8);
  return framed;
}

function png(
  [width, height]: readonly [number, number],
  [depth, colourType, interlace = 0]: readonly number[],
  rows: readonly number[],
  palette: readonly number[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth ?? 8, colourType ?? 2, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(palette.length > 0 ? [chunk('PLTE', Buffer.from(palette))] : []),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const pixels = (bytes: Buffer): number[] => [...(decodePng(bytes)?.pixels ?? [])];

describe('emulator: reading PNG', () => {
  it('knows grey, true colour, palettes and transparency over white', () => {
    assert.deepEqual(pixels(png([1, 1], [8, 0], [0, 90])), [90, 90, 90]);
    assert.deepEqual(pixels(png([1, 1], [8, 2], [0, 1, 2, 3])), [1, 2, 3]);
    assert.deepEqual(pixels(png([1, 1], [8, 3], [0, 1], [0, 0, 0, 7, 8, 9])), [7, 8, 9]);
    assert.deepEqual(pixels(png([1, 1], [8, 4], [0, 90, 0])), [255, 255, 255]);
    assert.deepEqual(pixels(png([1, 1], [8, 6], [0, 10, 20, 30, 255])), [10, 20, 30]);
  });

  it('undoes every filter', () => {
    const grey = (filter: number, ...row: number[]): number[] => {
      const rows = [0, 10, 20, filter, ...row];
      return pixels(png([2, 2], [8, 0], rows)).filter((_, index) => index >= 6 && index % 3 === 0);
    };
    assert.deepEqual(grey(0, 1, 2), [1, 2]);
    assert.deepEqual(grey(1, 1, 2), [1, 3]);
    assert.deepEqual(grey(2, 1, 2), [11, 22]);
    assert.deepEqual(grey(3, 1, 2), [6, 15]);
    assert.deepEqual(grey(4, 1, 2), [11, 22]);
  });

  it('reads what the emulator draws', () => {
    const decoded = decodePng(samplePng(3, 2, [9, 8, 7]));
    assert.deepEqual([decoded?.width, decoded?.height], [3, 2]);
    assert.deepEqual([...(decoded?.pixels ?? [])], Array(6).fill([9, 8, 7]).flat());
  });

  it('leaves the rest alone', () => {
    assert.equal(decodePng(Buffer.from('no image')), undefined);
    assert.equal(decodePng(samplePng(2, 2).subarray(0, 40)), undefined);
    assert.equal(decodePng(png([1, 1], [16, 0], [0, 1, 1])), undefined);
    assert.equal(decodePng(png([1, 1], [8, 0, 1], [0, 1])), undefined);
    assert.equal(decodePng(png([1, 1], [8, 5], [0, 1])), undefined);
  });
});
