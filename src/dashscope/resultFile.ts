import { createHash, getFips } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from '../util/fileErrors';
import { type ImageFile, inspectImageFile } from '../util/imageFile';
import { BrokenDownload, notWritten } from './downloadErrors';

/** Written at once. Many small writes cost more time than the network takes on a fast line; more only costs memory. */
const batchBytes = 1024 * 1024;

/** The file that a result grows in, over several tries where it must. Its methods throw ImageGenerationError NotWritten. */
export class ResultFile {
  constructor(readonly path: string) {}

  /** What is in it by now. */
  inspect(): Promise<ImageFile> {
    return onDisk(() => inspectImageFile(this.path));
  }

  /**
   * Writes a body behind the `offset` bytes that the file holds; at 0 it begins anew. What came before the body broke
   * off is kept. Rethrows what the body throws.
   * @returns the length of the file
   * @throws BrokenDownload when somebody else has changed the length meanwhile; the file is gone then
   */
  async append(offset: number, body: AsyncIterable<Uint8Array>): Promise<number> {
    const handle = await onDisk(() => this.#open(offset));
    const writer = new BatchWriter(handle, offset);
    try {
      for await (const chunk of body) {
        if (writer.add(chunk)) await onDisk(() => writer.writeBatch());
      }
      await onDisk(() => writer.finish());
    } finally {
      await onDisk(async () => {
        try {
          await writer.flush();
        } finally {
          await handle.close();
          if (writer.end === 0 || writer.isSpoilt) await rm(this.path, { force: true });
        }
      });
    }
    return writer.end;
  }

  /** Resolves when its bytes would outlive a loss of power; at once where it is gone. */
  async sync(): Promise<void> {
    // Windows does it only for one who may write.
    await onDisk(() => withFile(this.path, 'r+', (handle) => handle.datasync()));
  }

  /** The MD5 of its bytes in base64; undefined where this Node may not compute one. */
  async md5(): Promise<string | undefined> {
    if (getFips() === 1) return undefined;
    const hash = createHash('md5');
    // One buffer for all of it: a stream takes a new one for each piece.
    const buffer = Buffer.allocUnsafe(batchBytes);
    await onDisk(() =>
      withFile(this.path, 'r', async (handle) => {
        for (;;) {
          const { bytesRead } = await handle.read(buffer, 0, batchBytes, null);
          if (bytesRead === 0) return;
          hash.update(buffer.subarray(0, bytesRead));
        }
      }),
    );
    return hash.digest('base64');
  }

  async remove(): Promise<void> {
    await onDisk(() => rm(this.path, { force: true }));
  }

  async #open(offset: number): Promise<FileHandle> {
    await mkdir(dirname(this.path), { recursive: true });
    // Nobody else's business until it is saved where the person wants it.
    return open(this.path, offset === 0 ? 'w' : 'r+', 0o600);
  }
}

/** Collects chunks and writes them while the next ones come. */
class BatchWriter {
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #end: number;
  #isSpoilt = false;

  constructor(
    private readonly handle: FileHandle,
    offset: number,
  ) {
    this.#end = offset;
  }

  /** Where the written bytes end. */
  get end(): number {
    return this.#end;
  }

  /** Somebody else has written, and nobody knows what. */
  get isSpoilt(): boolean {
    return this.#isSpoilt;
  }

  /** True when there is enough for a batch. */
  add(chunk: Uint8Array): boolean {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    return this.#waitingBytes >= batchBytes;
  }

  /** Waits for the batch before, not for this one. */
  async writeBatch(): Promise<void> {
    await this.#writing;
    this.#writing = this.#write(this.#take());
    // It is awaited with the next batch or by `flush`, which may be long after it has failed.
    this.#writing.catch(() => {});
  }

  /** Writes the rest, whatever became of the body. */
  async flush(): Promise<void> {
    await this.#writing;
    await this.#write(this.#take());
  }

  /** After the last byte of the body. */
  async finish(): Promise<void> {
    await this.flush();
    await this.#expectOwnLength();
  }

  #take(): Uint8Array[] {
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return chunks;
  }

  async #write(chunks: readonly Uint8Array[]): Promise<void> {
    let left = chunks.reduce((sum, { length }) => sum + length, 0);
    let rest = chunks;
    if (left > 0) await this.#expectOwnLength();
    while (left > 0) {
      const { bytesWritten } = await this.handle.writev(rest, this.#end);
      this.#end += bytesWritten;
      left -= bytesWritten;
      // A disk that runs full takes the first of it, and says why with the next write.
      if (left > 0) rest = [Buffer.concat(rest).subarray(-left)];
    }
  }

  /** One who has cut the file off would have zeros before what is written next; its length alone would not tell later. */
  async #expectOwnLength(): Promise<void> {
    const { size } = await this.handle.stat();
    this.#isSpoilt = size !== this.#end;
    if (this.#isSpoilt) throw new BrokenDownload(`${size} bytes on disk for ${this.#end}`);
  }
}

/** Does nothing where it is gone. */
async function withFile(
  path: string,
  flags: 'r' | 'r+',
  use: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(path, flags);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BrokenDownload ? error : notWritten(error);
  }
}
