import { ImageGenerationError } from '../imageModel/errors';
import type { JournaledError } from './jobJournal';

/** A failure as the journal keeps it. */
export function toJournal(error: ImageGenerationError): JournaledError {
  const { kind, message, code, requestId, taskId, httpStatus, retryable, billed } = error;
  const { serviceMessage } = error;
  const facts = { code, requestId, taskId, httpStatus, retryable, billed, serviceMessage };
  return { kind, message, ...facts };
}

/** A failure from the journal. */
export function fromJournal({ kind, message, ...facts }: JournaledError): ImageGenerationError {
  return new ImageGenerationError(kind, message, facts);
}
