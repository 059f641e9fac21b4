import { ImageGenerationError } from '../imageModel/errors';
import type { DeliveredImage, FailedImage, ImageDelivery } from '../imageModel/imageModel';
import { toFailedImage, toServiceError } from './apiErrors';
import { readUsage } from './readUsage';
import { type FinishedReply, imageListSchema, type ReplyOutput } from './wireSchemas';

/** How a finished reply is to be read. */
export interface DeliverySource extends Pick<ImageDelivery, 'requestId' | 'taskId'> {
  /** Text is a part of the answer; with other models it is the prompt as rewritten. */
  readonly writesText: boolean;
}

/**
 * Collects the pictures of a finished request. All three forms are read, and both levels of `choices`: Wan answers with
 * a choice for each picture, Qwen with one choice that has them all.
 * @throws ImageGenerationError when there is no picture at all, and no text where the model writes any
 */
export function readDelivery(
  { output, data, usage: wireUsage }: FinishedReply,
  { writesText, ...source }: DeliverySource,
): ImageDelivery {
  const { images, parts } = readChoices(output, writesText);
  const failures: FailedImage[] = [];
  const failedResults = (output?.results ?? []).filter(({ url }) => !url);
  for (const { url, actual_prompt } of output?.results ?? []) {
    if (url) images.push({ url, ...(actual_prompt ? { actualPrompt: actual_prompt } : {}) });
  }
  for (const { code, message } of failedResults) failures.push(toFailedImage(code, message));
  for (const { url } of imageListSchema.parse(data)) if (url) images.push({ url });
  const hasText = parts.some((part) => typeof part === 'string');
  const usage = readUsage(wireUsage);
  const more = { ...(hasText && { parts }), ...(usage && { usage }) };
  if (images.length > 0) return { ...source, images, failures, ...more };
  if (hasText) {
    const reasons = failures.length > 0 ? failures : [toFailedImage('TextOnly')];
    return { ...source, images, failures: reasons, ...more };
  }
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

function readChoices(
  output: ReplyOutput | undefined,
  writesText: boolean,
): { images: DeliveredImage[]; parts: (string | number)[] } {
  const images: DeliveredImage[] = [];
  const parts: (string | number)[] = [];
  for (const { message } of output?.choices ?? []) {
    const actualPrompt = writesText ? undefined : message.content.find(({ text }) => text)?.text;
    for (const { image, text } of message.content) {
      if (writesText && text) addText(parts, text);
      if (!image) continue;
      parts.push(images.length);
      images.push({ url: image, ...(actualPrompt ? { actualPrompt } : {}) });
    }
  }
  return { images, parts };
}

/** A stream brings a text in pieces. */
function addText(parts: (string | number)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts.splice(-1, 1, last + text);
  else parts.push(text);
}
