import { buildMessagesBody, type Protocol } from './protocol';

/** The asynchronous twin of multimodal-generation. https://help.aliyun.com/zh/model-studio/wan-image-generation-api-reference */
export const imageGeneration: Protocol = {
  path: '/api/v1/services/aigc/image-generation/generation',
  isAsync: true,
  buildBody: buildMessagesBody,
};
