import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchFunction } from '../../../src/dashscope/transport';

/** A store of results on loopback; answers each request with the next listener, the last one again and again. */
export class ResultStore {
  readonly seen: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
  readonly #listeners: RequestListener[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.seen.push({ url: request.url, headers: request.headers });
    const listener = this.#listeners.length > 1 ? this.#listeners.shift() : this.#listeners[0];
    listener?.(request, response);
  });

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  answer(...listeners: readonly RequestListener[]): void {
    this.#listeners.push(...listeners);
  }

  get origin(): string {
    const address = this.#server.address();
    if (typeof address === 'string' || !address) throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The Range header of each request. */
  get ranges(): readonly (string | undefined)[] {
    return this.seen.map(({ headers }) => headers.range);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** A folder for one test, and the file in it that a download goes to. */
export class DownloadFolder {
  private constructor(readonly path: string) {}

  static async make(): Promise<DownloadFolder> {
    return new DownloadFolder(await mkdtemp(join(tmpdir(), 'easel-download-')));
  }

  /** Its folder is not there yet. */
  get part(): string {
    return join(this.path, 'downloads', 'job-0.part');
  }

  get hasPart(): boolean {
    return existsSync(this.part);
  }

  read(): Promise<Buffer> {
    return readFile(this.part);
  }

  /** What an earlier try left. */
  async hold(bytes: Uint8Array): Promise<void> {
    await mkdir(join(this.path, 'downloads'), { recursive: true });
    await writeFile(this.part, bytes);
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/**
 * A fetch whose bodies break off after so many bytes, the first one after the first number and so on; the later ones are
 * whole. What came before the break has always been read.
 */
export function breakingFetch(
  counts: readonly number[],
  onBreak: () => void = () => {},
): FetchFunction {
  const left = [...counts];
  return async (url, init) => {
    const response = await globalThis.fetch(url, init);
    const count = left.shift();
    if (count === undefined || !response.ok) return response;
    const pieces = [Buffer.from(await response.arrayBuffer()).subarray(0, count)];
    const body = new ReadableStream<Uint8Array>(
      {
        pull(stream) {
          const piece = pieces.shift();
          if (piece) return stream.enqueue(piece);
          onBreak();
          stream.error(init.signal?.aborted ? init.signal.reason : new TypeError('terminated'));
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, response);
  };
}

/** Answers as an object store does, with the range that is asked for. */
export function ranged(
  bytes: Buffer,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    const condition = request.headers['if-range'];
    if (Number.isNaN(start) || (condition !== undefined && condition !== headers.etag)) {
      response.writeHead(200, { 'content-length': bytes.length, ...headers }).end(bytes);
    } else if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    } else {
      const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range, ...headers }).end(bytes.subarray(start));
    }
  };
}
