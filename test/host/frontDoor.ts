import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { type WindowContents, workbenchUrl } from './npmHost';

/** A loopback proxy before a VS Code server. */
export interface FrontDoor {
  /** Ends in a slash. */
  readonly url: string;
  stop(): Promise<void>;
}

/** What it stands before, and where it keeps the key. */
export interface FrontDoorOptions {
  readonly serverUrl: string;
  readonly dataDir: string;
  /** Taken if it is free: the browser keeps secrets by address, so it should stay the same. */
  readonly port: number;
  /** The server's connection token, which the browser brings as a cookie. */
  readonly connectionToken: string;
  /** What a window shows whose address names only the token. */
  readonly contents: WindowContents;
}

/**
 * Answers the half key that the window seals its secrets with (the other half is the browser's), so that they survive a
 * reload in any browser; turns the short address into that of a window; passes everything else through unchanged.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const halfKey = await keptSecret(options.dataDir, 'half-key', 32);
  const { port } = new URL(options.serverUrl);
  const visits = new Set<string>();
  const server = http.createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/mint-key') {
      if (hasToken(request, options.connectionToken)) response.end(halfKey);
      else response.writeHead(403).end();
    } else if (/^\/\?tkn=\w*$/.test(request.url ?? '')) {
      const window = new URL(workbenchUrl(`http://${request.headers.host}/`, options.contents));
      const visit = randomBytes(8).toString('hex');
      visits.add(visit);
      const location = `${request.url}&${window.search.slice(1)}&visit=${visit}`;
      response.writeHead(302, { location }).end();
    } else if (isReload(request.url ?? '', visits)) {
      response.writeHead(302, { location: withoutFile(request.url ?? '') }).end();
    } else {
      passThrough(request, response, port);
    }
  });
  server.on('upgrade', (request, socket, head) => passSocketThrough(request, socket, head, port));
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, // a listening TCP server has one
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy(); // also those of WebSockets
      await closed;
    },
  };
}

/** True for the address of a visit that has been served before; the one with the token is only on its way there. */
function isReload(address: string, visits: Set<string>): boolean {
  const { searchParams } = new URL(address, 'http://door/');
  const visit = searchParams.get('visit');
  return visit !== null && !searchParams.has('tkn') && !visits.delete(visit);
}

/** A window that is told to open a file restores no editors, so a reload must not tell it again. */
function withoutFile(address: string): string {
  const url = new URL(address, 'http://door/');
  url.searchParams.delete('payload');
  url.searchParams.delete('visit');
  return url.pathname + url.search;
}

/** Random bytes that are made once and kept for this user alone. */
export async function keptSecret(dataDir: string, name: string, bytes: number): Promise<Buffer> {
  const file = path.join(dataDir, name);
  if (!existsSync(file)) {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, randomBytes(bytes), { mode: 0o600 });
  }
  return readFile(file);
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const cookies = request.headers.cookie ?? '';
  const given = Buffer.from(/(?:^|;\s*)vscode-tkn=([^;]*)/.exec(cookies)?.[1] ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function passThrough(request: IncomingMessage, response: ServerResponse, port: string): void {
  const upstream = http.request({
    ...{ host: '127.0.0.1', port, method: request.method, path: request.url },
    headers: request.rawHeaders,
    setHost: false,
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end('The VS Code server does not answer.');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** The WebSockets of the window: the request as it came, then bytes both ways. */
function passSocketThrough(
  { method, url, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  port: string,
): void {
  const upstream = net.connect(Number(port), '127.0.0.1', () => {
    // Names and values by turns.
    const headers = rawHeaders.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`));
    upstream.write(`${method} ${url} HTTP/1.1\r\n${headers.join('')}\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  upstream.on('close', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}

/** On the wanted port, or on any when somebody else has it. */
async function listen(server: Server, port: number): Promise<void> {
  const tryPort = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await tryPort(port).catch(() => tryPort(0));
}
