import type { Cost } from '../cost/estimate';
import type { GenerationJob } from '../generation/generationJob';
import { withoutSecrets } from '../imageModel/publicRequest';
import type { HistoryJob } from './historyJob';

/** What stays of a job: no address of the service's results, and nothing in the addresses of inputs that opens a door. */
export function rememberedJob(
  { id, request, startedAt, endedAt, place, state }: GenerationJob,
  workspace: string | undefined,
  cost: Cost | undefined,
): HistoryJob {
  const delivery = state.status === 'cancelled' ? undefined : state.delivery;
  const images = state.status === 'cancelled' ? [] : state.images;
  const failedRequest = state.status === 'failed' ? state.error.requestId : undefined;
  return {
    ...{ id, request: withoutSecrets(request), startedAt, workspace, cost },
    ...(endedAt !== undefined && { endedAt }),
    regionId: place.regionId,
    requestId: delivery?.requestId ?? failedRequest ?? '',
    images: images.map((image) => ({
      ...image,
      actualPrompt: delivery?.images[image.position]?.actualPrompt,
    })),
    parts: delivery?.parts,
  };
}
