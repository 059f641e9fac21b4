import { createHash } from 'node:crypto';
import { GenerationCancelled, ImageGenerationError } from '../imageModel/errors';
import type { GenerateOptions } from '../imageModel/imageModel';
import type { Pause } from '../util/abort';
import type { Logger } from '../util/logger';
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
  /** Aborted after that many milliseconds; `AbortSignal.timeout` if absent. */
  readonly timeoutSignal?: (ms: number) => AbortSignal;
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
  /** How often it is sent at most while the service is busy. */
  readonly maxAttempts?: number;
}

/** The service's own limit is 300 s. */
const syncSubmitTimeoutMs = 310_000;
const asyncSubmitTimeoutMs = 60_000;
const requestTimeoutMs = 30_000;
/** How long a cancelled submit may still take to tell the id of the task that it made. */
const lastAnswerMs = 5_000;
const maxReplyBytes = 8 * 1024 * 1024;
const maxThrottledAttempts = 5;
const maxConnectionAttempts = 2;

interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onSent?: () => void;
}

/** JSON over HTTPS with the manners that money asks for: what may have been accepted is never sent again. */
export class DashScopeTransport {
  readonly #environment: ClientEnvironment;
  readonly #address: ServiceAddress;

  constructor(environment: ClientEnvironment, address: ServiceAddress) {
    this.#environment = environment;
    this.#address = address;
  }

  /**
   * Sends a request that costs money.
   * @throws ImageGenerationError; GenerationCancelled when the signal fires. A cancelled asynchronous submit is
   * waited for a little longer and may still resolve: only its answer names the task that is to be cancelled.
   */
  async submit(
    { path, body, isAsync, headers, timeoutMs, maxAttempts = maxThrottledAttempts }: Submission,
    { signal, onProgress }: GenerateOptions,
  ): Promise<ServiceReply> {
    const exchange: Exchange = {
      method: 'POST',
      path,
      body,
      signal,
      headers: { ...headers, ...(isAsync ? { 'X-DashScope-Async': 'enable' } : {}) },
      timeoutMs: timeoutMs ?? (isAsync ? asyncSubmitTimeoutMs : syncSubmitTimeoutMs),
      ...(isAsync ? {} : { onSent: () => onProgress?.({ phase: 'running' }) }),
    };
    const attempts = { throttled: 0, connection: 0 };
    for (;;) {
      onProgress?.({ phase: 'submitting' });
      const outcome = await this.#exchange(exchange, isAsync ? lastAnswerMs : 0);
      if ('reply' in outcome) return outcome.reply;
      if (!outcome.resend) throw outcome.error;
      attempts[outcome.resend] += 1;
      const hasGivenUp =
        attempts.throttled >= maxAttempts || attempts.connection >= maxConnectionAttempts;
      if (hasGivenUp) throw outcome.error;
      const retryInMs =
        outcome.retryAfterMs ?? backOffMs(attempts[outcome.resend], this.#environment.random);
      if (outcome.resend === 'throttled') onProgress?.({ phase: 'throttled', retryInMs });
      await this.#pauseBeforeSending(retryInMs, signal);
    }
  }

  /** One attempt, free of charge; the caller decides on another. @throws ImageGenerationError, GenerationCancelled */
  get(path: string, signal: AbortSignal): Promise<ServiceReply> {
    return this.#once({ method: 'GET', path, signal, timeoutMs: requestTimeoutMs });
  }

  /** One attempt of a request that costs nothing. @throws ImageGenerationError, GenerationCancelled */
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

  async #pauseBeforeSending(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#environment.pause(ms, signal);
    } catch (error) {
      if (signal.aborted) throw new GenerationCancelled('no');
      throw error;
    }
  }

  async #exchange(exchange: Exchange, graceMs = 0): Promise<Outcome> {
    const { method, path, signal } = exchange;
    const { now, logger, fetch, timeoutSignal } = this.#environment;
    const url = this.#url(path);
    const headers = await this.#headers(exchange);
    if (signal.aborted) throw new GenerationCancelled('no');
    const timeout = timeoutSignal?.(exchange.timeoutMs) ?? AbortSignal.timeout(exchange.timeoutMs);
    const startedAt = now();
    const done = new AbortController();
    let hasAnswered = false;
    const log = (end: string): void =>
      logger.info(`${method} ${path}: ${end} after ${Math.round(now() - startedAt)} ms`);
    try {
      const pending = fetch(url, {
        method,
        headers,
        // The key goes to the configured host and nowhere else.
        redirect: 'manual',
        signal: AbortSignal.any([timeout, this.#delayed(signal, graceMs, done.signal)]),
        ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      });
      exchange.onSent?.();
      const response = await pending;
      hasAnswered = true;
      const outcome = isEventStream(response)
        ? await readEventStream(response, { maxBytes: maxReplyBytes, now })
        : readReply(response, await readBody(response, maxReplyBytes), now);
      if ('reply' in outcome)
        log(`${response.status} (request ${outcome.reply.request_id ?? '-'})`);
      else
        log(`${response.status} ${outcome.error.code} (request ${outcome.error.requestId ?? '-'})`);
      return outcome;
    } catch (error) {
      if (timeout.aborted) {
        log('timeout');
        return { error: timeoutError(exchange.timeoutMs) };
      }
      const failure = toNetworkFailure(error, hasAnswered);
      if (signal.aborted) {
        log('cancelled');
        throw new GenerationCancelled(failure.stage === 'unknown' ? 'maybe' : 'no');
      }
      log(failure.error.code);
      return failure.stage === 'connecting'
        ? { error: failure.error, resend: 'connection' }
        : { error: failure.error };
    } finally {
      done.abort();
    }
  }

  /** The signal, but fired so much later; `done` ends the listening. */
  #delayed(signal: AbortSignal, ms: number, done: AbortSignal): AbortSignal {
    if (ms === 0) return signal;
    const controller = new AbortController();
    const fire = (): void => controller.abort();
    const wait = (): void => void this.#environment.pause(ms, done).then(fire, fire);
    signal.addEventListener('abort', wait, { once: true, signal: done });
    return controller.signal;
  }

  #url(path: string): string {
    const { baseUrl } = this.#address;
    const url = baseUrl.replace(/\/+$/, '') + path;
    if (URL.canParse(url)) return url;
    throw new ImageGenerationError(
      'invalidRequest',
      `"${baseUrl}" is not an address; correct the endpoint.`,
      { code: 'EndpointInvalid' },
    );
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

function timeoutError(timeoutMs: number): ImageGenerationError {
  return new ImageGenerationError(
    'timeout',
    `The service did not answer within ${timeoutMs / 1_000} seconds; the request may have been billed, so look at your bill before you send it again.`,
    { code: 'Timeout', retryable: true, billed: 'maybe' },
  );
}
