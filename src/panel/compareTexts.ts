import { l10n } from 'vscode';
import type { CompareStrings } from '../shared/galleryStrings';

/** The texts of the comparison in the language of VS Code. */
export function compareTexts(): CompareStrings {
  return {
    title: l10n.t('Compare'),
    close: l10n.t('Close (Escape)'),
    mode: l10n.t('View'),
    modes: {
      sideBySide: l10n.t('Side by Side'),
      swipe: l10n.t('Swipe'),
      onionSkin: l10n.t('Onion Skin'),
      difference: l10n.t('Difference'),
    },
    stage: l10n.t('Compared images'),
    stageHint: l10n.t(
      'Ctrl+wheel or + and − to zoom, 0 to fit; drag or use the arrow keys to move.',
    ),
    zoom: l10n.t('Zoom'),
    zoomIn: l10n.t('Zoom In (+)'),
    zoomOut: l10n.t('Zoom Out (−)'),
    fit: l10n.t('Fit (0)'),
    actualSize: l10n.t('Actual Size'),
    blink: l10n.t('Blink'),
    blinkHint: l10n.t('Hold to see the other image (hold Space)'),
    firstImage: l10n.t('First image'),
    secondImage: l10n.t('Second image'),
    divider: l10n.t('Divider'),
    dividerValue: l10n.t('{0} up to {1}, then {2}'),
    opacity: l10n.t('Opacity'),
    opacityValue: l10n.t('{0} at {1}'),
    comparing: l10n.t('Comparing…'),
    identical: l10n.t('Identical'),
    differ: l10n.t('{0} of pixels differ'),
    fewDiffer: l10n.t('Less than {0} of pixels differ'),
    sizesDiffer: l10n.t('Different sizes: {0} and {1}'),
    notShown: l10n.t('This image cannot be shown'),
    notComparable: l10n.t('These images cannot be compared'),
    keep: l10n.t('Keep This One'),
    keepHint: l10n.t('Keep {0} and move the others to the trash ({1})'),
  };
}
