import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, htmlAnswer, jsonAnswer, xmlAnswer } from './answer';
import type { Fault, FaultQueue } from './faults';
import type { Accounts } from './keyRing';
import type { RequestEntry } from './records';
import { Refusal } from './refusal';
import type { ResultShelf } from './resultServer';
import type { Service } from './service';
import type { UploadStore } from './uploads';

/** How the API's own host is called: the OpenAI-compatible path is only on those of workspaces. */
export type HostKind = 'classic' | 'workspace' | 'both';

/** What both origins need to answer. */
export interface ServerParts {
  readonly service: Service;
  readonly shelf: ResultShelf;
  readonly uploads: UploadStore;
  readonly faults: FaultQueue;
  readonly accounts: Accounts;
  readonly hostKind: HostKind;
  readonly record: (entry: RequestEntry) => void;
  readonly now: () => number;
  readonly stopped: AbortSignal;
}

/** Lets the request meet its fault, or be handled; undefined when the connection is gone. */
export async function settle(
  parts: ServerParts,
  request: IncomingMessage,
  entry: RequestEntry,
  fault: Fault | undefined,
  toAnswer: (refusal: Refusal) => Answer,
  handle: () => Answer | Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault) entry.fault = fault.kind;
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy();
    return undefined;
  }
  if (fault?.kind === 'delay') await pause(fault.ms, undefined, { signal: parts.stopped });
  let answer: Answer;
  try {
    if (fault?.kind === 'refuse') throw new Refusal(fault.status, fault.code, fault.message);
    answer = fault?.kind === 'html' ? gatewayPage(fault.status) : await handle();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = toAnswer(error);
  }
  if (fault?.kind !== 'loseAnswer') entry.status = answer.status;
  return answer;
}

function gatewayPage(status = 502): Answer {
  return htmlAnswer(status, status === 502 ? '502 Bad Gateway' : 'Please log in to the network');
}

/** An error of the API. */
export function jsonError({ status, code, message }: Refusal): Answer {
  return jsonAnswer(status, { code, message, request_id: randomUUID() });
}

/** An error of the OpenAI-compatible paths, which have names of their own for some. */
export function openAiError({ status, code, message }: Refusal): Answer {
  const isKey = code === 'InvalidApiKey';
  const error = {
    message: isKey ? 'Incorrect API key provided.' : message,
    type: 'invalid_request_error',
    param: null,
    code: isKey ? 'invalid_api_key' : code,
  };
  return jsonAnswer(status, { error }, randomUUID());
}

/** An error of the object store. */
export function xmlError({ status, code, message }: Refusal): Answer {
  return xmlAnswer(status, code, message);
}

/** Clients may go away at any time; anything else is a bug of the emulator and must not look like a fault. */
export function guard(
  { stopped }: ServerParts,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): RequestListener {
  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const isClientGone = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
      if (stopped.aborted || isClientGone) return;
      console.error('the emulator failed:', error);
      response.destroy();
    });
  };
}
