import type { SubmitLimits } from '../imageModel/imageModel';
import type { ModelRow, SubmitRate } from './modelRow';
import type { Destination } from './protocolChoice';

// https://help.aliyun.com/zh/model-studio/rate-limit; the rates themselves stand in the rows of the models.

/** A guess, for models of which the page says nothing: what most of the others have. */
const guessedRate: SubmitRate = { perMinute: 120, concurrentTasks: 5 };

/** What the service takes of a model at a place; each model has its own share of it, a snapshot too. */
export function submitLimits(
  { id, rate }: Pick<ModelRow, 'id' | 'rate'>,
  { regionId, baseUrl }: Destination,
): SubmitLimits {
  const inRegions: Readonly<Record<string, SubmitRate | undefined>> = rate?.inRegions ?? {};
  const { perMinute, concurrentTasks } = inRegions[regionId] ?? rate ?? guessedRate;
  return {
    key: `${id} ${regionId} ${baseUrl}`,
    perMinute,
    ...(concurrentTasks === undefined ? {} : { concurrentTasks }),
  };
}
