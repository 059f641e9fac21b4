import type { PromptStrings } from '../../src/shared/promptProtocol';

export const promptTexts: PromptStrings = {
  style: 'Style',
};
