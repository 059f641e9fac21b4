import type { CancelOutcome } from '../../generation/generationJob';
import type { GenerationService } from '../../generation/generationService';

/** Cancels a job of a run that is stopped; what is delivered is paid for, and is fetched all the same. */
export async function stopJob(
  service: Pick<GenerationService, 'job' | 'cancel'>,
  jobId: string,
): Promise<CancelOutcome> {
  const state = service.job(jobId)?.state;
  const isDelivered = state?.status === 'running' && state.delivery !== undefined;
  return isDelivered ? 'begun' : service.cancel(jobId);
}
