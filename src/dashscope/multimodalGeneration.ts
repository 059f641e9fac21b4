import { buildMessagesBody, type Protocol } from './protocol';

/** Synchronous, with messages. https://help.aliyun.com/zh/model-studio/qwen-image-api */
export const multimodalGeneration: Protocol = {
  path: '/api/v1/services/aigc/multimodal-generation/generation',
  isAsync: false,
  buildBody: buildMessagesBody,
};
