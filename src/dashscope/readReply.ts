import { ImageGenerationError } from '../imageModel/errors';
import { errorCode, toApiError } from './apiErrors';
import { findErrorRule } from './errorRules';
import { replySchema, type ServiceReply } from './wireSchemas';

const maxRetryAfterMs = 60_000;

/** How an exchange ended; `resend` is there when the request was certainly not accepted and another attempt makes sense. */
export type Outcome =
  | { readonly reply: ServiceReply }
  | {
      readonly error: ImageGenerationError;
      readonly resend?: 'throttled' | 'connection';
      readonly retryAfterMs?: number;
    };

/** Sorts an HTTP answer into reply, refusal and refusal that may be sent again; `bytes` is undefined when there are too many. */
export function readReply(
  response: Response,
  bytes: Uint8Array | undefined,
  now: () => number,
): Outcome {
  const { status: httpStatus } = response;
  const requestId = response.headers.get('x-request-id') ?? undefined;
  // A browser-like fetch hides a redirect that it did not follow behind status 0.
  if (httpStatus === 0 || (httpStatus >= 300 && httpStatus < 400)) {
    return {
      error: new ImageGenerationError(
        'badResponse',
        'The endpoint redirects to another address, which is not followed so that the API key goes nowhere else; check the endpoint.',
        { code: 'Redirected', httpStatus },
      ),
    };
  }
  const body = bytes && parseJson(bytes);
  const { data: reply } = replySchema.safeParse(body);
  if (response.ok && reply && !errorCode(reply)) {
    return { reply: { ...reply, request_id: reply.request_id || reply.requestId || requestId } };
  }
  if (response.ok && !reply) {
    return {
      error: new ImageGenerationError(
        'badResponse',
        'The service sent an answer that cannot be read; the request may have been billed, so look at your bill before you send it again.',
        {
          code: bytes ? 'UnreadableReply' : 'ReplyTooLarge',
          httpStatus,
          billed: 'maybe',
          ...(requestId ? { requestId } : {}),
        },
      ),
    };
  }
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), now);
  return toRefusal(toApiError(httpStatus, body, requestId), retryAfterMs);
}

/** The outcome of what the service refused. */
export function toRefusal(error: ImageGenerationError, retryAfterMs?: number): Outcome {
  if (!findErrorRule(error.code, error.httpStatus ?? 0).resend) return { error };
  return { error, resend: 'throttled', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // A gateway's HTML page; the caller goes by the status.
    return undefined;
  }
}

/** Seconds or a date; the service does not document it, a gateway in between may send it. */
function readRetryAfter(header: string | null, now: () => number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now();
  return ms >= 0 ? Math.min(ms, maxRetryAfterMs) : undefined;
}
