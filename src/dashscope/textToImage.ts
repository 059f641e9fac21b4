import { buildPromptBody, type Protocol } from './protocol';

/** Asynchronous, with a plain prompt. https://help.aliyun.com/zh/model-studio/text-to-image-v2-api-reference */
export const textToImage: Protocol = {
  path: '/api/v1/services/aigc/text2image/image-synthesis',
  isAsync: true,
  buildBody: buildPromptBody,
};
