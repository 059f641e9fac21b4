import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile, whenFree } from '../journal/atomicFile';
import { isMissing } from '../util/fileErrors';
import { formatLine } from './historyEvents';

/** Who reads the log. */
export interface LogReader {
  /** It begins at the first line: for the first time, or because the file is gone or another one. */
  restart(): void;
  /** @param byteLength of the line in the file */
  line(text: string, byteLength: number): void;
}

const headBytes = 128;
const chunkBytes = 256 * 1024;
const maxTries = 10;
const lineEnd = 0x0a;

/**
 * The file that the history is written to, a line an event, by all windows of the user at once. A line is one write at
 * the end of the file. It begins with a line end too, so that the torn line of a window that crashed does not swallow it.
 */
export class HistoryLog {
  /** The first bytes, by which the file is known again; undefined where there was none. */
  #head: Buffer | undefined;
  /** Up to the last whole line that was read. */
  #offset = 0;
  #size = 0;
  #inode = 0;

  constructor(
    private readonly file: string,
    /** Names temporary files. */
    private readonly windowId: string,
  ) {}

  /** In bytes, when it was read last. */
  get size(): number {
    return this.#size;
  }

  /** Reads what was added since the last time, and lets other work go on in between. */
  async read(reader: LogReader): Promise<void> {
    const handle = await openToRead(this.file);
    if (!handle) {
      if (this.#head) this.#restart(reader);
      this.#head = undefined;
      return;
    }
    try {
      const { size, ino } = await handle.stat();
      if (this.#head && size === this.#size && ino === this.#inode) return;
      const head = await readAt(handle, 0, Math.min(headBytes, size));
      const begin = this.#head && head.subarray(0, this.#head.length);
      const isSame = this.#head && size >= this.#offset && begin?.equals(this.#head);
      if (!isSame) this.#restart(reader);
      // Where the disk fails now, the next time begins anew.
      this.#head = undefined;
      this.#offset = await readLines(handle, this.#offset, size, reader);
      this.#head = head;
      this.#size = size;
      this.#inode = ino;
    } finally {
      await handle.close();
    }
  }

  /** Adds a line; also while another window writes the file anew. */
  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`\n${line}\n`);
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    for (let count = 0; count < maxTries; count += 1) {
      const handle = await whenFree(() => open(this.file, 'a', 0o600));
      try {
        const { bytesWritten } = await handle.write(bytes);
        if (bytesWritten < bytes.length) throw new Error('The disk took only a part of the line.');
        // Where the file has been replaced meanwhile, the line may be in the old one only. Twice does no harm.
        const { ino } = await handle.stat();
        if (ino === (await inodeOf(this.file))) return;
      } finally {
        await handle.close();
      }
    }
    throw new Error('The log of the history is being replaced again and again.');
  }

  /**
   * Replaces the file with one that has only these lines, unless somebody has added to it since it was read. What is
   * added at that very moment is carried over.
   * @returns whether it was replaced
   */
  async rewrite(lines: readonly string[]): Promise<boolean> {
    // A second name keeps the old file within reach; held open, Windows would not let it be replaced.
    const former = `${this.file}.${this.windowId}.former`;
    await rm(former, { force: true });
    await link(this.file, former);
    try {
      // Its id makes the head of the file another one.
      const header = formatLine({ event: 'compacted', id: randomUUID() });
      await replaceFile(this.file, `${[header, ...lines].join('\n')}\n`, {
        windowId: this.windowId,
        isDurable: true,
        beforeRename: async () => {
          const { size, ino } = await stat(this.file);
          if (size !== this.#size || ino !== this.#inode) throw new LogHasChanged();
        },
      });
      const added = (await readFile(former)).subarray(this.#size).toString().trim();
      if (added !== '') await this.append(added);
      return true;
    } catch (error) {
      if (error instanceof LogHasChanged) return false;
      throw error;
    } finally {
      await rm(former, { force: true });
    }
  }

  #restart(reader: LogReader): void {
    reader.restart();
    this.#offset = 0;
    this.#size = 0;
  }
}

/** Another window was faster. */
class LogHasChanged extends Error {}

async function openToRead(file: string): Promise<FileHandle | undefined> {
  try {
    return await whenFree(() => open(file, 'r'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Undefined where there is no file. */
async function inodeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).ino;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Where the next line begins; a last one without an end is left for the next time. */
async function readLines(
  handle: FileHandle,
  from: number,
  size: number,
  reader: LogReader,
): Promise<number> {
  let offset = from;
  let length = chunkBytes;
  while (offset < size) {
    const chunk = await readAt(handle, offset, Math.min(length, size - offset));
    const end = chunk.lastIndexOf(lineEnd);
    if (end < 0) {
      if (offset + chunk.length >= size || chunk.length < length) break;
      length *= 2;
      continue;
    }
    for (const line of chunk.toString('utf8', 0, end).split('\n')) {
      if (line !== '') reader.line(line, Buffer.byteLength(line));
    }
    offset += end + 1;
    length = chunkBytes;
  }
  return offset;
}

/** At most `length` bytes, fewer only at the end of the file. */
async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, offset + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}
