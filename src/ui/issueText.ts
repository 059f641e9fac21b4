import * as vscode from 'vscode';
import type { Condition } from '../imageModel/conditions';
import { formatSize } from '../imageModel/imageSize';
import type { TextLimit } from '../imageModel/modelDescriptor';
import type { Box } from '../imageModel/parameters';
import type { RequestField, RequestIssue } from '../imageModel/requestRules';
import { assertNever } from '../util/assertNever';
import { imageIssueText } from './imageIssueText';
import { choiceText, fieldText, parameterText } from './parameterTexts';
import { regionText } from './regionText';
import { alternativesText, listText } from './sentences';
import { refusedSizeText } from './sizeRuleText';

/** The sentence for a broken rule, or for what the service would do without a word. */
export function issueText(issue: RequestIssue): string {
  switch (issue.rule) {
    case 'promptEmpty':
      return vscode.l10n.t('The prompt is empty. Describe the image you want.');
    case 'textCut':
      if (issue.limit.isAdvice) return longTextText(issue.length, issue.limit);
      return issue.limit.unit === 'characters'
        ? vscode.l10n.t(
            'The model reads only the first {0} characters; this text has {1}. Shorten it, or the rest is ignored.',
            issue.limit.max,
            issue.length,
          )
        : vscode.l10n.t(
            'The model reads only about {0} tokens; this text has about {1}. Shorten it, or the rest is ignored.',
            issue.limit.max,
            issue.length,
          );
    case 'sizeNotOffered':
    case 'sizeOutOfRange':
      return refusedSizeText(issue.size, issue.sizeRule);
    case 'sizeUndocumented':
      return vscode.l10n.t(
        "{0} is not among this model's documented sizes. The service has been seen to take it, but may refuse it.",
        formatSize(issue.size),
      );
    case 'sizeRounded':
      return vscode.l10n.t('The service rounds this size to {0}.', formatSize(issue.to));
    case 'shapeUnknown':
      return vscode.l10n.t(
        "The shape of an image on the web is not known here, so the result is square. Choose a size to have it in the image's shape.",
      );
    case 'notInRegion':
      return vscode.l10n.t(
        'This model is not available in your region, only in {0}. Select another model or change the region.',
        listText(issue.regions.map(regionText)),
      );
    case 'ignored':
      return ignoredText(issue.field, issue.unmet);
    case 'parameterMissing':
      return vscode.l10n.t('Choose a value for "{0}".', fieldText(issue.field));
    case 'numberOutOfRange':
    case 'choiceUnknown':
    case 'colorInvalid':
    case 'colorCount':
    case 'paletteSum':
    case 'boxesPerImage':
    case 'boxInvalid':
    case 'boxOutside':
      return valueIssueText(issue);
    case 'imageCount':
    case 'imageFormat':
    case 'imageBytes':
    case 'imageSides':
    case 'imageRatio':
    case 'imageAlpha':
    case 'maskMissing':
    case 'maskSizeDiffers':
      return imageIssueText(issue, issue.severity === 'error');
    default:
      return assertNever(issue);
  }
}

/** What is wrong with a number or another value. */
type ValueIssue = Extract<
  RequestIssue,
  {
    rule:
      | 'numberOutOfRange'
      | 'choiceUnknown'
      | 'colorInvalid'
      | 'colorCount'
      | 'paletteSum'
      | 'boxesPerImage'
      | 'boxInvalid'
      | 'boxOutside';
  }
>;

function valueIssueText(issue: ValueIssue): string {
  switch (issue.rule) {
    case 'numberOutOfRange':
      return numberText(issue);
    case 'choiceUnknown':
      // In the service's words, as only those who write them can have an unknown one.
      return vscode.l10n.t(
        '"{0}" cannot be "{1}". Choose one of {2}.',
        fieldText(issue.field),
        issue.value,
        listText(issue.values),
      );
    case 'colorInvalid':
      return vscode.l10n.t('"{0}" is not a color such as #1D4ED8.', issue.value);
    case 'colorCount':
      return issue.count < issue.min
        ? vscode.l10n.t(
            'The palette needs {0} to {1} colors; it has {2}.',
            issue.min,
            issue.max,
            issue.count,
          )
        : vscode.l10n.t(
            '"{0}" takes at most {1} colors; there are {2}.',
            fieldText(issue.field),
            issue.max,
            issue.count,
          );
    case 'paletteSum':
      return vscode.l10n.t(
        'Every color of the palette needs a share above 0, and the shares must add up to 100%; they add up to {0}%.',
        issue.sum,
      );
    case 'boxesPerImage':
      return vscode.l10n.t(
        'Mark at most {0} areas in each image, with one list of areas, which may be empty, for each of the {1} input images.',
        issue.maxPerImage,
        issue.images,
      );
    case 'boxInvalid':
      return vscode.l10n.t(
        '{0} is not an area. Give its left, top, right and bottom in whole pixels.',
        boxText(issue.box),
      );
    case 'boxOutside':
      return vscode.l10n.t(
        'The area {0} does not lie in its image, which is {1}.',
        boxText(issue.box),
        formatSize(issue.size),
      );
  }
}

function boxText(box: Box): string {
  return `[${box.join(', ')}]`;
}

function numberText(issue: Extract<RequestIssue, { rule: 'numberOutOfRange' }>): string {
  const { field, min, max } = issue;
  if (field === 'count') {
    return max === 1
      ? vscode.l10n.t('The model makes one image at a time.')
      : vscode.l10n.t('The number of images must be from 1 to {0}.', max);
  }
  if (field === 'seed') {
    return vscode.l10n.t('The seed must be a whole number from {0} to {1}.', min, max);
  }
  // A switch on the field has not told TypeScript which of the two this is.
  const isInteger = 'isInteger' in issue && issue.isInteger;
  return isInteger
    ? vscode.l10n.t('"{0}" must be a whole number from {1} to {2}.', fieldText(field), min, max)
    : vscode.l10n.t('"{0}" must be a number from {1} to {2}.', fieldText(field), min, max);
}

function ignoredText(field: RequestField, unmet: Condition | undefined): string {
  if (unmet) return unmetText(fieldText(field), unmet);
  return field === 'images'
    ? vscode.l10n.t('This model takes no input images; they are left out.')
    : vscode.l10n.t('This model has no setting "{0}"; it is left out.', fieldText(field));
}

/** Why a setting does nothing in this case. */
function unmetText(name: string, unmet: Condition): string {
  if ('images' in unmet) {
    return unmet.images === 'some'
      ? vscode.l10n.t('"{0}" does nothing without an input image.', name)
      : vscode.l10n.t('"{0}" does nothing when there are input images.', name);
  }
  const other = parameterText(unmet.parameter).label;
  const values = unmet.is.filter((value) => typeof value === 'string');
  if (values.length > 0) {
    return vscode.l10n.t(
      '"{0}" does nothing unless "{1}" is {2}.',
      name,
      other,
      alternativesText(values.map(choiceText)),
    );
  }
  return unmet.is.includes(true)
    ? vscode.l10n.t('"{0}" does nothing unless "{1}" is on.', name, other)
    : vscode.l10n.t('"{0}" does nothing unless "{1}" is off.', name, other);
}

/** Where it is only known what the service recommends. */
function longTextText(length: number, { max, unit }: TextLimit): string {
  return unit === 'characters'
    ? vscode.l10n.t(
        'At most {0} characters are recommended; this text has {1}. The end may be ignored.',
        max,
        length,
      )
    : vscode.l10n.t(
        'At most about {0} tokens are recommended; this text has about {1}. The end may be ignored.',
        max,
        length,
      );
}
