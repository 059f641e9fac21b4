import { isInPlace } from '../documents/jobContent';
import type { PanelServices } from './panelServices';

/** The page shows how its jobs end; when it is not there, or images wait for a place, a message does. */
export async function tellUnlessSeen(
  follower: PanelServices['follower'],
  jobId: string,
  isSeen: () => boolean,
): Promise<void> {
  const { job } = await follower.followQuietly(jobId);
  const waits = job.state.status === 'saved' && !job.state.images.every(isInPlace);
  if (!isSeen() || waits) await follower.tell(job);
}
