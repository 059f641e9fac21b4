import * as vscode from 'vscode';
import type { RequestedSize } from '../imageModel/imageModel';
import { formatSize } from '../imageModel/imageSize';
import type { SizeRule } from '../imageModel/modelDescriptor';
import { joinSentences, listText } from './sentences';

/** The sentence for a size that a model does not take. */
export function refusedSizeText(size: RequestedSize, rule: SizeRule): string {
  if (rule.kind === 'fixed') {
    const sizes = listText(rule.presets.map(formatSize));
    return size === 'auto'
      ? vscode.l10n.t('This model does not choose the size itself. Choose one of {0}.', sizes)
      : vscode.l10n.t('The model cannot make {0}. Choose one of {1}.', formatSize(size), sizes);
  }
  const rules = sizeRuleText(rule);
  return size === 'auto'
    ? vscode.l10n.t('This model does not choose the size itself. {0}', rules)
    : vscode.l10n.t('The model cannot make {0}. {1}', formatSize(size), rules);
}

/** A ratio of width and height, such as `1:4`. */
export function ratioText(ratio: number): string {
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  return ratio < 1 ? `1:${rounded(1 / ratio)}` : `${rounded(ratio)}:1`;
}

/** A size rule in words. */
function sizeRuleText(rule: SizeRule): string {
  if (rule.kind !== 'free') return '';
  const parts: string[] = [];
  if (rule.minSide !== undefined && rule.maxSide !== undefined) {
    parts.push(vscode.l10n.t('Each side must be {0} to {1} pixels.', rule.minSide, rule.maxSide));
  }
  if (rule.minArea !== undefined && rule.maxArea !== undefined) {
    parts.push(
      vscode.l10n.t(
        'Width times height must be between {0} and {1}.',
        squareOf(rule.minArea),
        squareOf(rule.maxArea),
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
  if (rule.named) {
    const names = listText(rule.named.map(({ name }) => name));
    parts.push(vscode.l10n.t('It also takes {0}.', names));
  }
  return joinSentences(parts);
}

function squareOf(area: number): string {
  const side = Math.round(Math.sqrt(area));
  return formatSize({ width: side, height: side });
}
