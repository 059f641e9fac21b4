import { ImageGenerationError } from '../imageModel/errors';
import type { FailedState } from './generationJob';
import { interrupted } from './jobEnd';
import type { JobStep, JournaledError } from './jobJournal';

/** A failure as the journal keeps it. */
export function toJournal(error: ImageGenerationError): JournaledError {
  const { kind, message, code, requestId, taskId, httpStatus, retryable, billed } = error;
  const { serviceMessage } = error;
  const facts = { code, requestId, taskId, httpStatus, retryable, billed, serviceMessage };
  return { kind, message, ...facts };
}

/**
 * How a job that another window has left behind has failed; undefined for one that can go on. Nobody can ask after the
 * answer of a call whose window has gone.
 */
export function failureLeft(step: JobStep): FailedState | undefined {
  if (step.at === 'sending' && step.mode === 'call') {
    return { status: 'failed', error: interrupted(), images: [] };
  }
  if (step.at !== 'failed') return undefined;
  const { at: _, endedAt: __, error, ...rest } = step;
  return { status: 'failed', error: fromJournal(error), ...rest };
}

function fromJournal({ kind, message, ...facts }: JournaledError): ImageGenerationError {
  return new ImageGenerationError(kind, message, facts);
}
