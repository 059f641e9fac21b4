import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { isMissing } from './fileErrors';
import { decodeImageHeader, type ImageHeader } from './imageHeader';

/** What a file holds: a whole picture, what may be the beginning of one, or what will never become one. */
export type ImageFile =
  | { readonly state: 'whole'; readonly byteLength: number; readonly header: ImageHeader }
  | { readonly state: 'begun'; readonly byteLength: number }
  | { readonly state: 'broken' }
  | { readonly state: 'absent' };

/** Read at a time; also far more than what a JPEG has before its size. */
const windowBytes = 1024 * 1024;

const pngEnd = 0x49454e44;

/**
 * Walks a PNG, JPEG or WebP file without holding more than a piece of it in memory. The checksums of a PNG are
 * compared, so that one that was put together from two others does not pass.
 * @throws the file system's error, but for a file that is not there
 */
export async function inspectImageFile(path: string): Promise<ImageFile> {
  let handle: FileHandle;
  try {
    handle = await open(path);
  } catch (error) {
    if (isMissing(error)) return { state: 'absent' };
    throw error;
  }
  try {
    const { size } = await handle.stat();
    return await inspect(new FileWindow(handle, size));
  } finally {
    await handle.close();
  }
}

async function inspect(file: FileWindow): Promise<ImageFile> {
  const { byteLength } = file;
  if (byteLength === 0) return { state: 'absent' };
  const head = await file.read(0, windowBytes);
  const begun = { state: 'begun', byteLength } as const;
  const header = decodeImageHeader(head);
  if (!header) return looksLikeJpeg(head) ? begun : { state: 'broken' };
  const state = await walkers[header.mediaType](file);
  return state === 'whole' ? { state, byteLength, header } : state === 'begun' ? begun : { state };
}

/** The size of a JPEG may lie behind what there is of it; in the other formats it is among the first 30 bytes. */
function looksLikeJpeg(head: Uint8Array): boolean {
  return head[0] === 0xff && head[1] === 0xd8;
}

type Walker = (file: FileWindow) => Promise<'whole' | 'begun' | 'broken'>;

const walkers: Readonly<Record<ImageHeader['mediaType'], Walker>> = {
  'image/png': walkPng,
  'image/jpeg': async (file) => {
    const end = await file.read(Math.max(0, file.byteLength - 2), 2);
    return end[0] === 0xff && end[1] === 0xd9 ? 'whole' : 'begun';
  },
  'image/webp': async (file) => {
    // The RIFF length counts everything after itself.
    const whole = (await file.read(4, 4)).readUInt32LE() + 8;
    if (whole === file.byteLength) return 'whole';
    return whole > file.byteLength ? 'begun' : 'broken';
  },
};

/** Each chunk is length, type, data, checksum of type and data. What lies behind IEND is nobody's concern. */
async function walkPng(file: FileWindow): Promise<'whole' | 'begun' | 'broken'> {
  for (let offset = 8; ; ) {
    const start = await file.read(offset, 8);
    if (start.length < 8) return 'begun';
    const length = start.readUInt32BE(0);
    const type = start.readUInt32BE(4);
    const end = offset + 8 + length;
    let checksum = crc32(start.subarray(4));
    for (let at = offset + 8; at < end; ) {
      const piece = await file.read(at, Math.min(end - at, windowBytes));
      if (piece.length === 0) return 'begun';
      checksum = crc32(piece, checksum);
      at += piece.length;
    }
    const tail = await file.read(end, 4);
    if (tail.length < 4) return 'begun';
    // Viewers do not mind a wrong checksum in a chunk that is not needed for the picture, and neither does this.
    if (checksum !== tail.readUInt32BE() && isCritical(type)) return 'broken';
    if (type === pngEnd) return 'whole';
    offset = end + 4;
  }
}

/** By the case of the type's first letter. */
function isCritical(type: number): boolean {
  return (type & 0x20000000) === 0;
}

/** Reads a file from front to back in large pieces, whatever the sizes asked for. */
class FileWindow {
  readonly #buffer: Buffer;
  #start = 0;
  #length = 0;

  constructor(
    private readonly handle: FileHandle,
    readonly byteLength: number,
  ) {
    this.#buffer = Buffer.allocUnsafe(Math.min(byteLength, windowBytes));
  }

  /** At most `length` bytes, fewer only at the end of the file; good until the next call. */
  async read(offset: number, length: number): Promise<Buffer> {
    const isInside = offset >= this.#start && offset + length <= this.#start + this.#length;
    if (!isInside) await this.#fill(offset);
    const from = offset - this.#start;
    return this.#buffer.subarray(from, Math.min(from + length, this.#length));
  }

  async #fill(offset: number): Promise<void> {
    this.#start = offset;
    this.#length = 0;
    while (this.#length < this.#buffer.length) {
      const room = this.#buffer.length - this.#length;
      const position = offset + this.#length;
      const { bytesRead } = await this.handle.read(this.#buffer, this.#length, room, position);
      if (bytesRead === 0) return;
      this.#length += bytesRead;
    }
  }
}
