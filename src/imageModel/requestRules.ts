import type { ImageRequest, ImageSize } from './imageModel';
import { sameSize } from './imageSize';
import type { ModelDescriptor, SizeRule, TextLimit } from './modelDescriptor';
import { textLength } from './textLength';

/** The part of a request that an issue is about. */
export type RequestField = Exclude<keyof ImageRequest, 'modelId'> | 'model';

/** Errors stop a request before it is sent; warnings tell what the service would do without a word. */
export type RequestIssue =
  | { readonly severity: 'error'; readonly field: 'prompt'; readonly rule: 'promptEmpty' }
  | {
      readonly severity: 'warning';
      readonly field: 'prompt' | 'negativePrompt';
      readonly rule: 'textCut';
      readonly length: number;
      readonly limit: TextLimit;
    }
  | {
      readonly severity: 'error';
      readonly field: 'size';
      readonly rule: 'sizeNotOffered' | 'sizeOutOfRange';
      readonly size: ImageSize;
      readonly sizeRule: SizeRule;
    }
  | {
      readonly severity: 'warning';
      readonly field: 'size';
      readonly rule: 'sizeRounded';
      readonly to: ImageSize;
    }
  | {
      readonly severity: 'error';
      readonly field: 'count' | 'seed';
      readonly rule: 'numberOutOfRange';
      readonly value: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly severity: 'error';
      readonly field: 'style';
      readonly rule: 'styleUnknown';
      readonly style: string;
      readonly styles: readonly string[];
    }
  | {
      readonly severity: 'warning';
      readonly field: 'negativePrompt' | 'seed' | 'promptExtend' | 'watermark' | 'style';
      readonly rule: 'ignored';
    }
  | {
      readonly severity: 'error';
      readonly field: 'model';
      readonly rule: 'notInRegion';
      readonly regions: readonly string[];
    };

/** Checks a request against its model's rules, errors first; an empty list means that it can be sent as it is. */
export function checkRequest(
  model: ModelDescriptor,
  request: ImageRequest,
  regionId: string,
): readonly RequestIssue[] {
  const issues: RequestIssue[] = [];
  if (!model.regions.includes(regionId)) {
    issues.push({ severity: 'error', field: 'model', rule: 'notInRegion', regions: model.regions });
  }
  if (request.prompt.trim() === '') {
    issues.push({ severity: 'error', field: 'prompt', rule: 'promptEmpty' });
  }
  issues.push(...checkSize(model.sizeRule, request.size));
  issues.push(...checkNumber('count', request.count, 1, model.maxImagesPerCall));
  if (request.seed !== undefined && model.seed) {
    issues.push(...checkNumber('seed', request.seed, model.seed.min, model.seed.max));
  }
  if (request.style !== undefined && model.styles && !model.styles.includes(request.style)) {
    issues.push({
      severity: 'error',
      field: 'style',
      rule: 'styleUnknown',
      style: request.style,
      styles: model.styles,
    });
  }
  issues.push(...checkText('prompt', request.prompt, model.promptLimit));
  if (request.negativePrompt && model.negativePromptLimit) {
    issues.push(...checkText('negativePrompt', request.negativePrompt, model.negativePromptLimit));
  }
  issues.push(...checkIgnored(model, request));
  return issues.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

function checkText(
  field: 'prompt' | 'negativePrompt',
  text: string,
  limit: TextLimit,
): RequestIssue[] {
  const length = textLength(text, limit.unit);
  return length > limit.max ? [{ severity: 'warning', field, rule: 'textCut', length, limit }] : [];
}

function checkNumber(
  field: 'count' | 'seed',
  value: number,
  min: number,
  max: number,
): RequestIssue[] {
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ severity: 'error', field, rule: 'numberOutOfRange', value, min, max }];
}

function checkSize(sizeRule: SizeRule, size: ImageSize): RequestIssue[] {
  if (sizeRule.kind === 'fixed') {
    if (sizeRule.presets.some((preset) => sameSize(preset, size))) return [];
    return [{ severity: 'error', field: 'size', rule: 'sizeNotOffered', size, sizeRule }];
  }
  const { width, height } = size;
  const { minArea = 1, maxArea = Number.POSITIVE_INFINITY } = sizeRule;
  const { minSide = 1, maxSide = Number.POSITIVE_INFINITY } = sizeRule;
  const { minRatio = 0, maxRatio = Number.POSITIVE_INFINITY } = sizeRule;
  const isIn = (value: number, min: number, max: number): boolean => value >= min && value <= max;
  const fits =
    Number.isInteger(width) &&
    Number.isInteger(height) &&
    isIn(width, minSide, maxSide) &&
    isIn(height, minSide, maxSide) &&
    isIn(width * height, minArea, maxArea) &&
    isIn(width / height, minRatio, maxRatio);
  if (!fits) return [{ severity: 'error', field: 'size', rule: 'sizeOutOfRange', size, sizeRule }];
  const { step = 1 } = sizeRule;
  const to = {
    width: Math.round(width / step) * step,
    height: Math.round(height / step) * step,
  };
  return sameSize(size, to)
    ? []
    : [{ severity: 'warning', field: 'size', rule: 'sizeRounded', to }];
}

function checkIgnored(model: ModelDescriptor, request: ImageRequest): RequestIssue[] {
  const ignored: Extract<RequestIssue, { rule: 'ignored' }>['field'][] = [];
  if (request.negativePrompt && !model.negativePromptLimit) ignored.push('negativePrompt');
  if (request.seed !== undefined && !model.seed) ignored.push('seed');
  if (request.promptExtend !== undefined && model.promptExtendDefault === undefined) {
    ignored.push('promptExtend');
  }
  if (request.watermark && !model.watermark) ignored.push('watermark');
  if (request.style !== undefined && !model.styles) ignored.push('style');
  return ignored.map((field) => ({ severity: 'warning', field, rule: 'ignored' }));
}
