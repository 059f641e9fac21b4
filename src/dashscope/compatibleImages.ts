import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelRow } from './modelRow';
import { buildNegativePrompt, buildParameters, type Protocol, type WireImages } from './protocol';

/**
 * Synchronous, in OpenAI's form; on workspace hosts only.
 * https://help.aliyun.com/zh/model-studio/qwen-image-generation-and-editing-api-reference
 */
export const compatibleImages: Protocol = {
  path: '/compatible-mode/v1/images/generations',
  isAsync: false,
  // The page advises clients to wait for 600 s.
  timeoutMs: 610_000,
  buildBody: buildFlatBody,
};

function buildFlatBody(row: ModelRow, request: ImageRequest, { images }: WireImages): unknown {
  const { size, ...parameters } = buildParameters(row, request);
  return {
    model: row.id,
    prompt: request.prompt,
    // An empty list is refused.
    ...(images.length > 0 && { image: images }),
    // OpenAI writes sizes with an x.
    ...(typeof size === 'string' && { size: size.replace('*', 'x') }),
    ...parameters,
    ...buildNegativePrompt(row, request),
  };
}
