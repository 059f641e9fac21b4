import type { ImageRequest, ImageSize } from '../imageModel/imageModel';
import { fitArea, namedSize, sentSize } from '../imageModel/imageSize';
import { type ModelDescriptor, rulesFor } from '../imageModel/modelDescriptor';

const usual: ImageSize = { width: 1024, height: 1024 };

/** The pixels that a request's image will have, as far as that is known before it is made. */
export function placeholderSize(model: ModelDescriptor, request: ImageRequest): ImageSize {
  const { sizeRule } = rulesFor(model, request);
  const named = namedSize(sizeRule, request.size);
  if (named && sizeRule.kind === 'free') return fitArea(named.area, sizeRule);
  const size = sentSize(sizeRule, request.size);
  return typeof size === 'string' ? usual : size;
}
