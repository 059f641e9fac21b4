import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, htmlAnswer, jsonAnswer, sendAnswer, xmlAnswer } from './answer';
import type { Fault, FaultQueue } from './faults';
import type { HoldQueue } from './holds';
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
  readonly holds: HoldQueue;
  readonly accounts: Accounts;
  readonly hostKind: HostKind;
  readonly record: (entry: RequestEntry) => void;
  readonly now: () => number;
  readonly stopped: AbortSignal;
}

/** A request whose fault is known. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: RequestEntry;
  readonly fault: Fault | undefined;
  readonly toAnswer: (refusal: Refusal) => Answer;
}

/** Lets the request meet its fault, or be handled, and answers it. */
export async function respond(
  parts: ServerParts,
  exchange: Exchange,
  handle: () => Answer | Promise<Answer>,
): Promise<void> {
  const { request, response, entry, fault } = exchange;
  const { holds, stopped } = parts;
  const answer = await settle(parts, exchange, handle);
  if (answer === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (answer === 'drop') {
    // A reset of a connection that its client has left keeps Node from ending.
    request.socket.destroy();
    return;
  }
  await sendAnswer(response, answer, {
    fault,
    stopped,
    pass: (moment) => holds.pass(entry.phase, moment),
    isHalved: holds.isAwaited(entry.phase, 'half'),
  });
}

async function settle(
  { holds, stopped }: ServerParts,
  { entry, fault, toAnswer }: Exchange,
  handle: () => Answer | Promise<Answer>,
): Promise<Answer | 'drop' | 'reset'> {
  if (fault) entry.fault = fault.kind;
  if (fault?.kind === 'reset') return 'reset';
  if ((await holds.pass(entry.phase, 'arrived')) === 'drop') return 'drop';
  if (fault?.kind === 'delay') await pause(fault.ms, undefined, { signal: stopped });
  let answer: Answer;
  try {
    if (fault?.kind === 'refuse') throw new Refusal(fault.status, fault.code, fault.message);
    if (fault?.kind === 'html') {
      answer = gatewayPage(fault.status);
    } else {
      answer = await handle();
      entry.isTaken = true;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = toAnswer(error);
  }
  if ((await holds.pass(entry.phase, 'taken')) === 'drop') return 'drop';
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
