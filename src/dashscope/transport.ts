import { createHash } from 'node:crypto';
import { ImageGenerationError } from '../imageModel/errors';
import type { SubmitOptions } from '../imageModel/imageModel';
import type { Pause } from '../util/abort';
import type { Logger } from '../util/logger';
import { startTimeout } from '../util/timeout';
import { backOffMs } from './backOff';
import { isEventStream, readEventStream } from './eventStream';
import { toNetworkFailure } from './networkErrors';
import { readBody } from './readBody';
import { type Outcome, readReply } from './readReply';
import type { ServiceReply } from './wireSchemas';

/** The part of `fetch` that is used; give it as a function that looks `globalThis.fetch` up per call. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** The world around the client; everything that a test replaces. */
export interface ClientEnvironment {
  readonly fetch: FetchFunction;
  readonly pause: Pause;
  /** In [0, 1). */
  readonly random: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly logger: Logger;
  /** Aborted after that many milliseconds; by the real clock if absent. */
  readonly timeoutSignal?: (ms: number) => AbortSignal;
  /** Awaited before each question about tasks: the service takes 20 a second from an account, whatever they are about. */
  readonly beforeQuery?: (signal: AbortSignal) => Promise<void>;
}

/** Whom to speak to, and as whom. */
export interface ServiceAddress {
  readonly baseUrl: string;
  /** Called for each request; its answer is kept nowhere. */
  readonly getApiKey: () => Promise<string | undefined>;
  /** Named in each request; keys of sub-accounts need it. */
  readonly workspaceId?: string | undefined;
}

/** A request that costs money. */
export interface Submission {
  readonly path: string;
  readonly body: unknown;
  /** Answered with a task instead of pictures. */
  readonly isAsync: boolean;
  /** Besides those of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For an attempt; a little more than the service's own limit if absent. */
  readonly timeoutMs?: number;
  /** Whether waiting for a service that is busy ends here, after so many attempts. */
  readonly givesUp?: (error: ImageGenerationError, attempts: number) => boolean;
}

/** The answer to a submit. */
export interface SubmitReply {
  readonly reply: ServiceReply;
  /**
   * When the attempt that was accepted left, in milliseconds since the epoch. Whoever notes the time in `beforeSend` has
   * an earlier one: all that there is when the answer is lost, and a little before anything can be at the service.
   */
  readonly sentAt: number;
}

/** The service's own limit is 300 s. */
const syncSubmitTimeoutMs = 310_000;
const asyncSubmitTimeoutMs = 60_000;
const requestTimeoutMs = 30_000;
const maxReplyBytes = 8 * 1024 * 1024;
const maxConnectionAttempts = 2;
/** While the service has no capacity; nobody knows for how long. */
const maxCapacityAttempts = 5;
/** All pauses for the sake of one submit, while others are served: a rate is a matter of seconds or minutes. */
const maxThrottledMs = 10 * 60_000;
/** With what chance adds, no pause is longer than 30 s. */
const maxSubmitBackOffMs = 24_000;

interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Awaited when all else is ready. */
  readonly depart?: () => Promise<void>;
  /** Called once the request is on its way, with the moment at which it left. */
  readonly onSent?: (sentAt: number) => void;
}

/** JSON over HTTPS with the manners that money asks for: what may have been accepted is never sent again. */
export class DashScopeTransport {
  readonly #environment: ClientEnvironment;
  readonly #address: ServiceAddress;
  #clockAheadMs: number | undefined;

  constructor(environment: ClientEnvironment, address: ServiceAddress) {
    this.#environment = environment;
    this.#address = address;
  }

  /** How far the service's clock goes before ours, in milliseconds; undefined before the first answer that tells. */
  get clockAheadMs(): number | undefined {
    return this.#clockAheadMs;
  }

  /**
   * Sends a request that costs money, again only where it was not accepted.
   * @throws ImageGenerationError, the signal's reason, whatever `beforeSend` throws
   */
  async submit(submission: Submission, options: SubmitOptions): Promise<SubmitReply> {
    const { path, body, isAsync, headers, timeoutMs } = submission;
    const { signal, onProgress, beforeSend, depart, onRefused } = options;
    const { pause, random } = this.#environment;
    let sentAt = 0;
    const exchange: Exchange = {
      method: 'POST',
      path,
      body,
      signal,
      headers: { ...headers, ...(isAsync ? { 'X-DashScope-Async': 'enable' } : {}) },
      timeoutMs: timeoutMs ?? (isAsync ? asyncSubmitTimeoutMs : syncSubmitTimeoutMs),
      ...(depart && { depart }),
      onSent: (at) => {
        sentAt = at;
        if (!isAsync) onProgress?.({ phase: 'running' });
      },
    };
    const attempts = { throttled: 0, connection: 0 };
    for (let pausedMs = 0; ; ) {
      signal.throwIfAborted();
      await beforeSend?.(isAsync ? 'task' : 'call');
      onProgress?.({ phase: 'submitting' });
      const outcome = await this.#exchange(exchange);
      if ('reply' in outcome) return { reply: outcome.reply, sentAt };
      const { error, resend, retryAfterMs = 0 } = outcome;
      if (!resend) throw error;
      attempts[resend] += 1;
      const hasGivenUp =
        resend === 'connection'
          ? attempts.connection >= maxConnectionAttempts
          : endsWaiting(error, attempts.throttled, pausedMs) ||
            submission.givesUp?.(error, attempts.throttled);
      if (hasGivenUp) throw error;
      onRefused?.();
      const backOff = backOffMs(attempts[resend], random, maxSubmitBackOffMs);
      const retryInMs = Math.max(retryAfterMs, backOff);
      if (resend === 'throttled') onProgress?.({ phase: 'throttled', retryInMs });
      await pause(retryInMs, signal);
      pausedMs += retryInMs;
    }
  }

