import type { ImageRequest } from '../imageModel/imageModel';
import { sentSize } from '../imageModel/imageSize';
import { rulesFor } from '../imageModel/modelDescriptor';
import type { ModelRow } from './modelRow';
import { wireParameters } from './wireParameters';

/** The input images as they travel: web addresses, data URLs or `oss://` addresses of uploads. */
export interface WireImages {
  readonly images: readonly string[];
  readonly mask?: string;
}

/** One way of asking for pictures. What comes back is read by `readDelivery`, whichever way was taken. */
export interface Protocol {
  readonly path: string;
  /** An asynchronous submit is answered with a task; a synchronous one with the pictures. */
  readonly isAsync: boolean;
  /** Text and images in one answer come as a stream of events. */
  readonly streamsInterleaved?: true;
  /** For the whole answer, in milliseconds, where it takes longer than the others. */
  readonly timeoutMs?: number;
  /** The JSON body; what the model does not have is left out. */
  buildBody(row: ModelRow, request: ImageRequest, wireImages: WireImages): unknown;
}

/** Whether text and images in one answer are asked for, of a model that can do that. */
export function isInterleaved(row: ModelRow, { interleave }: ImageRequest): boolean {
  return row.parameters.interleave !== undefined && interleave === true;
}

/** `W*H` or a name that the service knows; undefined where the model has no such parameter. */
function wireSize(row: ModelRow, request: ImageRequest): string | undefined {
  const { sizeRule } = rulesFor(row, request);
  const size = sentSize(sizeRule, request.size, request.images);
  if (sizeRule.kind === 'none' || size === 'auto') return undefined;
  return typeof size === 'string' ? size : `${size.width}*${size.height}`;
}

/** The fields of `parameters` that all protocols share. `size` and `n` are always there: the defaults cost money. */
export function buildParameters(
  row: ModelRow,
  request: ImageRequest,
): Readonly<Record<string, unknown>> {
  const { seed, count } = request;
  const size = wireSize(row, request);
  return {
    ...(size !== undefined ? { size } : {}),
    n: count,
    ...(row.seed && seed !== undefined ? { seed } : {}),
    ...wireParameters(row, request),
  };
}

/** `negative_prompt`, where there is one to send; the protocols put it in different places. */
export function buildNegativePrompt(
  row: ModelRow,
  request: ImageRequest,
): Readonly<Record<string, unknown>> {
  return row.negativePromptLimit && request.negativePrompt
    ? { negative_prompt: request.negativePrompt }
    : {};
}

/** What both protocols that take messages send. */
export interface MessagesBody {
  readonly model: string;
  readonly input: unknown;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The body of both protocols that take messages: one user message with the images and one text. */
export function buildMessagesBody(
  row: ModelRow,
  request: ImageRequest,
  { images }: WireImages,
): MessagesBody {
  const content = [...images.map((image) => ({ image })), { text: request.prompt }];
  return {
    model: row.id,
    input: { messages: [{ role: 'user', content }] },
    parameters: { ...buildParameters(row, request), ...buildNegativePrompt(row, request) },
  };
}

/** The body of the protocols with a plain prompt; the model's row says where its images go. */
export function buildPromptBody(
  row: ModelRow,
  request: ImageRequest,
  { images, mask }: WireImages,
): unknown {
  const { imageField } = row;
  const [first] = images;
  // The one parameter that is part of the input.
  const { function: editFunction, ...parameters } = buildParameters(row, request);
  return {
    model: row.id,
    input: {
      ...(editFunction !== undefined && { function: editFunction }),
      prompt: request.prompt,
      ...buildNegativePrompt(row, request),
      ...(imageField && first && { [imageField]: imageField === 'images' ? images : first }),
      ...(mask && { mask_image_url: mask }),
    },
    parameters,
  };
}
