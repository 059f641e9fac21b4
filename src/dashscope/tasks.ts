import { GenerationCancelled, ImageGenerationError } from '../imageModel/errors';
import type { GenerateOptions } from '../imageModel/imageModel';
import { assertNever } from '../util/assertNever';
import type { Logger } from '../util/logger';
import { toServiceError } from './apiErrors';
import { backOffMs } from './backOff';
import type { PollSchedule } from './pollSchedule';
import type { ClientEnvironment, DashScopeTransport, Submission } from './transport';
import type { FinishedReply, ReplyOutput, ServiceReply } from './wireSchemas';

// https://help.aliyun.com/zh/model-studio/manage-asynchronous-tasks

/** A task that the service has accepted. */
export interface Task {
  readonly taskId: string;
  /** Of the submit. */
  readonly requestId: string;
}

/** What the functions of this file work with. */
export interface TaskContext {
  readonly transport: DashScopeTransport;
  readonly environment: Pick<ClientEnvironment, 'pause' | 'random' | 'now' | 'logger'>;
  readonly pollSchedule: PollSchedule;
}

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

/** The service forgets a task, and its pictures, after a day. */
const taskLifetimeMs = 24 * 60 * 60 * 1_000;
const cancelTimeoutMs = 10_000;

/** Submits, asynchronously. @throws ImageGenerationError, GenerationCancelled */
export async function submitTask(
  { transport, environment }: TaskContext,
  submission: Submission,
  options: GenerateOptions,
): Promise<Task> {
  const reply = await transport.submit(submission, options);
  const taskId = reply.output?.task_id;
  const requestId = reply.request_id ?? '';
  if (taskId) {
    environment.logger.info(`task ${taskId}: accepted (request ${requestId})`);
    return { taskId, requestId };
  }
  throw new ImageGenerationError(
    'badResponse',
    'The service accepted the request but named no task; look at your bill before you send it again.',
    { code: 'NoTaskId', requestId, billed: 'maybe' },
  );
}

/**
 * Polls until the task has ended, and resolves with its last reply. A poll that fails is repeated, but for answers that
 * waiting cannot change, such as a refused key.
 * @throws ImageGenerationError with the task id; GenerationCancelled when the signal fires, after the attempt to
 * cancel the task at the service. Pictures that are already there win over the signal.
 */
export async function waitForTask(
  task: Task,
  context: TaskContext,
  { signal, onProgress }: GenerateOptions,
): Promise<FinishedReply> {
  const { transport, environment, pollSchedule } = context;
  const { pause, random, now, logger } = environment;
  const { taskId } = task;
  const startedAt = now();
  let phase: 'queued' | 'running' | undefined;
  const report = (next: 'queued' | 'running'): void => {
    if (next === phase) return;
    phase = next;
    onProgress?.({ phase, taskId });
  };
  report('queued');
  for (let failures = 0; ; ) {
    const elapsedMs = now() - startedAt;
    if (elapsedMs >= taskLifetimeMs) throw taskDeadlineError(task);
    const delayMs = pollSchedule(elapsedMs);
    let reply: ServiceReply;
    try {
      await pause(failures ? Math.max(delayMs, backOffMs(failures, random)) : delayMs, signal);
      reply = await transport.get(`/api/v1/tasks/${encodeURIComponent(taskId)}`, signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) {
        const isCancelled = await cancelTask(transport, taskId);
        logger.info(
          `task ${taskId}: ${isCancelled ? 'cancelled' : 'let go, could not be cancelled'}`,
        );
        throw new GenerationCancelled(isCancelled ? 'no' : 'maybe');
      }
      if (!(error instanceof ImageGenerationError)) throw error;
      if (endsWait(error)) throw error.with({ taskId, billed: 'maybe' });
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
      case 'SUCCEEDED':
        return reply;
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
          { code: 'TaskCanceled', retryable: true, ...task },
        );
      case 'UNKNOWN':
        throw new ImageGenerationError(
          'server',
          'The service does not know this task: it is older than 24 hours, or it was made with the key of another account.',
          { code: 'TaskUnknown', billed: 'maybe', ...task },
        );
      default:
        assertNever(status);
    }
  }
}

/** Tries once; true when the service confirms that it dropped the task, which it does only while it is queued. */
async function cancelTask(transport: DashScopeTransport, taskId: string): Promise<boolean> {
  try {
    const path = `/api/v1/tasks/${encodeURIComponent(taskId)}/cancel`;
    await transport.post(path, new AbortController().signal, cancelTimeoutMs);
    return true;
  } catch {
    // The transport has logged why; for the caller any reason means that the task may go on.
    return false;
  }
}

/** The service's own refusals; a lost connection, a busy service and a gateway's page pass. */
function endsWait({ kind, httpStatus = 0, retryable }: ImageGenerationError): boolean {
  return kind === 'auth' || (httpStatus >= 400 && httpStatus < 500 && !retryable);
}

function readStatus(text: string | undefined, { taskId }: Task, logger: Logger): TaskStatus {
  const status = taskStatuses.find((known) => known === text);
  if (!status) logger.warn(`task ${taskId}: unknown status "${text}", taken for RUNNING`);
  return status ?? 'RUNNING';
}

function taskDeadlineError(task: Task): ImageGenerationError {
  return new ImageGenerationError(
    'timeout',
    'The task did not end within 24 hours, after which the service forgets it; look at your bill before you generate again.',
    { code: 'TaskDeadline', billed: 'maybe', ...task },
  );
}