  /** One attempt, free of charge; the caller decides on another. @throws ImageGenerationError, the signal's reason */
  get(path: string, signal: AbortSignal): Promise<ServiceReply> {
    return this.#once({ method: 'GET', path, signal, timeoutMs: requestTimeoutMs });
  }

  /** One attempt of a request that costs nothing. @throws ImageGenerationError, the signal's reason */
  post(path: string, signal: AbortSignal, timeoutMs: number): Promise<ServiceReply> {
    return this.#once({ method: 'POST', path, signal, timeoutMs });
  }

  /** Tells accounts and workspaces apart without naming them. @throws ImageGenerationError where there is no key */
  async accountMark(): Promise<string> {
    const { workspaceId = '' } = this.#address;
    const account = `${await this.#apiKey()}\n${workspaceId}`;
    return createHash('sha256').update(account).digest('hex').slice(0, 12);
  }

  async #once(exchange: Exchange): Promise<ServiceReply> {
    const outcome = await this.#exchange(exchange);
    if ('reply' in outcome) return outcome.reply;
    throw outcome.error;
  }

  async #exchange(exchange: Exchange): Promise<Outcome> {
    const { method, path, signal } = exchange;
    const { now, logger, fetch, timeoutSignal } = this.#environment;
    const url = this.#url(path);
    const headers = await this.#headers(exchange);
    await exchange.depart?.();
    signal.throwIfAborted();
    const timeout = startTimeout(exchange.timeoutMs, timeoutSignal);
    const startedAt = now();
    let hasAnswered = false;
    const log = (end: string): void =>
      logger.info(`${method} ${path}: ${end} after ${Math.round(now() - startedAt)} ms`);
    try {
      const pending = fetch(url, {
        method,
        headers,
        // The key goes to the configured host and nowhere else.
        redirect: 'manual',
        signal: AbortSignal.any([timeout.signal, signal]),
        ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      });
      exchange.onSent?.(startedAt);
      const response = await pending;
      hasAnswered = true;
      this.#readClock(response);
      const outcome = isEventStream(response)
        ? await readEventStream(response, { maxBytes: maxReplyBytes, now })
        : readReply(response, await readBody(response, maxReplyBytes), now);
      if ('reply' in outcome)
        log(`${response.status} (request ${outcome.reply.request_id ?? '-'})`);
      else
        log(`${response.status} ${outcome.error.code} (request ${outcome.error.requestId ?? '-'})`);
      return outcome;
    } catch (error) {
      if (signal.aborted) {
        log('cancelled');
        throw signal.reason;
      }
      if (timeout.signal.aborted) {
        log('timeout');
        return { error: timeoutError(exchange.timeoutMs) };
      }
      const failure = toNetworkFailure(error, hasAnswered);
      log(failure.error.code);
      return failure.stage === 'connecting'
        ? { error: failure.error, resend: 'connection' }
        : { error: failure.error };
    } finally {
      timeout.end();
    }
  }

  #readClock({ headers }: Response): void {
    const time = Date.parse(headers.get('date') ?? '');
    if (Number.isFinite(time)) this.#clockAheadMs = time - this.#environment.now();
  }

  #url(path: string): string {
    const { baseUrl } = this.#address;
    const url = baseUrl.replace(/\/+$/, '') + path;
    if (URL.canParse(url)) return url;
    throw endpointInvalid(baseUrl);
  }

  async #apiKey(): Promise<string> {
    const apiKey = (await this.#address.getApiKey())?.trim();
    if (!apiKey) {
      throw new ImageGenerationError('auth', 'There is no API key for this region; set one.', {
        code: 'NoApiKey',
      });
    }
    if (!/^[\x21-\x7e]+$/.test(apiKey)) {
      throw new ImageGenerationError(
        'auth',
        'The saved API key has spaces or other characters that no key has; set it again.',
        { code: 'MalformedApiKey' },
      );
    }
    return apiKey;
  }

  async #headers({ method, headers }: Exchange): Promise<Record<string, string>> {
    const apiKey = await this.#apiKey();
    const { workspaceId } = this.#address;
    if (workspaceId && !/^[\x21-\x7e]+$/.test(workspaceId)) {
      throw new ImageGenerationError(
        'invalidRequest',
        'The workspace id has spaces or other characters that no id has; copy it from the console.',
        { code: 'WorkspaceInvalid' },
      );
    }
    return {
      Authorization: `Bearer ${apiKey}`,
      ...(workspaceId ? { 'X-DashScope-WorkSpace': workspaceId } : {}),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    };
  }
}

/** A base URL that is none. */
export function endpointInvalid(baseUrl: string): ImageGenerationError {
  return new ImageGenerationError(
    'invalidRequest',
    `"${baseUrl}" is not an address; correct the endpoint.`,
    { code: 'EndpointInvalid' },
  );
}

/** Without the word of the caller, whether to wait on for a service that has refused so many attempts. */
function endsWaiting(error: ImageGenerationError, attempts: number, pausedMs: number): boolean {
  // Too many requests come to an end; what else keeps a service from accepting may not.
  if (error.kind === 'rateLimit') return pausedMs >= maxThrottledMs;
  return attempts >= maxCapacityAttempts;
}

function timeoutError(timeoutMs: number): ImageGenerationError {
  return new ImageGenerationError(
    'timeout',
    `The service did not answer within ${timeoutMs / 1_000} seconds; the request may have been billed, so look at your bill before you send it again.`,
    { code: 'Timeout', retryable: true, billed: 'maybe' },
  );
}
