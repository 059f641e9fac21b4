import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './faults';
import type { Moment } from './holds';

/** A complete HTTP answer; `content-length` is added when it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Sent in pieces, without a length. */
  readonly isStream?: true;
}

/** An answer of the API origin; its request id, by default `request_id` of the body, is a header too. */
export function jsonAnswer(
  status: number,
  value: object,
  id: unknown = 'request_id' in value ? value.request_id : undefined,
): Answer {
  const requestId = id === undefined ? {} : { 'x-request-id': String(id) };
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-dashscope-call-gateway': 'true',
      ...requestId,
    },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** A stream of events. Its own status is 200 even where an event says that something failed. */
export function eventAnswer(
  events: readonly { readonly status: number; readonly value: object }[],
): Answer {
  const frames = events.map(({ status, value }, index) => {
    const kind = status === 200 ? 'result' : 'error';
    const data = JSON.stringify(value);
    return `id:${index + 1}\nevent:${kind}\n:HTTP_STATUS/${status}\ndata:${data}\n\n`;
  });
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream;charset=UTF-8' },
    body: Buffer.from(frames.join('')),
    isStream: true,
  };
}

/** An error of the result origin, in the words of an object store. */
export function xmlAnswer(status: number, code: string, message: string): Answer {
  const text =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
}

/** What a gateway says by itself. */
export function htmlAnswer(status: number, text: string): Answer {
  const body = `<html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(body) };
}

/** What an answer meets on its way. */
export interface Delivery {
  readonly fault?: Fault | undefined;
  readonly stopped: AbortSignal;
  /** Where it may be held up. */
  readonly pass?: (moment: Moment) => Promise<'drop' | undefined>;
  /** True where half of it is to be sent before a hold. */
  readonly isHalved?: boolean;
}

/** More than any client wants. */
const excess = 65 * 1024 * 1024;

/** Sends the answer, or as much of it as the fault lets out. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  delivery: Delivery,
): Promise<void> {
  const { fault, pass } = delivery;
  if (fault?.kind === 'loseAnswer') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = brokenBody(answer, fault);
  response.writeHead(answer.status, {
    ...lengthOf(answer, body, fault),
    ...answer.headers,
    ...(fault?.kind === 'wrongType' ? { 'content-type': fault.contentType ?? 'text/plain' } : {}),
  });
  await sendBody(response, answer, body, delivery);
  if (!response.writableEnded) return;
  await pass?.('answered');
}

function brokenBody({ body }: Answer, fault: Fault | undefined): Buffer {
  if (fault?.kind === 'empty') return Buffer.alloc(0);
  return fault?.kind === 'malformedJson' ? body.subarray(0, body.length * 0.6) : body;
}

function lengthOf(
  { isStream }: Answer,
  body: Buffer,
  fault: Fault | undefined,
): Readonly<Record<string, number>> {
  if (fault?.kind === 'oversize') {
    return fault.announced ? { 'content-length': body.length + excess } : {};
  }
  return isStream ? {} : { 'content-length': body.length };
}

async function sendBody(
  response: ServerResponse,
  { isStream }: Answer,
  body: Buffer,
  { fault, stopped, pass, isHalved }: Delivery,
): Promise<void> {
  const half = Math.floor(body.length / 2);
  const write = isStream ? writePieces : writeWhole;
  if (fault?.kind === 'slowDrip') {
    const { pieces = 10, ms = 10 } = fault;
    await drip(response, body, Math.ceil(body.length / pieces), ms, stopped);
  } else if (fault?.kind === 'oversize') {
    await writeWhole(response, body);
    await writeExcess(response);
  } else if (fault?.kind === 'truncate') {
    await write(response, body.subarray(0, half));
    response.socket?.destroy();
    return;
  } else if (fault?.kind === 'stall') {
    await write(response, body.subarray(0, half));
    if (fault.ms === undefined) return; // the connection stays open until one side gives up
    await pause(fault.ms, undefined, { signal: stopped });
    response.end(body.subarray(half));
    return;
  } else if (isHalved) {
    await write(response, body.subarray(0, half));
    if ((await pass?.('half')) === 'drop') {
      response.socket?.destroy();
      return;
    }
    await write(response, body.subarray(half));
  } else if (isStream) {
    await writePieces(response, body);
  } else {
    response.end(body);
    return;
  }
  response.end();
}

function writeWhole(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => response.write(bytes, () => resolve()));
}

/** Of a length that breaks events and characters in the middle, as a network does. */
async function writePieces(response: ServerResponse, bytes: Buffer): Promise<void> {
  for (let start = 0; start < bytes.length; start += 97) {
    await writeWhole(response, bytes.subarray(start, start + 97));
  }
}

async function drip(
  response: ServerResponse,
  bytes: Buffer,
  length: number,
  ms: number,
  stopped: AbortSignal,
): Promise<void> {
  for (let start = 0; start < bytes.length && !response.destroyed; start += length) {
    if (start > 0) await pause(ms, undefined, { signal: stopped });
    await writeWhole(response, bytes.subarray(start, start + length));
  }
}

/** Spaces: after a JSON text they mean nothing. Ends early when the client has gone. */
async function writeExcess(response: ServerResponse): Promise<void> {
  const piece = Buffer.alloc(1024 * 1024, ' ');
  for (let sent = 0; sent < excess && !response.destroyed; sent += piece.length) {
    await writeWhole(response, piece);
  }
}
