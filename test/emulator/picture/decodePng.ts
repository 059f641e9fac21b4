import { inflateSync } from 'node:zlib';
import type { Canvas } from './canvas';

/** Samples a pixel by colour type; others do not exist. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The pixels of a PNG, laid over white; undefined for what is none, and for rare kinds of it. */
export function decodePng(png: Buffer): Canvas | undefined {
  try {
    return decode(png);
  } catch {
    return undefined;
  }
}

function decode(png: Buffer): Canvas | undefined {
  if (png.toString('latin1', 1, 4) !== 'PNG') return undefined;
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth = 0, colourType = 0, , , interlace] = png.subarray(24, 29);
  const channels = channelsOf[colourType];
  if (interlace !== 0 || channels === undefined) return undefined;
  // Fewer bits only of places in a palette; greys would have to be spread.
  if (depth !== 8 && (colourType !== 3 || depth > 8)) return undefined;
  const chunks = readChunks(png);
  const data = chunks.flatMap(({ type, body }) => (type === 'IDAT' ? [body] : []));
  const palette = chunks.find(({ type }) => type === 'PLTE')?.body;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const bytes = unfilter(inflateSync(Buffer.concat(data)), rowBytes, height, channels);
  const samples = depth === 8 ? bytes : unpack(bytes, width, height, depth);
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * channels;
    const alpha = colourType >= 4 ? (samples[from + channels - 1] ?? 0) / 255 : 1;
    for (let channel = 0; channel < 3; channel++) {
      const sample = samples[from + (channels >= 3 ? channel : 0)] ?? 0;
      const value = palette && colourType === 3 ? (palette[sample * 3 + channel] ?? 0) : sample;
      pixels[pixel * 3 + channel] = 255 + (value - 255) * alpha;
    }
  }
  return { width, height, pixels };
}

function readChunks(png: Buffer): { readonly type: string; readonly body: Buffer }[] {
  const chunks = [];
  for (let offset = 8; offset + 8 <= png.length; ) {
    const length = png.readUInt32BE(offset);
    const type = png.toString('latin1', offset + 4, offset + 8);
    chunks.push({ type, body: png.subarray(offset + 8, offset + 8 + length) });
    offset += 12 + length;
  }
  return chunks;
}

/** Several samples a byte, the leftmost in its highest bits; a row begins with a byte. */
function unpack(bytes: Uint8Array, width: number, height: number, depth: number): Uint8Array {
  const samples = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * depth) / 8);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = bytes[y * rowBytes + ((x * depth) >> 3)] ?? 0;
      const shift = 8 - depth - ((x * depth) & 7);
      samples[y * width + x] = (byte >> shift) & (2 ** depth - 1);
    }
  }
  return samples;
}

/** Adds to each byte what its row's filter predicts for it. */
function unfilter(rows: Buffer, rowBytes: number, height: number, step: number): Uint8Array {
  const samples = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (rowBytes + 1)];
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x >= step ? (samples[at - step] ?? 0) : 0;
      const up = y > 0 ? (samples[at - rowBytes] ?? 0) : 0;
      const upLeft = x >= step && y > 0 ? (samples[at - rowBytes - step] ?? 0) : 0;
      const prediction = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter ?? 0] ?? 0;
      samples[at] = (rows[y * (rowBytes + 1) + 1 + x] ?? 0) + prediction;
    }
  }
  return samples;
}

/** The neighbour that is nearest to where the three point. */
function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
