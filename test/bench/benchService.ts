import { statSync, watch } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { padPng } from '../emulator/picture/encodePng';
import { samplePng } from '../unit/emulator/samplePictures';
import { clock } from './figure';

/** Something that the bench service has seen, in `clock` time. */
export interface ServiceEvent {
  /** A request for images, a request for the bytes of one, or a whole image in the watched folder. */
  readonly kind: 'submit' | 'image' | 'file';
  /** For a request, when its first byte was there. */
  readonly at: number;
  /** When the last byte of the answer was handed to the system; for a file the same as `at`. */
  endAt?: number;
}

/** Just enough of the service that each job succeeds at once, with images of the wanted size. */
export interface BenchService {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts it on loopback. Besides the API it answers `POST /_bench/start?bytes=N&bytesPerSecond=N`, which forgets all
 * events and sets the size of the images to come and how fast they come, and `GET /_bench/events`.
 * @param folder where images are waited for, from this process, which has nothing else to do meanwhile
 */
export async function startBenchService(folder: string): Promise<BenchService> {
  const picture = samplePng(512, 512);
  let image: Buffer = picture;
  let bytesPerSecond = Number.POSITIVE_INFINITY;
  let events: ServiceEvent[] = [];
  const files = new Set<string>();
  const firstBytes = new WeakMap<Socket, number>();

  const watcher = watch(folder, (_change, name) => {
    if (!name || name.startsWith('.') || files.has(name) || !isWhole(name)) return;
    files.add(name);
    const at = clock();
    events.push({ kind: 'file', at, endAt: at });
  });
  const isWhole = (name: string): boolean => {
    const stat = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return stat !== undefined && stat.size >= image.length;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const record = (kind: ServiceEvent['kind']): void => {
      const event: ServiceEvent = { kind, at: firstBytes.get(request.socket) ?? clock() };
      events.push(event);
      response.once('finish', () => {
        event.endAt = clock();
      });
    };
    const reply = (value: unknown): void => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    };
    if (url.pathname === '/_bench/start') {
      image = padPng(picture, Number(url.searchParams.get('bytes')));
      bytesPerSecond = Number(url.searchParams.get('bytesPerSecond'));
      events = [];
      files.clear();
      reply({});
    } else if (url.pathname === '/_bench/events') {
      reply(events);
    } else if (url.pathname.startsWith('/image/')) {
      record('image');
      response.setHeader('content-type', 'image/png').setHeader('content-length', image.length);
      await sendImage(response, image, bytesPerSecond);
    } else if (url.pathname.startsWith('/api/v1/tasks/')) {
      const results = [{ url: `${url.origin}/image/0.png` }];
      const task_id = path.posix.basename(url.pathname);
      const output = { task_id, task_status: 'SUCCEEDED', results };
      reply({ request_id: 'bench', output, usage: { image_count: 1 } });
    } else {
      record('submit');
      const body = await text(request);
      if (request.headers['x-dashscope-async'] === 'enable') {
        const task_id = crypto.randomUUID();
        reply({ request_id: 'bench', output: { task_id, task_status: 'PENDING' } });
        return;
      }
      const count = Number(/"n":\s*(\d+)/.exec(body)?.[1] ?? 1);
      const content = Array.from({ length: count }, (_, index) => ({
        image: `${url.origin}/image/${index}.png`,
      }));
      const choices = [{ finish_reason: 'stop', message: { role: 'assistant', content } }];
      reply({ request_id: 'bench', output: { choices }, usage: { image_count: count } });
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    // Before the parser, which calls the handler at once. Each request begins a chunk: none is sent before the last is answered.
    socket.prependListener('data', (chunk: Buffer) => {
      if (/^(?:GET|POST) /.test(chunk.toString('latin1', 0, 5))) firstBytes.set(socket, clock());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a listening TCP server has one
    stop: async () => {
      watcher.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @param bytesPerSecond how fast the line is that is played here; `Infinity` is as fast as the machine can */
async function sendImage(
  response: ServerResponse,
  image: Buffer,
  bytesPerSecond: number,
): Promise<void> {
  if (bytesPerSecond === Number.POSITIVE_INFINITY) {
    response.end(image);
    return;
  }
  const startedAt = clock();
  for (let sent = 0; sent < image.length; ) {
    await pause(2);
    const due = Math.floor(((clock() - startedAt) / 1000) * bytesPerSecond);
    response.write(image.subarray(sent, due));
    sent = due;
  }
  response.end();
}
