import { deflateSync } from 'node:zlib';
import type { ImageSize } from '../imageModel/imageModel';
import { pngChunk, pngSignature } from '../recipe/pngChunks';

/** Red, green and blue, from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** An image of at most 16 colours: a byte a pixel, which is the place of its colour in the palette. */
export class IndexedImage {
  readonly pixels: Uint8Array;

  constructor(readonly size: ImageSize) {
    this.pixels = new Uint8Array(size.width * size.height);
  }

  /** Fills the part of a rectangle that is within the image; sides are whole numbers. */
  fill(left: number, top: number, width: number, height: number, colour: number): void {
    const right = Math.min(this.size.width, left + width);
    const bottom = Math.min(this.size.height, top + height);
    const from = Math.max(0, left);
    if (right <= from) return;
    for (let y = Math.max(0, top); y < bottom; y++) {
      const row = y * this.size.width;
      this.pixels.fill(colour, row + from, row + right);
    }
  }
}

/** A PNG with four bits a pixel. */
export function encodeIndexedPng(
  { size: { width, height }, pixels }: IndexedImage,
  palette: readonly Colour[],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([4, 3, 0, 0, 0], 8); // depth, palette, deflate, adaptive filters, not interlaced
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('PLTE', Uint8Array.from(palette.flat())),
    pngChunk('IDAT', deflateSync(filteredRows(pixels, width, height))),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/** Each row as the difference to the one above: most of them are the same. */
function filteredRows(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const rowBytes = Math.ceil(width / 2);
  const rows = new Uint8Array((rowBytes + 1) * height);
  let above = new Uint8Array(rowBytes);
  let row = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    for (let x = 0; x < width; x += 2) {
      const second = x + 1 < width ? (pixels[from + x + 1] ?? 0) : 0;
      row[x >> 1] = ((pixels[from + x] ?? 0) << 4) | second;
    }
    const to = y * (rowBytes + 1);
    rows[to] = 2; // filter "Up"
    for (let index = 0; index < rowBytes; index++) {
      rows[to + 1 + index] = (row[index] ?? 0) - (above[index] ?? 0);
    }
    [above, row] = [row, above];
  }
  return rows;
}
