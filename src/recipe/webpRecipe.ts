import { decodeImageHeader } from '../util/imageHeader';
import { type WebpChunk, webpChunks, webpFile } from './webpChunks';
import { readXmp, removeXmp, writeXmp } from './xmpPacket';

const extended = 'VP8X';
const xmp = 'XMP ';
/** The content credentials; they sign the file's bytes, so nothing may be added. */
const signed = 'C2PA';

/** In the first byte of the extended header. */
const alphaFlag = 0x10;
const xmpFlag = 0x04;

/** The text that Easel wrote into a WebP file. */
export function readWebp(bytes: Uint8Array): string | undefined {
  const packet = webpChunks(bytes)?.find(isXmp)?.data;
  return packet && readXmp(packet);
}

/** The EXIF data of a WebP file; some programs put JPEG's start before it. */
export function readWebpExif(bytes: Uint8Array): Uint8Array | undefined {
  const data = webpChunks(bytes)?.find(({ type }) => type === 'EXIF')?.data;
  return data?.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data;
}

/** With the text in the XMP packet; a simple file becomes an extended one. */
export function writeWebp(bytes: Uint8Array, text: string): Uint8Array | undefined {
  const chunks = webpChunks(bytes);
  if (!chunks || chunks.some(({ type }) => type === signed)) return undefined;
  const header = chunks[0]?.type === extended ? chunks[0].data : extendedHeader(bytes, chunks);
  if (!header || header.length < 10) return undefined;
  const packet = writeXmp(chunks.find(isXmp)?.data, text);
  if (!packet) return undefined;
  const added = { type: xmp, data: Buffer.from(packet) };
  const body = chunks.filter(({ type }) => type !== extended);
  return webpFile([
    { type: extended, data: withFlag(header, xmpFlag, true) },
    // It comes last, but for chunks that nobody knows.
    ...(body.some(isXmp) ? body.map((each) => (isXmp(each) ? added : each)) : [...body, added]),
  ]);
}

/** The same bytes where there is nothing to take away; a simple file again where nothing asks for more. */
export function removeWebp(bytes: Uint8Array): Uint8Array {
  const chunks = webpChunks(bytes);
  const old = chunks?.find(isXmp);
  if (!chunks || !old) return bytes;
  const packet = removeXmp(old.data);
  if (packet === old.data) return bytes;
  if (packet) {
    const data = Buffer.from(packet);
    return webpFile(chunks.map((each) => (each === old ? { type: xmp, data } : each)));
  }
  const rest = chunks.filter((each) => each !== old);
  const [header, picture] = rest;
  if (header?.type !== extended) return webpFile(rest);
  const data = withFlag(header.data, xmpFlag, rest.some(isXmp));
  const isSimple = rest.length === 2 && picture && isPicture(picture);
  const asksForMore = ((data[0] ?? 0) & ~alphaFlag) !== 0;
  if (isSimple && !asksForMore) return webpFile([picture]);
  return webpFile([{ type: extended, data }, ...rest.slice(1)]);
}

/** Of a file that has none: the canvas is the picture. */
function extendedHeader(bytes: Uint8Array, chunks: readonly WebpChunk[]): Buffer | undefined {
  const [picture] = chunks;
  const size = decodeImageHeader(bytes)?.size;
  if (!picture || !isPicture(picture) || !size) return undefined;
  const header = Buffer.alloc(10);
  if (hasAlpha(picture)) header[0] = alphaFlag;
  header.writeUIntLE(size.width - 1, 4, 3);
  header.writeUIntLE(size.height - 1, 7, 3);
  return header;
}

/** Of a lossless picture; a lossy one has its alpha in a chunk of its own, which no simple file has. */
function hasAlpha({ type, data }: WebpChunk): boolean {
  return type === 'VP8L' && data.length > 4 && ((data[4] ?? 0) & 0x10) !== 0;
}

function isPicture({ type }: WebpChunk): boolean {
  return type === 'VP8 ' || type === 'VP8L';
}

function isXmp({ type }: WebpChunk): boolean {
  return type === xmp;
}

function withFlag(header: Buffer, flag: number, isSet: boolean): Buffer {
  const copy = Buffer.from(header);
  copy[0] = ((copy[0] ?? 0) & ~flag) | (isSet ? flag : 0);
  return copy;
}
