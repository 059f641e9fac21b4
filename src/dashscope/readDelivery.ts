import { ImageGenerationError } from '../imageModel/errors';
import type { DeliveredImage, FailedImage, ImageDelivery } from '../imageModel/imageModel';
import { toFailedImage, toServiceError } from './apiErrors';
import type { ReplyOutput } from './wireSchemas';

/**
 * Collects the pictures of a finished request. Both forms are read, and both levels of `choices`: Wan answers with a
 * choice for each picture, Qwen with one choice that has them all.
 * @throws ImageGenerationError when there is no picture at all.
 */
export function readDelivery(
  output: ReplyOutput | undefined,
  source: Pick<ImageDelivery, 'requestId' | 'taskId'>,
): ImageDelivery {
  const images: DeliveredImage[] = [];
  const failures: FailedImage[] = [];
  for (const { message } of output?.choices ?? []) {
    for (const { image } of message.content) if (image) images.push({ url: image });
  }
  const failedResults = (output?.results ?? []).filter(({ url }) => !url);
  for (const { url, actual_prompt } of output?.results ?? []) {
    if (url) images.push({ url, ...(actual_prompt ? { actualPrompt: actual_prompt } : {}) });
  }
  for (const { code, message } of failedResults) failures.push(toFailedImage(code, message));
  if (images.length > 0) return { ...source, images, failures };
  const named = failedResults.find(({ code }) => code);
  if (named?.code) {
    throw toServiceError({
      httpStatus: 200,
      code: named.code,
      serviceMessage: named.message,
      ...source,
    });
  }
  throw new ImageGenerationError(
    'badResponse',
    'The service reported success but sent no image; look at your bill before you generate again.',
    { code: 'NoImage', billed: 'maybe', ...source },
  );
}
