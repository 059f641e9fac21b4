import type { IncomingMessage } from 'node:http';
import type { Phase } from './faults';

/** One image that was made and is paid for. */
export interface LedgerEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly model: string;
  /** As on the wire: width and height with a `*` between them. */
  readonly size: string;
  /** How many images the call asked for, or got by default. */
  readonly n: number;
  /** The image's place among them, from 0. */
  readonly index: number;
  readonly requestId: string;
  /** Absent for synchronous calls. */
  readonly taskId?: string;
  readonly prompt: string;
  readonly seed: number;
  /** Some models bill them too; absent where there are none. */
  readonly inputImages?: number;
  readonly url: string;
}

/** One request as it came in. */
export interface RequestEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly origin: 'api' | 'result';
  readonly method: string;
  /** What it is for, where it is known. */
  phase?: Phase;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Of a key only the last four characters are kept. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed if it is JSON, else the text; absent when there was none. */
  body?: unknown;
  /** What the service passes over in silence: unknown fields, cut texts. */
  readonly warnings: string[];
  /** The fault that it met. */
  fault?: string;
  /** Carried out, whatever became of the answer: for a submit, that it is or will be billed unless its task fails. */
  isTaken?: true;
  /** The HTTP status that was meant for it; absent while it is handled, and after a reset. */
  status?: number;
}

/** Starts the entry of a request. */
export function recordRequest(
  origin: RequestEntry['origin'],
  request: IncomingMessage,
  url: URL,
  now: number,
): RequestEntry {
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const text = String(value);
    return [name, name === 'authorization' ? text.replace(/\S+(?=\S{4}$)/, '…') : text];
  });
  return {
    time: new Date(now).toISOString(),
    origin,
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    warnings: [],
  };
}
