import type { Cost } from '../cost/estimate';
import type { GenerationJob } from '../generation/generationJob';
import type { ImageRequest } from '../imageModel/imageModel';
import { type InputImage, isWebImage } from '../imageModel/inputImage';
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

function withoutSecrets(request: ImageRequest): ImageRequest {
  const { images, mask } = request;
  return {
    ...request,
    ...(images && { images: images.map(withoutSecret) }),
    ...(mask && { mask: withoutSecret(mask) }),
  };
}

const secretNames = /sign|token|key|credential|expire|secret|auth|password/i;

/** An address in the web without a password, and without the query of a signed one. */
function withoutSecret(image: InputImage): InputImage {
  const url = isWebImage(image) ? URL.parse(image.uri) : null;
  if (!url) return image;
  const isSigned = [...url.searchParams.keys()].some((name) => secretNames.test(name));
  if (!isSigned && !url.username && !url.password) return image;
  if (isSigned) url.search = '';
  url.username = '';
  url.password = '';
  return { ...image, uri: url.href };
}
