import type { ImageRequest, RequestedSize } from '../imageModel/imageModel';
import { sameSize } from '../imageModel/imageSize';
import type { HistoryJob } from './historyJob';

/** What tells how long a job will take. */
export type DurationSubject = Pick<ImageRequest, 'modelId' | 'size' | 'count'>;

const maxJobs = 20;
/** So many alike tell more than all of the model. */
const enough = 3;

/**
 * How long a job will take by those before it: the median of the last ones of the model, and of the same area and number
 * of images where there are enough. In milliseconds; undefined where there are none.
 * @param jobs newest first
 */
export function expectedDuration(
  jobs: readonly HistoryJob[],
  { modelId, size, count }: DurationSubject,
): number | undefined {
  const ofModel = jobs.filter(
    ({ request, startedAt, endedAt = 0 }) => request.modelId === modelId && endedAt > startedAt,
  );
  const ofArea = ofModel.filter(({ request }) => hasSameArea(request.size, size));
  const ofCount = ofArea.filter(({ request }) => request.count === count);
  const alike = [ofCount, ofArea].find(({ length }) => length >= enough) ?? ofModel;
  return median(
    alike.slice(0, maxJobs).map(({ startedAt, endedAt = startedAt }) => endedAt - startedAt),
  );
}

function hasSameArea(a: RequestedSize, b: RequestedSize): boolean {
  if (typeof a === 'string' || typeof b === 'string') return sameSize(a, b);
  return a.width * a.height === b.width * b.height;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}
