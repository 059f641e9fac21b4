import { buildPromptBody, type Protocol } from './protocol';

/** Asynchronous, with a plain prompt and input images. https://help.aliyun.com/zh/model-studio/wanx-image-edit */
export const imageToImage: Protocol = {
  path: '/api/v1/services/aigc/image2image/image-synthesis',
  isAsync: true,
  buildBody: buildPromptBody,
};
