import { type Billed, ImageGenerationError } from '../imageModel/errors';
import { taskLifetimeMs } from '../imageModel/taskLifetime';
import { isAbortError } from '../util/abort';
import type { Logger } from '../util/logger';
import type { FailedState, SavedImage } from './generationJob';
import { type JobStep, JobTakenOver } from './jobJournal';

// How a job can end badly besides what the service says.

/** The extension host ended while a call was under way, whose answer nobody can ask after. */
export function interrupted(): ImageGenerationError {
  return new ImageGenerationError(
    'network',
    'VS Code was closed while the request was under way; it may have been billed, so look at your bill before you send it again.',
    { code: 'Interrupted', billed: 'maybe' },
  );
}

/** The request must not leave before that is written down. */
export function notJournaled(cause: unknown): ImageGenerationError {
  return new ImageGenerationError(
    'storage',
    'Easel could not write down what it is about to send, so nothing was sent; free some space on the disk and try again.',
    { code: 'JournalNotWritten', cause },
  );
}

/** The answer was lost, and the list of tasks does not tell which task it named. */
export function lostTask(candidates: number, cause: ImageGenerationError): ImageGenerationError {
  const facts = { billed: 'maybe', requestId: cause.requestId, cause } as const;
  if (candidates === 0) {
    return new ImageGenerationError(
      cause.kind,
      "The answer was lost, and the service's list shows no such task; most likely it was not taken. Look at your bill before you send it again.",
      { ...facts, code: 'LostTaskNotFound' },
    );
  }
  return new ImageGenerationError(
    cause.kind,
    'The answer was lost, and more than one task of the service could be the one; look at your bill before you send it again.',
    { ...facts, code: 'LostTaskAmbiguous' },
  );
}

/** What asking once more would not change. */
const finalCodes: readonly string[] = ['TaskCanceled', 'TaskDeadline', 'NoImage'];

/** Whether a task may be asked after again: nobody has said that it has ended. */
function leavesTaskOpen({ billed, code }: ImageGenerationError, taskAgeMs: number): boolean {
  return billed !== 'no' && !finalCodes.includes(code) && taskAgeMs < taskLifetimeMs;
}

/** The images that are saved at a step. */
export function savedImages(step: JobStep): readonly SavedImage[] {
  return 'images' in step ? step.images : [];
}

/** How a job has failed, with everything by which it can go on from where it was. */
export function failedState(step: JobStep, error: ImageGenerationError, now: number): FailedState {
  const failed = { status: 'failed', error, images: savedImages(step) } as const;
  switch (step.at) {
    case 'delivered':
      return { ...failed, delivery: step.delivery, chosen: step.chosen };
    case 'task': {
      const isOpen = leavesTaskOpen(error, now - step.task.submittedAt);
      return isOpen ? { ...failed, task: step.task } : failed;
    }
    case 'sending': {
      const isLost = step.mode === 'task' && error.billed === 'maybe';
      return isLost ? { ...failed, lost: { sentAt: step.sentAt } } : failed;
    }
    default:
      return failed;
  }
}

/** Whatever is not an error for people is a bug: logged with its stack, and shown as such. */
export function asGenerationError(
  error: unknown,
  billed: Billed,
  logger: Logger,
): ImageGenerationError {
  if (error instanceof ImageGenerationError) return error;
  if (isAbortError(error)) {
    return new ImageGenerationError('download', 'The download was stopped.', {
      code: 'DownloadStopped',
      retryable: true,
      billed,
    });
  }
  if (error instanceof JobTakenOver) {
    const message = 'Another window goes on with this job.';
    return new ImageGenerationError('storage', message, { code: 'TakenOver' });
  }
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return new ImageGenerationError('badResponse', 'Easel ran into a bug.', {
    code: 'Bug',
    billed,
    cause: error,
  });
}
