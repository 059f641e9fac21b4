import { l10n } from 'vscode';
import type { CompareStrings } from '../shared/galleryProtocol';

/** The texts of the comparison in the language of VS Code. */
export function compareTexts(): CompareStrings {
  return {
    title: l10n.t('Compare'),
  };
}
