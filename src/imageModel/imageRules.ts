import { type Condition, unmetCondition } from './conditions';
import type { ImageRequest, ImageSize } from './imageModel';
import { sameSize } from './imageSize';
import { type ImageFormat, type ImageRule, type InputImage, isWebImage } from './inputImage';
import type { RequestIssue } from './requestRules';

/** What is wrong with the input images; `position` is from 0. */
export type ImageIssue =
  | {
      readonly field: 'images';
      readonly rule: 'imageCount';
      readonly count: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly field: 'images' | 'mask';
      readonly rule: 'imageFormat';
      readonly position: number;
      /** Undefined for what is no image. */
      readonly format: ImageFormat | undefined;
      readonly formats: readonly ImageFormat[];
    }
  | {
      readonly field: 'images' | 'mask';
      readonly rule: 'imageBytes';
      readonly position: number;
      readonly byteLength: number;
      readonly maxBytes: number;
    }
  | {
      readonly field: 'images' | 'mask';
      readonly rule: 'imageSides' | 'imageRatio';
      readonly position: number;
      readonly size: ImageSize;
      readonly imageRule: ImageRule;
    }
  | { readonly field: 'images'; readonly rule: 'imageAlpha'; readonly position: number }
  | { readonly field: 'mask'; readonly rule: 'maskMissing' }
  | { readonly field: 'mask'; readonly rule: 'maskSizeDiffers'; readonly size: ImageSize };

/** Checks the number of images, and of each what is known about it. */
export function checkImages(
  imageRule: ImageRule | undefined,
  images: readonly InputImage[] = [],
): RequestIssue[] {
  if (!imageRule) {
    return images.length > 0 ? [{ severity: 'warning', field: 'images', rule: 'ignored' }] : [];
  }
  const { min, max } = imageRule;
  const count = images.length;
  const issues: RequestIssue[] =
    count < min || count > max
      ? [{ severity: 'error', field: 'images', rule: 'imageCount', count, min, max }]
      : [];
  images.forEach((image, position) => {
    issues.push(...checkImage('images', imageRule, image, position));
  });
  return issues;
}

/** Checks a mask, and that there is one exactly where it is needed. */
export function checkMask(
  maskWhen: readonly Condition[] | undefined,
  request: ImageRequest,
  imageRule?: ImageRule,
): RequestIssue[] {
  const { mask, images = [] } = request;
  const unmet = maskWhen && unmetCondition(maskWhen, request);
  if (!maskWhen || unmet) {
    return mask
      ? [{ severity: 'warning', field: 'mask', rule: 'ignored', ...(unmet && { unmet }) }]
      : [];
  }
  if (!mask) return [{ severity: 'error', field: 'mask', rule: 'maskMissing' }];
  const issues = imageRule ? checkImage('mask', imageRule, mask, 0) : [];
  const size = images[0]?.size;
  if (mask.size && size && !sameSize(mask.size, size)) {
    issues.push({ severity: 'warning', field: 'mask', rule: 'maskSizeDiffers', size });
  }
  return issues;
}

function checkImage(
  field: 'images' | 'mask',
  imageRule: ImageRule,
  image: InputImage,
  position: number,
): RequestIssue[] {
  if (isWebImage(image)) return [];
  const { format, byteLength = 0, size, hasAlpha } = image;
  const { formats, maxBytes, minSide, maxSide, minRatio, maxRatio } = imageRule;
  if (!format || !formats.includes(format)) {
    return [{ severity: 'error', field, rule: 'imageFormat', position, format, formats }];
  }
  const issues: RequestIssue[] = [];
  if (byteLength > maxBytes) {
    issues.push({ severity: 'error', field, rule: 'imageBytes', position, byteLength, maxBytes });
  }
  if (size) {
    const { width, height } = size;
    if (Math.min(width, height) < minSide || Math.max(width, height) > maxSide) {
      const severity = imageRule.sidesAreAdvice ? 'warning' : 'error';
      issues.push({ severity, field, rule: 'imageSides', position, size, imageRule });
    }
    const ratio = width / height;
    if (ratio < (minRatio ?? 0) || ratio > (maxRatio ?? Number.POSITIVE_INFINITY)) {
      issues.push({ severity: 'error', field, rule: 'imageRatio', position, size, imageRule });
    }
  }
  if (hasAlpha && !imageRule.alpha && field === 'images') {
    issues.push({ severity: 'warning', field, rule: 'imageAlpha', position });
  }
  return issues;
}
