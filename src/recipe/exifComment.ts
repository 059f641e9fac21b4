import { asBuffer } from './pngChunks';

const exifPointer = 0x8769;
const userComment = 0x9286;

/** Longer ones are not read. */
const maxBytes = 1_000_000;

/** The user comment of EXIF data, which begins with its byte order; undefined where there is none. */
export function exifComment(exif: Uint8Array): string | undefined {
  try {
    return readComment(asBuffer(exif));
  } catch (error) {
    // Whatever lies outside of the data.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readComment(tiff: Buffer): string | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const isLittle = order === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  /** Where an entry of a directory begins. */
  const find = (directory: number, tag: number): number | undefined => {
    const count = short(directory);
    for (let at = directory + 2; at < directory + 2 + count * 12; at += 12) {
      if (short(at) === tag) return at;
    }
    return undefined;
  };
  const pointer = find(long(4), exifPointer);
  const entry = pointer === undefined ? undefined : find(long(pointer + 8), userComment);
  if (entry === undefined) return undefined;
  const length = long(entry + 4);
  const offset = long(entry + 8);
  if (length < 8 || length > maxBytes || offset + length > tiff.length) return undefined;
  const data = tiff.subarray(offset, offset + length);
  const text = data.subarray(8);
  const charset = data.toString('latin1', 0, 8).replace(/\0+$/, '');
  return (charset === 'UNICODE' ? utf16(text, isLittle) : text.toString('utf8')).replace(
    /\0+$/,
    '',
  );
}

/** Programs do not agree on the order of its bytes; Latin letters tell it, by the zeros before or behind them. */
function utf16(text: Buffer, isLittle: boolean): string {
  let balance = 0;
  for (let at = 0; at + 1 < text.length; at += 2) {
    if (text[at + 1] === 0) balance += 1;
    if (text[at] === 0) balance -= 1;
  }
  const isReallyLittle = balance === 0 ? isLittle : balance > 0;
  return new TextDecoder(isReallyLittle ? 'utf-16le' : 'utf-16be').decode(text);
}
