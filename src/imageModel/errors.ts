import type { RequestIssue } from './requestRules';

/** One decision of the UI each: which sentence, which button. */
export type ErrorKind =
  | 'auth'
  | 'billing'
  | 'quota'
  | 'rateLimit'
  | 'contentFilter'
  | 'invalidRequest'
  | 'modelUnavailable'
  | 'network'
  | 'timeout'
  | 'server'
  | 'badResponse'
  | 'download'
  | 'storage';

/** Whether the request was paid for: `maybe` when the connection was lost after the request had left. */
export type Billed = 'no' | 'maybe' | 'yes';

/** Facts about a failure. */
export interface ErrorDetails {
  /** DashScope's code, Node's network code, or our own name for the broken rule. */
  readonly code: string;
  readonly requestId?: string | undefined;
  readonly taskId?: string | undefined;
  readonly httpStatus?: number | undefined;
  /** True when the same request can succeed later without a change. */
  readonly retryable?: boolean;
  readonly billed?: Billed;
  /** The broken rule, where the request was refused before it was sent. */
  readonly issue?: RequestIssue | undefined;
  /** The service's own words, where it said any. */
  readonly serviceMessage?: string | undefined;
  readonly cause?: unknown;
}

/** What may differ in a copy of a failure. */
export type ErrorChanges = Partial<Pick<ErrorDetails, 'taskId' | 'billed'>> & { message?: string };

/** A failure that a person can act on; anything else is a bug. `message` is fit for people. */
export class ImageGenerationError extends Error {
  override readonly name = 'ImageGenerationError';
  readonly code: string;
  readonly requestId: string | undefined;
  readonly taskId: string | undefined;
  readonly httpStatus: number | undefined;
  readonly retryable: boolean;
  readonly billed: Billed;
  readonly issue: RequestIssue | undefined;
  readonly serviceMessage: string | undefined;

  constructor(
    readonly kind: ErrorKind,
    message: string,
    details: ErrorDetails,
  ) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.requestId = details.requestId;
    this.taskId = details.taskId;
    this.httpStatus = details.httpStatus;
    this.retryable = details.retryable ?? false;
    this.billed = details.billed ?? 'no';
    this.issue = details.issue;
    this.serviceMessage = details.serviceMessage;
  }

  /** The same failure with other words, or as it looks to someone who waits for a task; this one becomes the cause. */
  with({ message = this.message, ...changes }: ErrorChanges): ImageGenerationError {
    const { code, requestId, taskId, httpStatus, retryable, billed, issue, serviceMessage } = this;
    const facts = { code, requestId, taskId, httpStatus, retryable, billed, issue, serviceMessage };
    return new ImageGenerationError(this.kind, message, { ...facts, cause: this, ...changes });
  }
}
