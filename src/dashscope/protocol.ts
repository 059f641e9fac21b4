import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';

/** One way of asking for pictures. What comes back is read by `readDelivery`, whichever way was taken. */
export interface Protocol {
  readonly path: string;
  /** An asynchronous submit is answered with a task; a synchronous one with the pictures. */
  readonly isAsync: boolean;
  /** The JSON body; what the model does not have is left out. */
  buildBody(model: ModelDescriptor, request: ImageRequest): unknown;
}

/** The fields of `parameters` that all protocols share. `size` and `n` are always there: the defaults cost money. */
export function buildParameters(
  model: ModelDescriptor,
  request: ImageRequest,
): Readonly<Record<string, unknown>> {
  const { seed, promptExtend, watermark, style } = request;
  return {
    size: `${request.size.width}*${request.size.height}`,
    n: request.count,
    ...(model.seed && seed !== undefined ? { seed } : {}),
    ...(model.promptExtendDefault !== undefined && promptExtend !== undefined
      ? { prompt_extend: promptExtend }
      : {}),
    ...(model.watermark && watermark !== undefined ? { watermark } : {}),
    ...(model.styles && style !== undefined ? { style } : {}),
  };
}

/** `negative_prompt`, where there is one to send; the protocols put it in different places. */
export function buildNegativePrompt(
  model: ModelDescriptor,
  request: ImageRequest,
): Readonly<Record<string, unknown>> {
  return model.negativePromptLimit && request.negativePrompt
    ? { negative_prompt: request.negativePrompt }
    : {};
}

/** The body of both protocols that take messages: one user message with one text. */
export function buildMessagesBody(model: ModelDescriptor, request: ImageRequest): unknown {
  return {
    model: model.id,
    input: { messages: [{ role: 'user', content: [{ text: request.prompt }] }] },
    parameters: { ...buildParameters(model, request), ...buildNegativePrompt(model, request) },
  };
}
