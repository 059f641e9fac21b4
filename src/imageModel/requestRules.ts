import { type Condition, unmetCondition } from './conditions';
import type { ImageRequest, ImageSize, RequestedSize } from './imageModel';
import { checkImages, checkMask, type ImageIssue } from './imageRules';
import { fitArea, namedSize, sameSize } from './imageSize';
import {
  type ModelDescriptor,
  rulesFor,
  type SizeBounds,
  type SizeRule,
  type TextLimit,
} from './modelDescriptor';
import { checkParameter, type ParameterIssue } from './parameterRules';
import { asksNothing, type ParameterName, parameterNames } from './parameters';
import { textLength } from './textLength';

/** The part of a request that an issue is about. */
export type RequestField =
  | ParameterName
  | 'model'
  | 'prompt'
  | 'negativePrompt'
  | 'size'
  | 'count'
  | 'seed'
  | 'images'
  | 'mask';

/** Errors stop a request before it is sent; warnings tell what the service would do without a word. */
type Severity = 'error' | 'warning';

/** What is wrong with a request. */
export type RequestIssue = { readonly severity: Severity } & (
  | { readonly field: 'prompt'; readonly rule: 'promptEmpty' }
  | {
      readonly field: 'prompt' | 'negativePrompt';
      readonly rule: 'textCut';
      readonly length: number;
      readonly limit: TextLimit;
    }
  | {
      readonly field: 'size';
      readonly rule: 'sizeNotOffered' | 'sizeOutOfRange' | 'sizeUndocumented';
      readonly size: RequestedSize;
      readonly sizeRule: SizeRule;
    }
  | { readonly field: 'size'; readonly rule: 'sizeRounded'; readonly to: ImageSize }
  /** The shape of the last input image is not known, as it lies in the web. */
  | { readonly field: 'size'; readonly rule: 'shapeUnknown' }
  | {
      readonly field: 'count' | 'seed';
      readonly rule: 'numberOutOfRange';
      readonly value: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly field: Exclude<RequestField, 'model' | 'prompt' | 'count'>;
      readonly rule: 'ignored';
      /** The model has it, but not in this case. */
      readonly unmet?: Condition;
    }
  | { readonly field: 'model'; readonly rule: 'notInRegion'; readonly regions: readonly string[] }
  | ImageIssue
  | ParameterIssue
);

