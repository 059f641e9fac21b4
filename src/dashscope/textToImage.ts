import { buildNegativePrompt, buildParameters, type Protocol } from './protocol';

/** Asynchronous, with a plain prompt. https://help.aliyun.com/zh/model-studio/text-to-image-v2-api-reference */
export const imageSynthesis: Protocol = {
  path: '/api/v1/services/aigc/text2image/image-synthesis',
  isAsync: true,
  buildBody: (model, request) => ({
    model: model.id,
    input: { prompt: request.prompt, ...buildNegativePrompt(model, request) },
    parameters: buildParameters(model, request),
  }),
};
