import * as vscode from 'vscode';
import { formatSize } from '../imageModel/imageSize';
import type { SizeRule } from '../imageModel/modelDescriptor';
import type { RequestField, RequestIssue } from '../imageModel/requestRules';
import { assertNever } from '../util/assertNever';
import { regionText } from './regionText';
import { joinSentences, listText } from './sentences';

/** The sentence for a broken rule, or for what the service would do without a word. */
export function issueText(issue: RequestIssue): string {
  switch (issue.rule) {
    case 'promptEmpty':
      return vscode.l10n.t('The prompt is empty. Describe the image you want.');
    case 'textCut':
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
      return vscode.l10n.t(
        'The model cannot make {0}. Choose one of {1}.',
        formatSize(issue.size),
        listText(issue.sizeRule.presets.map(formatSize)),
      );
    case 'sizeOutOfRange':
      return vscode.l10n.t(
        'The model cannot make {0}. {1}',
        formatSize(issue.size),
        sizeRuleText(issue.sizeRule),
      );
    case 'sizeRounded':
      return vscode.l10n.t('The service rounds this size to {0}.', formatSize(issue.to));
    case 'numberOutOfRange':
      return issue.field === 'count'
        ? countText(issue.max)
        : vscode.l10n.t('The seed must be a whole number from {0} to {1}.', issue.min, issue.max);
    case 'styleUnknown':
      return vscode.l10n.t(
        'The model has no style "{0}". Choose one of {1}.',
        issue.style,
        listText(issue.styles),
      );
    case 'ignored':
      return vscode.l10n.t(
        'This model has no setting "{0}"; it is left out.',
        fieldText(issue.field),
      );
    case 'notInRegion':
      return vscode.l10n.t(
        'This model is not available in your region, only in {0}. Select another model or change the region.',
        listText(issue.regions.map(regionText)),
      );
    default:
      return assertNever(issue);
  }
}

function countText(max: number): string {
  return max === 1
    ? vscode.l10n.t('The model makes one image at a time.')
    : vscode.l10n.t('The number of images must be from 1 to {0}.', max);
}

/** A size rule in words. */
function sizeRuleText(rule: SizeRule): string {
  if (rule.kind === 'fixed') return listText(rule.presets.map(formatSize));
  const parts: string[] = [];
  if (rule.minSide !== undefined && rule.maxSide !== undefined) {
    parts.push(vscode.l10n.t('Each side must be {0} to {1} pixels.', rule.minSide, rule.maxSide));
  }
  if (rule.minArea !== undefined && rule.maxArea !== undefined) {
    const side = (area: number): string => {
      const root = Math.round(Math.sqrt(area));
      return formatSize({ width: root, height: root });
    };
    parts.push(
      vscode.l10n.t(
        'Width times height must be between {0} and {1}.',
        side(rule.minArea),
        side(rule.maxArea),
      ),
    );
  } else if (rule.maxArea !== undefined) {
    parts.push(vscode.l10n.t('Width times height must be at most {0} pixels.', rule.maxArea));
  }
  if (rule.minRatio !== undefined && rule.maxRatio !== undefined) {
    parts.push(
      vscode.l10n.t(
        'The ratio must be between {0} and {1}.',
        ratioText(rule.minRatio),
        ratioText(rule.maxRatio),
      ),
    );
  }
  return joinSentences(parts);
}

function ratioText(ratio: number): string {
  return ratio < 1 ? `1:${1 / ratio}` : `${ratio}:1`;
}

function fieldText(field: RequestField): string {
  switch (field) {
    case 'negativePrompt':
      return vscode.l10n.t('negative prompt');
    case 'seed':
      return vscode.l10n.t('seed');
    case 'promptExtend':
      return vscode.l10n.t('prompt rewriting');
    case 'watermark':
      return vscode.l10n.t('watermark');
    case 'style':
      return vscode.l10n.t('style');
    default:
      return field;
  }
}
