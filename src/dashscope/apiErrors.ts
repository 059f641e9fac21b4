import { type Billed, ImageGenerationError } from '../imageModel/errors';
import type { FailedImage } from '../imageModel/imageModel';
import { type ErrorRule, findErrorRule } from './errorRules';
import { replySchema, type ServiceReply } from './wireSchemas';

/** What is known about a failure besides its code. */
export interface ServiceFailure {
  readonly httpStatus: number;
  /** Empty where the reply has none. */
  readonly code: string;
  readonly serviceMessage?: string | undefined;
  readonly requestId?: string | undefined;
  readonly taskId?: string;
}

/** Turns an HTTP error reply, or one of HTTP 200 with a code, into our error; `body` is anything, also undefined. */
export function toApiError(
  httpStatus: number,
  body: unknown,
  requestId?: string,
): ImageGenerationError {
  const { data: reply } = replySchema.safeParse(body);
  return toServiceError({
    httpStatus,
    code: (reply && errorCode(reply)) || '',
    serviceMessage: reply?.message || reply?.msg || reply?.error?.message,
    requestId: reply?.request_id || reply?.requestId || requestId,
  });
}

/** The code of a reply that tells a failure, whatever its status is; undefined where it tells none. */
export function errorCode({ code, error }: ServiceReply): string | undefined {
  return code || error?.code || error?.type || undefined;
}

/** Builds our error from the table. Failed calls are free, so whatever the service names by a code was not billed. */
export function toServiceError(failure: ServiceFailure): ImageGenerationError {
  const { httpStatus, code, requestId, taskId } = failure;
  const rule = findErrorRule(code, httpStatus);
  const serviceMessage = tidy(failure.serviceMessage);
  return new ImageGenerationError(rule.kind, sentence(rule, serviceMessage), {
    code: code || `Http${httpStatus}`,
    httpStatus,
    retryable: rule.retryable ?? false,
    billed: code ? 'no' : billedWithoutCode(httpStatus),
    requestId: requestId || undefined,
    taskId,
    serviceMessage: serviceMessage || undefined,
  });
}

/** One image of a set that failed, with the same sentences. */
export function toFailedImage(code: string | undefined, serviceMessage?: string): FailedImage {
  const known = code || 'NoImage';
  const rule = findErrorRule(known, 200);
  return { kind: rule.kind, code: known, message: sentence(rule, tidy(serviceMessage)) };
}

/** A gateway may give up on a request that the service goes on with; a refusal (4xx) reached nobody. */
function billedWithoutCode(httpStatus: number): Billed {
  return httpStatus >= 500 || httpStatus === 408 ? 'maybe' : 'no';
}

function sentence(rule: ErrorRule, serviceMessage: string): string {
  return rule.quotesService && serviceMessage
    ? `${rule.message} The service says: ${serviceMessage}`
    : rule.message;
}

/** The service's words without the advertised help page, and without a key, a token or a signature that they repeat. */
export function tidy(serviceMessage = ''): string {
  const words = serviceMessage.replace(/\s*For details, see:?\s*https?:\/\/\S+\s*$/i, '');
  return cutQueries(words)
    .replace(/\b(sk|st)-[\w-]{6,}/g, '$1-…')
    .trim();
}

/** A text of which no address has a query, where the signatures are. */
export function cutQueries(text: string): string {
  return text.replace(/(https?:\/\/[^\s?#"<>]*)[?#][^\s"<>]*/gi, '$1?…');
}