/** Checks a request against its model's rules, errors first; an empty list means that it can be sent as it is. */
export function checkRequest(
  model: ModelDescriptor,
  request: ImageRequest,
  regionId: string,
): readonly RequestIssue[] {
  const rules = rulesFor(model, request);
  const issues: RequestIssue[] = [];
  if (!model.regions.includes(regionId)) {
    issues.push({ severity: 'error', field: 'model', rule: 'notInRegion', regions: model.regions });
  }
  issues.push(...checkImages(rules.images, request.images));
  issues.push(...checkMask(model.maskWhen, request, rules.images));
  issues.push(...checkSize(rules.sizeRule, request));
  issues.push(...checkNumber('count', request.count, 1, rules.maxImagesPerCall));
  if (request.seed !== undefined && model.seed) {
    issues.push(...checkNumber('seed', request.seed, model.seed.min, model.seed.max));
  }
  issues.push(...checkText('prompt', request.prompt, model.promptLimit));
  if (request.negativePrompt && model.negativePromptLimit) {
    issues.push(...checkText('negativePrompt', request.negativePrompt, model.negativePromptLimit));
  }
  for (const name of parameterNames) issues.push(...checkOne(name, model, request));
  issues.push(...checkIgnored(model, request));
  const judged = model.facts === 'guessed' ? issues.map(asGuess) : issues;
  if (request.prompt.trim() === '') {
    judged.unshift({ severity: 'error', field: 'prompt', rule: 'promptEmpty' });
  }
  return judged.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

/** Rules that are only guessed never block, but what no model can take does. */
function asGuess(issue: RequestIssue): RequestIssue {
  const isHopeless =
    (issue.rule === 'numberOutOfRange' && issue.field === 'count' && !(issue.value >= 1)) ||
    (issue.rule === 'imageFormat' && issue.format === undefined);
  return isHopeless ? issue : { ...issue, severity: 'warning' };
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

function checkOne(
  name: ParameterName,
  model: ModelDescriptor,
  request: ImageRequest,
): RequestIssue[] {
  const value = request[name];
  const spec = model.parameters[name];
  if (value === undefined && spec?.isRequired) {
    return [{ severity: 'error', field: name, rule: 'parameterMissing' }];
  }
  if (value === undefined || asksNothing(value)) return [];
  if (!spec) return [{ severity: 'warning', field: name, rule: 'ignored' }];
  const unmet = unmetCondition(spec.when, request);
  if (!unmet) return checkParameter(name, spec, value, request);
  // A form sends the default of what does not apply; nobody has asked for that.
  if ('default' in spec && value === spec.default) return [];
  return [{ severity: 'warning', field: name, rule: 'ignored', unmet }];
}

function checkSize(sizeRule: SizeRule, request: ImageRequest): RequestIssue[] {
  const { size, images } = request;
  const named = namedSize(sizeRule, size);
  if (named?.isOnWire) return [];
  if (named && images?.length && !images.at(-1)?.size) {
    return [{ severity: 'warning', field: 'size', rule: 'shapeUnknown' }];
  }
  if (named && sizeRule.kind === 'free') {
    // What counts are the pixels that are sent in its place.
    return checkSize(sizeRule, { ...request, size: fitArea(named.area, sizeRule, images) });
  }
  if (sizeRule.kind === 'none') {
    return size === 'auto' ? [] : [{ severity: 'warning', field: 'size', rule: 'ignored' }];
  }
  if (sizeRule.presets.some((preset) => sameSize(preset, size))) return checkStep(sizeRule, size);
  const refused = sizeRule.kind === 'fixed' ? 'sizeNotOffered' : 'sizeOutOfRange';
  const fits = typeof size !== 'string' && sizeRule.kind === 'free' && isWithin(sizeRule, size);
  if (fits) return checkStep(sizeRule, size);
  const isTolerated =
    typeof size !== 'string' && sizeRule.tolerated && isWithin(sizeRule.tolerated, size);
  return isTolerated
    ? [{ severity: 'warning', field: 'size', rule: 'sizeUndocumented', size, sizeRule }]
    : [{ severity: 'error', field: 'size', rule: refused, size, sizeRule }];
}

function isWithin(bounds: SizeBounds, { width, height }: ImageSize): boolean {
  const { minArea = 1, maxArea = Number.POSITIVE_INFINITY } = bounds;
  const { minSide = 1, maxSide = Number.POSITIVE_INFINITY } = bounds;
  const { minRatio = 0, maxRatio = Number.POSITIVE_INFINITY } = bounds;
  const isIn = (value: number, min: number, max: number): boolean => value >= min && value <= max;
  return (
    Number.isInteger(width) &&
    Number.isInteger(height) &&
    isIn(width, minSide, maxSide) &&
    isIn(height, minSide, maxSide) &&
    isIn(width * height, minArea, maxArea) &&
    isIn(width / height, minRatio, maxRatio)
  );
}

function checkStep(sizeRule: SizeRule, size: RequestedSize): RequestIssue[] {
  if (typeof size === 'string' || sizeRule.kind !== 'free') return [];
  const { step = 1 } = sizeRule;
  const to = {
    width: Math.round(size.width / step) * step,
    height: Math.round(size.height / step) * step,
  };
  return sameSize(size, to)
    ? []
    : [{ severity: 'warning', field: 'size', rule: 'sizeRounded', to }];
}

function checkIgnored(model: ModelDescriptor, request: ImageRequest): RequestIssue[] {
  const issues: RequestIssue[] = [];
  const ignore = (field: 'negativePrompt' | 'seed'): unknown =>
    issues.push({ severity: 'warning', field, rule: 'ignored' });
  if (request.negativePrompt && !model.negativePromptLimit) ignore('negativePrompt');
  if (request.seed !== undefined && !model.seed) ignore('seed');
  return issues;
}
