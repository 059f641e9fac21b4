import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './faults';

/** A complete HTTP answer; `content-length` is added when it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer of the API origin; `request_id`, where there is one, is also sent as a header. */
export function jsonAnswer(status: number, value: object): Answer {
  const requestId = 'request_id' in value ? { 'x-request-id': String(value.request_id) } : {};
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
  response.writeHead(answer.status, { 'content-length': body.length, ...answer.headers });
  if (fault?.kind !== 'truncate' && fault?.kind !== 'stall') {
    response.end(body);
    return;
  }
  const half = Math.floor(body.length / 2);
  await new Promise<void>((resolve) => response.write(body.subarray(0, half), () => resolve()));
  if (fault.kind === 'truncate') {
    response.socket?.destroy();
  } else if (fault.ms !== undefined) {
    await pause(fault.ms, undefined, { signal: stopped });
    response.end(body.subarray(half));
  } // else the connection stays open until one side gives up
}
