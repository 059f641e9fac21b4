import * as vscode from 'vscode';
import type { ImageIssue } from '../imageModel/imageRules';
import { formatSize } from '../imageModel/imageSize';
import type { ImageFormat, ImageRule } from '../imageModel/inputImage';
import { alternativesText, joinSentences } from './sentences';
import { ratioText } from './sizeRuleText';

const formatNames: Readonly<Record<ImageFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  bmp: 'BMP',
  gif: 'GIF',
  tiff: 'TIFF',
};

/** The sentence for what is wrong with the input images; an error must be mended, a warning may. */
export function imageIssueText(issue: ImageIssue, isError: boolean): string {
  switch (issue.rule) {
    case 'imageCount':
      return countText(issue);
    case 'imageFormat':
      return vscode.l10n.t(
        '{0} is not in a format that the model reads. Use {1}.',
        imageName(issue),
        alternativesText(issue.formats.map((format) => formatNames[format])),
      );
    case 'imageBytes':
      return vscode.l10n.t(
        '{0} has {1} MB; the model reads at most {2} MB.',
        imageName(issue),
        megabytes(issue.byteLength),
        megabytes(issue.maxBytes),
      );
    case 'imageSides': {
      const { minSide, maxSide } = issue.imageRule;
      const size = formatSize(issue.size);
      return isError
        ? vscode.l10n.t(
            '{0} is {1}; each side must be {2} to {3} pixels.',
            imageName(issue),
            size,
            minSide,
            maxSide,
          )
        : vscode.l10n.t(
            '{0} is {1}; {2} to {3} pixels on each side are recommended.',
            imageName(issue),
            size,
            minSide,
            maxSide,
          );
    }
    case 'imageRatio':
      return ratioIssueText(imageName(issue), formatSize(issue.size), issue.imageRule);
    case 'imageAlpha':
      return vscode.l10n.t(
        '{0} has transparent parts, which this model may refuse or fill.',
        imageName(issue),
      );
    case 'maskMissing':
      return vscode.l10n.t(
        'This edit needs a mask: an image that is white where something may change, and black elsewhere.',
      );
    case 'maskSizeDiffers':
      return vscode.l10n.t(
        'The mask should be as large as the image to edit: {0}.',
        formatSize(issue.size),
      );
  }
}

function countText({ count, min, max }: Extract<ImageIssue, { rule: 'imageCount' }>): string {
  if (count < min) {
    return max === 1
      ? vscode.l10n.t('This model needs an input image. Add one.')
      : vscode.l10n.t('This model needs {0} to {1} input images. Add one.', min, max);
  }
  return max === 1
    ? vscode.l10n.t('This model takes one input image; there are {0}.', count)
    : vscode.l10n.t('This model takes at most {0} input images; there are {1}.', max, count);
}

function ratioIssueText(name: string, size: string, { minRatio, maxRatio }: ImageRule): string {
  const tooLong = vscode.l10n.t('{0} is {1}, which is too long or too narrow.', name, size);
  if (minRatio === undefined || maxRatio === undefined) return tooLong;
  const limits = vscode.l10n.t(
    'The ratio must be between {0} and {1}.',
    ratioText(minRatio),
    ratioText(maxRatio),
  );
  return joinSentences([tooLong, limits]);
}

/** As the subject of a sentence. */
function imageName(issue: { readonly field: string; readonly position: number }): string {
  return issue.field === 'mask'
    ? vscode.l10n.t('The mask')
    : vscode.l10n.t('Input image {0}', issue.position + 1);
}

/** Rounded up, so that what is above a limit looks so. */
function megabytes(bytes: number): number {
  return Math.ceil((bytes / (1024 * 1024)) * 10) / 10;
}
