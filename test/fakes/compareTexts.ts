import type { CompareStrings } from '../../src/shared/galleryProtocol';

export const compareTexts: CompareStrings = {
  title: 'Compare',
};
