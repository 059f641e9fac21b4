import { buildMessagesBody, isInterleaved, type Protocol } from './protocol';

/** Synchronous, with messages. https://help.aliyun.com/zh/model-studio/qwen-image-api */
export const multimodalGeneration: Protocol = {
  path: '/api/v1/services/aigc/multimodal-generation/generation',
  isAsync: false,
  streamsInterleaved: true,
  buildBody: (row, request, wireImages) => {
    const body = buildMessagesBody(row, request, wireImages);
    if (!isInterleaved(row, request)) return body;
    // "currently stream=False is not supported"
    return { ...body, parameters: { ...body.parameters, stream: true } };
  },
};
