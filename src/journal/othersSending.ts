import type { JobStep } from '../generation/jobJournal';
import type { RecordFile } from './recordFiles';

/** As far around a submit as its task is looked for. */
const confusedMs = 150_000;

/**
 * How many other jobs may have made a task that could be taken for this one's: those that have sent for one of the same
 * model that nobody knows yet, either lately or when this one did. What another version of Easel has just written counts
 * too, as it may be such a job.
 * @param records by the ids of their jobs
 */
export function countOthersSending(
  records: ReadonlyMap<string, RecordFile>,
  jobId: string,
  modelId: string,
  now: number,
): number {
  const own = records.get(jobId);
  const ownSentAt = own?.kind === 'record' ? unknownSince(own.record.step) : undefined;
  const isNear = (time: number, to = now): boolean => Math.abs(time - to) <= confusedMs;
  const mayBeOther = (other: RecordFile): boolean => {
    if (other.kind === 'missing') return false;
    if (other.kind !== 'record') return isNear(other.writtenAt);
    const { job, step } = other.record;
    const sentAt = unknownSince(step);
    if (sentAt === undefined || job.request.modelId !== modelId) return false;
    return isNear(sentAt) || isNear(sentAt, ownSentAt);
  };
  return [...records].filter(([id, other]) => id !== jobId && mayBeOther(other)).length;
}

/** When a task was asked for, if nobody knows yet whether there is one. */
function unknownSince(step: JobStep): number | undefined {
  switch (step.at) {
    case 'waiting':
    case 'failed':
      return step.lost?.sentAt;
    case 'sending':
      return step.mode === 'task' ? step.sentAt : undefined;
    case 'task':
    case 'delivered':
      return undefined;
  }
}
