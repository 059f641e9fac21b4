import { constants, crc32, deflateSync } from 'node:zlib';
import type { Canvas } from './canvas';
import { createRandom } from './random';

/** A true-colour PNG, eight bits a channel. */
export function encodePng({ width, height, pixels }: Canvas): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // depth, true colour, deflate, adaptive filters, not interlaced
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', compress(pixels, width * 3, height)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same picture with an ancillary chunk of noise before its end, so that the file has about so many bytes. */
export function padPng(png: Buffer, bytes: number): Buffer {
  const missing = bytes - png.length - 12;
  if (missing <= 0) return png;
  const noise = Buffer.alloc(missing);
  const random = createRandom(missing);
  // Not compressible, as pixels are not; a few thousand numbers, repeated, are enough for that.
  for (let index = 0; index < Math.min(missing, 1 << 16); index++) noise[index] = random() * 256;
  noise.fill(noise.subarray(0, 1 << 16), Math.min(missing, 1 << 16));
  const end = png.length - 12; // the chunk IEND
  return Buffer.concat([png.subarray(0, end), chunk('eaSl', noise), png.subarray(end)]);
}

/** Each row as the difference to the pixel on its left: gradients become runs of small numbers. */
function compress(pixels: Uint8Array, rowBytes: number, height: number): Buffer {
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const from = y * rowBytes;
    const to = y * (rowBytes + 1);
    rows[to] = 1; // filter "Sub"
    for (let index = 0; index < rowBytes; index++) {
      const left = index < 3 ? 0 : (pixels[from + index - 3] ?? 0);
      rows[to + 1 + index] = (pixels[from + index] ?? 0) - left;
    }
  }
  return deflateSync(rows, { level: 1, strategy: constants.Z_RLE });
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
