import { ImageGenerationError } from '../imageModel/errors';
import type { AcceptedTask, GenerateOptions, SubmitOptions } from '../imageModel/imageModel';
import { taskLifetimeMs } from '../imageModel/taskLifetime';
import { assertNever } from '../util/assertNever';
import type { Logger } from '../util/logger';
import { toServiceError } from './apiErrors';
import { backOffMs } from './backOff';
import type { PollPlanner } from './pollSchedule';
import { taskDuration } from './taskDuration';
import type { ClientEnvironment, DashScopeTransport, Submission } from './transport';
import type { FinishedReply, ReplyOutput, ServiceReply } from './wireSchemas';

// https://help.aliyun.com/zh/model-studio/manage-asynchronous-tasks

/** What the functions of this file work with. */
export interface TaskContext {
  readonly transport: DashScopeTransport;
  readonly environment: Pick<
    ClientEnvironment,
    'pause' | 'random' | 'now' | 'logger' | 'beforeQuery'
  >;
  readonly pollPlanner: PollPlanner;
}

/** What a single question works with. */
export type QueryContext = Omit<TaskContext, 'pollPlanner'>;

const taskStatuses = [
  'PENDING',
  'RUNNING',
  'SUSPENDED',
  'SUCCEEDED',
  'FAILED',
  'CANCELED',
  'UNKNOWN',
] as const;
type TaskStatus = (typeof taskStatuses)[number];

const cancelTimeoutMs = 10_000;
const maxCancelTries = 2;
/** A task that is waited for sooner than this after its submit was not waited for before. */
const freshMs = 5_000;
/** Whether every part of the service knows a task at once is not documented. */
const maxEarlyUnknowns = 2;
const earlyMs = 30_000;

/** Submits, asynchronously. @throws as the transport's `submit` does */
export async function submitTask(
  { transport, environment }: TaskContext,
  submission: Submission,
  options: SubmitOptions,
): Promise<AcceptedTask> {
  const { reply, sentAt } = await transport.submit(submission, options);
  const taskId = reply.output?.task_id;
  const requestId = reply.request_id ?? '';
  if (taskId) {
    environment.logger.info(`task ${taskId}: accepted (request ${requestId})`);
    return { taskId, requestId, submittedAt: sentAt };
  }
  throw new ImageGenerationError(
    'badResponse',
    'The service accepted the request but named no task; look at your bill before you send it again.',
    { code: 'NoTaskId', requestId, billed: 'maybe' },
  );
}

/** One question about a task, within the limit for such questions. @throws as the transport's `get` does */
export async function queryTask(
  taskId: string,
  { transport, environment }: QueryContext,
  signal: AbortSignal,
): Promise<ServiceReply> {
  await environment.beforeQuery?.(signal);
  return transport.get(`/api/v1/tasks/${encodeURIComponent(taskId)}`, signal);
}

/**
 * Polls until the task has ended, and resolves with its last reply. A poll that fails is repeated, but for answers that
 * waiting cannot change, such as a refused key. Pictures that are already there win over the signal.
 * @param kind of the planner, which learns from this task
 * @throws ImageGenerationError with the task id; the signal's reason
 */
