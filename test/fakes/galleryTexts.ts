import type { GalleryStrings } from '../../src/shared/galleryProtocol';

export const galleryTexts: GalleryStrings = {
  title: 'History',
};
