import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './faults';

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

/** Sends the answer, or as much of it as the fault lets out. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  stopped: AbortSignal,
): Promise<void> {
  if (fault?.kind === 'loseAnswer') {
    response.socket?.resetAndDestroy();
    return;
  }
  const isBroken = fault?.kind === 'malformedJson';
  const body = isBroken ? answer.body.subarray(0, answer.body.length * 0.6) : answer.body;
  const length = answer.isStream ? {} : { 'content-length': body.length };
  response.writeHead(answer.status, { ...length, ...answer.headers });
  if (fault?.kind !== 'truncate' && fault?.kind !== 'stall') {
    if (answer.isStream) await writePieces(response, body);
    response.end(answer.isStream ? undefined : body);
    return;
  }
  const half = Math.floor(body.length / 2);
  await (answer.isStream ? writePieces : writeWhole)(response, body.subarray(0, half));
  if (fault.kind === 'truncate') {
    response.socket?.destroy();
  } else if (fault.ms !== undefined) {
    await pause(fault.ms, undefined, { signal: stopped });
    response.end(body.subarray(half));
  } // else the connection stays open until one side gives up
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