export async function waitForTask(
  task: AcceptedTask,
  kind: string,
  context: TaskContext,
  { signal, onProgress }: GenerateOptions,
): Promise<FinishedReply> {
  const { environment, pollPlanner } = context;
  const { pause, random, now, logger } = environment;
  const { taskId, submittedAt } = task;
  const schedule = pollPlanner.schedule(kind);
  const beganMs = now() - submittedAt;
  const isFresh = beganMs < freshMs;
  /** When it was last known not to have ended. */
  let openMs = isFresh ? beganMs : undefined;
  let phase: 'queued' | 'running' | undefined;
  const report = (next: 'queued' | 'running'): void => {
    if (next === phase) return;
    phase = next;
    onProgress?.({ phase, taskId });
  };
  report('queued');
  let unknowns = 0;
  let hasAnswered = false;
  for (let polls = 0, failures = 0; ; polls += 1) {
    const elapsedMs = now() - submittedAt;
    // Of its age only our clock tells, which may be wrong; so the service is heard at least once.
    if (hasAnswered && elapsedMs >= taskLifetimeMs) throw taskDeadlineError(task);
    // One that was left alone may have ended long ago.
    const plannedMs = polls === 0 && !isFresh ? 0 : schedule(elapsedMs);
    let askedMs: number;
    let reply: ServiceReply;
    try {
      await pause(failures ? Math.max(plannedMs, backOffMs(failures, random)) : plannedMs, signal);
      askedMs = now() - submittedAt;
      reply = await queryTask(taskId, context, signal);
      failures = 0;
      hasAnswered = true;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof ImageGenerationError)) throw error;
      if (endsAsking(error)) throw error.with({ taskId, billed: 'maybe' });
      failures += 1;
      logger.warn(`task ${taskId}: could not be queried (${error.code}), trying again`);
      continue;
    }
    const output: ReplyOutput = reply.output ?? {};
    const status = readStatus(output.task_status, task, logger);
    switch (status) {
      case 'PENDING':
      case 'SUSPENDED':
        report('queued');
        break;
      case 'RUNNING':
        report('running');
        break;
      case 'SUCCEEDED': {
        const durationMs = taskDuration(output, { openMs, endedMs: askedMs });
        if (durationMs !== undefined) pollPlanner.observe(kind, durationMs);
        return reply;
      }
      case 'FAILED':
        throw toServiceError({
          httpStatus: 200,
          code: output.code || 'TaskFailed',
          serviceMessage: output.message,
          requestId: reply.request_id || task.requestId,
          taskId,
        });
      case 'CANCELED':
        throw new ImageGenerationError(
          'server',
          'The task was cancelled at the service before it began; generate again.',
          { code: 'TaskCanceled', retryable: true, taskId, requestId: task.requestId },
        );
      case 'UNKNOWN':
        unknowns += 1;
        if (unknowns > maxEarlyUnknowns || askedMs >= earlyMs) throw taskUnknownError(task);
        logger.warn(`task ${taskId}: not known yet`);
        break;
      default:
        assertNever(status);
    }
    openMs = askedMs;
  }
}

/**
 * True when the service confirms that it dropped the task, which it does only while that is queued; false when it says
 * that it is too late. Asks once, and once more where the service was busy: after a lost answer, a second request would
 * be told that it is too late because of the first one.
 * @throws ImageGenerationError with the task id, where neither was said
 */
export async function cancelTask(
  taskId: string,
  { transport, environment }: QueryContext,
): Promise<boolean> {
  const { pause, random } = environment;
  // Whoever wants to cancel does not change their mind; the request has a time limit of its own.
  const { signal } = new AbortController();
  const path = `/api/v1/tasks/${encodeURIComponent(taskId)}/cancel`;
  for (let tries = 1; ; tries += 1) {
    try {
      await environment.beforeQuery?.(signal);
      await transport.post(path, signal, cancelTimeoutMs);
      return true;
    } catch (error) {
      if (!(error instanceof ImageGenerationError)) throw error;
      if (isTooLate(error)) return false;
      const triesAgain = error.httpStatus === 429 && tries < maxCancelTries;
      if (!triesAgain) throw error.with({ taskId, billed: 'maybe' });
    }
    await pause(backOffMs(tries, random), signal);
  }
}

/** A refusal by the service itself, and for the sake of the task: not of the caller, the address or the rate. */
function isTooLate({ kind, code, httpStatus }: ImageGenerationError): boolean {
  if (code === 'UnsupportedOperation') return true;
  const isNamed = !code.startsWith('Http');
  return isNamed && kind === 'invalidRequest' && (httpStatus === 400 || httpStatus === 409);
}

/**
 * The service's own refusals of a question, and what keeps one from being asked; a lost connection, a busy service and
 * a gateway's page pass.
 */
export function endsAsking({ kind, httpStatus, retryable }: ImageGenerationError): boolean {
  if (kind === 'auth') return true;
  if (httpStatus === undefined) return kind === 'invalidRequest';
  return httpStatus >= 400 && httpStatus < 500 && !retryable;
}

function readStatus(
  text: string | undefined,
  { taskId }: AcceptedTask,
  logger: Logger,
): TaskStatus {
  const status = taskStatuses.find((known) => known === text);
  if (!status) logger.warn(`task ${taskId}: unknown status "${text}", taken for RUNNING`);
  return status ?? 'RUNNING';
}

function taskUnknownError({ taskId, requestId }: AcceptedTask): ImageGenerationError {
  return new ImageGenerationError(
    'server',
    'The service does not know this task: it is older than 24 hours, or it was made with the key of another account.',
    { code: 'TaskUnknown', billed: 'maybe', taskId, requestId },
  );
}

function taskDeadlineError({ taskId, requestId }: AcceptedTask): ImageGenerationError {
  return new ImageGenerationError(
    'timeout',
    'The task did not end within 24 hours, after which the service forgets it; look at your bill before you generate again.',
    { code: 'TaskDeadline', billed: 'maybe', taskId, requestId },
  );
}
