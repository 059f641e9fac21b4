import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { errorCode, toApiError } from './apiErrors';
import { type Outcome, readReply, toRefusal } from './readReply';
import { type ReplyOutput, replySchema, type ServiceReply } from './wireSchemas';

// https://help.aliyun.com/zh/model-studio/wan-image-generation-api-reference (interleaved text and images). Frames:
// `id:1`, `event:result` or `event:error`, the comment `:HTTP_STATUS/200`, `data:{…}`. The status of the response
// itself is 200 even where an event tells a failure, and `finished` is true from the first frame on.

type Content = NonNullable<ReplyOutput['choices']>[number]['message']['content'];

/** What may go on around the reading of a stream. */
export interface StreamOptions {
  readonly maxBytes: number;
  readonly now: () => number;
}

/** Whether the service answers with a stream of events, which it may do for a refusal too. */
export function isEventStream({ headers }: Response): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}

/**
 * Reads a stream to its end and puts its pieces together to one reply. Pictures that were announced before it failed or
 * was cancelled are paid for: they stay, and the rest stands in `results` as a failure.
 * @throws what the connection throws, when there was no picture yet
 */
export async function readEventStream(
  response: Response,
  { maxBytes, now }: StreamOptions,
): Promise<Outcome> {
  const answer = new StreamedAnswer(response);
  const parser = createParser({
    onEvent: (event) => answer.take(event),
    onComment: (comment) => answer.takeComment(comment),
  });
  const decoder = new TextDecoder();
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      parser.feed(decoder.decode(chunk, { stream: true }));
      // Leaving the loop closes the connection.
      if (answer.isOver || length > maxBytes) break;
    }
    // The last frame may lack its empty line.
    if (!answer.isOver) parser.feed(`${decoder.decode()}\n\n`);
  } catch (error) {
    if (!answer.hasImages) throw error;
    return answer.cutShort();
  }
  if (length <= maxBytes || answer.isOver) return answer.outcome();
  return answer.hasImages ? answer.cutShort() : readReply(response, undefined, now);
}

/** What has come so far. */
class StreamedAnswer {
  readonly #content: Content = [];
  readonly #responseStatus: number;
  #requestId: string | undefined;
  /** Of the frame that is being read. */
  #status: number;
  #failure: { readonly reply: ServiceReply; readonly status: number } | undefined;
  #hasStopped = false;
  /** A refusal comes first; what fails after a part of the answer was at work, and may be billed. */
  #isAccepted = false;
  #usage: ServiceReply['usage'];

  constructor({ status, headers }: Response) {
    this.#responseStatus = status;
    this.#status = status;
    this.#requestId = headers.get('x-request-id') ?? undefined;
  }

  get isOver(): boolean {
    return this.#hasStopped || this.#failure !== undefined;
  }

  get hasImages(): boolean {
    return this.#content.some(({ image }) => image);
  }

  takeComment(comment: string): void {
    const status = /^\s*HTTP_STATUS\/(\d{3})\b/.exec(comment)?.[1];
    if (status) this.#status = Number(status);
  }

  take({ event, data }: EventSourceMessage): void {
    const status = this.#status;
    this.#status = this.#responseStatus;
    if (this.isOver) return;
    const { data: reply } = replySchema.safeParse(parseJson(data));
    if (!reply) return;
    this.#requestId = reply.request_id || reply.requestId || this.#requestId;
    if (event === 'error' || status >= 400 || errorCode(reply)) {
      this.#failure = { reply, status };
      return;
    }
    this.#isAccepted ||= reply.output !== undefined;
    this.#usage = reply.usage ?? this.#usage;
    for (const { message, finish_reason } of reply.output?.choices ?? []) {
      this.#content.push(...message.content);
      if (finish_reason === 'stop') this.#hasStopped = true;
    }
  }

  outcome(): Outcome {
    const isRefused = this.#responseStatus >= 400;
    if (!this.#failure && !isRefused) {
      // Words without a stop: the images may be still to come.
      const isCut = !this.#hasStopped && !this.hasImages && this.#content.some(({ text }) => text);
      return isCut ? this.cutShort() : this.#reply();
    }
    const { reply, status } = this.#failure ?? { reply: {}, status: this.#responseStatus };
    const error = toApiError(status, reply, this.#requestId);
    if (!this.#isAccepted) return toRefusal(error);
    if (!this.hasImages) return { error: error.with({ billed: 'maybe' }) };
    return this.#reply([{ code: error.code, message: error.serviceMessage }]);
  }

  cutShort(): Outcome {
    return this.#reply([{ code: 'StreamBroken' }]);
  }

  #reply(results: ReplyOutput['results'] = []): Outcome {
    const choices = [{ message: { content: this.#content } }];
    const output = { choices, results };
    return { reply: { request_id: this.#requestId, output, usage: this.#usage } };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one of the service's frames.
    return undefined;
  }
}
