import { l10n } from 'vscode';
import type { GalleryStrings } from '../shared/galleryProtocol';

/** The texts of the gallery in the language of VS Code. */
export function galleryTexts(): GalleryStrings {
  return {
    title: l10n.t('History'),
  };
}
