import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import { compatibleImages } from './compatibleImages';
import { imageGeneration } from './imageGeneration';
import { imageToImage } from './imageToImage';
import type { ModelRow, ProtocolName } from './modelRow';
import { multimodalGeneration } from './multimodalGeneration';
import { isInterleaved, type Protocol } from './protocol';
import { isCustomEndpoint, isWorkspaceHost } from './regions';
import { textToImage } from './textToImage';

/** Every way of asking, by its name in the catalogue. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  multimodalGeneration,
  imageGeneration,
  textToImage,
  imageToImage,
  compatibleImages,
};

/** Where a request goes to. */
export interface Destination {
  readonly regionId: string;
  /** An origin. */
  readonly baseUrl: string;
}

/** The protocols that can serve the request there, the one to try first at the front; never empty for a row that has one. */
export function usableProtocols(
  row: ModelRow,
  request: ImageRequest,
  { regionId, baseUrl }: Destination,
): readonly ProtocolName[] {
  const isAsyncOnly = row.asyncOnlyIn?.some((id) => id === regionId) ?? false;
  // What somebody else's endpoint has is not known.
  const hasCompatible = isWorkspaceHost(baseUrl) || isCustomEndpoint(regionId, baseUrl);
  const usable = row.protocols.filter(
    (name) =>
      (!isAsyncOnly || protocols[name].isAsync) && (hasCompatible || name !== 'compatibleImages'),
  );
  // Rather a request that the service can refuse than none.
  if (usable.length === 0) return row.protocols;
  if (!isInterleaved(row, request)) return usable;
  const streams = (name: ProtocolName): number => (protocols[name].streamsInterleaved ? 1 : 0);
  return usable.toSorted((a, b) => streams(b) - streams(a));
}

/** Codes of 404 that mean the same on every path. */
const unknownEverywhere: readonly string[] = [
  'ModelNotFound',
  'model_not_found',
  'WorkSpaceNotFound',
];

/** Codes of what may be wrong with the request, or with the path alone: "url error, please check url". */
const ambiguousCodes: readonly string[] = [
  'InvalidParameter',
  'invalid_parameter_error',
  'invalid_request_error',
];

/**
 * Whether a refused submit says that this path or mode does not serve the model, so that another may. Nothing was
 * accepted then. The throttling is what the service answers to some models that have no asynchronous mode; it is also
 * what it answers when it is busy. https://help.aliyun.com/zh/model-studio/error-code
 */
export function isUnserved(error: unknown, { isAsync }: Protocol): error is ImageGenerationError {
  if (!(error instanceof ImageGenerationError)) return false;
  const { code, httpStatus, billed } = error;
  if (billed !== 'no') return false;
  if (httpStatus === 404) return !unknownEverywhere.includes(code);
  if (httpStatus === 403) return code === 'AccessDenied' || code === 'access_denied';
  return isAsync && httpStatus === 429 && code === 'Throttling.RateQuota';
}

/**
 * What to tell when the last protocol refuses as well: the first refusal, unless the last one has a reason of its own.
 * The text is never looked at, so a parameter that is really wrong is told only where the first protocol serves.
 */
export function tellingRefusal(
  first: ImageGenerationError | undefined,
  last: unknown,
  protocol: Protocol,
): unknown {
  const isAmbiguous = last instanceof ImageGenerationError && ambiguousCodes.includes(last.code);
  return first && (isAmbiguous || isUnserved(last, protocol)) ? first : last;
}
