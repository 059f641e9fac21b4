import type { Size, SizeRule, Use } from './modelRow';

const qwenFormat = (text: string): string =>
  `Invalid size '${text}'. Expected format: '<width>*<height>'`;
const plainFormat = (): string => 'Invalid size format';

const five = ['1664*928', '1472*1104', '1328*1328', '1104*1472', '928*1664'];

function wire({ width, height }: Size): string {
  return `${width}*${height}`;
}

function sidesWithin({ width, height }: Size, min: number, max: number): boolean {
  return Math.min(width, height) >= min && Math.max(width, height) <= max;
}

function refuseRatio({ width, height }: Size, most: number): string | undefined {
  return width > height * most || height > width * most
    ? `Aspect ratio must be between 1:${most} and ${most}:1`
    : undefined;
}

function isTextToImage({ images, isSequential }: Use): boolean {
  return images === 0 && !isSequential;
}

const qwenArea = 'Image area must be between 262144 (512x512) and 4194304 (2048x2048) pixels.';

function refuseQwenArea({ width, height }: Size): string | undefined {
  return width * height < 512 ** 2 || width * height > 2048 ** 2 ? qwenArea : undefined;
}

/** The five sizes of the first Qwen-Image. */
export const qwenListed: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size) =>
    five.includes(wire(size))
      ? undefined
      : `The size does not match the allowed size ${five.join(',')}`,
};

/** The five in the documents, more in fact. */
export const qwenMax: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size, use) => {
    if (!sidesWithin(size, 512, 1664)) {
      return `Size ${wire(size)} is out of range [512*512, 1664*1664]`;
    }
    return use.strictness === 'live' ? undefined : qwenListed.refuse(size, use);
  },
};

/** Qwen-Image 2.0. */
export const qwenSteps: SizeRule = { badFormat: qwenFormat, refuse: refuseQwenArea, step: 16 };

/** Qwen-Image 2.1 turbo, of which nobody has seen more than the documents say. */
export const qwenFree: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size) => refuseQwenArea(size) ?? refuseRatio(size, 8),
};

/** Qwen-Image 3.0 and 2.1: larger in fact than in the documents, but for edits. */
export const qwenLarge: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size, use) => {
    const pixels = size.width * size.height;
    if (use.strictness === 'doc' || use.images > 0) return qwenFree.refuse(size, use);
    return pixels < 512 ** 2 || pixels > 2560 ** 2
      ? 'Image area must be between 262144 (512x512) and 6553600 (2560x2560) pixels for t2i requests'
      : refuseRatio(size, 8);
  },
};

/** Qwen-Image edit plus and max. */
export const qwenSides: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size) =>
    sidesWithin(size, 512, 2048)
      ? undefined
      : `Size ${wire(size)} is out of range [512*512, 2048*2048]`,
  step: 16,
};

export const zImage: SizeRule = { badFormat: plainFormat, refuse: refuseQwenArea };

/** A range of pixels and of ratios, in the words of Wan. */
function refuseWanArea(
  size: Size,
  min: number,
  max: number,
  ratio: number,
  end: '.' | '',
): string | undefined {
  const pixels = size.width * size.height;
  return pixels < min || pixels > max
    ? `Total pixels (${pixels}) must be between ${min} and ${max}${end}`
    : refuseRatio(size, ratio);
}

/** Some of them have fewer pixels than the documents want of every other size. */
const wanRecommended = ['1280*1280', '1104*1472', '1472*1104', '960*1696', '1696*960'];

/** Text to image with Wan 2.5 and 2.6. */
export const wanArea: SizeRule = {
  badFormat: plainFormat,
  refuse: (size, { strictness }) => {
    if (wanRecommended.includes(wire(size))) return undefined;
    return refuseWanArea(size, strictness === 'live' ? 768 ** 2 : 1280 ** 2, 1440 ** 2, 4, '.');
  },
};

/** Editing with Wan 2.5. */
export const wanEditArea: SizeRule = {
  badFormat: plainFormat,
  refuse: (size) => refuseWanArea(size, 768 ** 2, 1280 ** 2, 4, '.'),
};

/** Editing and stories with Wan 2.6. */
export const wanStepsOrTokens: SizeRule = {
  badFormat: plainFormat,
  refuse: (size, { isInterleaved }) =>
    refuseWanArea(size, 768 ** 2, (isInterleaved ? 1280 : 2048) ** 2, 4, '.'),
  step: 16,
  tokens: { '1K': 1280 ** 2, '2K': 2048 ** 2 },
  refuseToken: (token, { isInterleaved }) =>
    token === '1K' || (token === '2K' && !isInterleaved)
      ? undefined
      : tooLarge(token, isInterleaved ? 'interleave' : 'i2i', isInterleaved ? '1K' : '2K'),
};

/** Wan 2.7. Only `has4K` takes 4K in the documents, in fact both take its pixels; neither does for edits and sets. */
export function wanFreeOrTokens(has4K: boolean): SizeRule {
  const mostOf = (use: Use): number => {
    const isLarge = isTextToImage(use) && (has4K || use.strictness === 'live');
    return (isLarge ? 4096 : 2048) ** 2;
  };
  return {
    badFormat: plainFormat,
    refuse: (size, use) => refuseWanArea(size, 768 ** 2, mostOf(use), 8, ''),
    tokens: { '1K': 1024 ** 2, '2K': 2048 ** 2, '4K': 4096 ** 2 },
    refuseToken: (token, use) => {
      if (token !== '4K' || (has4K && isTextToImage(use))) return undefined;
      const scenario = use.isSequential ? 'sequential' : use.images > 0 ? 'i2i' : 't2i';
      return tooLarge(token, scenario, '2K');
    },
  };
}

function tooLarge(token: string, scenario: string, most: string): string {
  return `Size ${token} is not supported for ${scenario} scenario. Maximum supported size is ${most}`;
}

/** Wan up to 2.2. */
export const wanSides: SizeRule = {
  badFormat: plainFormat,
  refuse: (size) =>
    sidesWithin(size, 512, 1440)
      ? undefined
      : 'Either width or height should be between 512 and 1440. ',
};

export const wanxListed: SizeRule = {
  badFormat: plainFormat,
  refuse: (size) =>
    ['1024*1024', '720*1280', '768*1152', '1280*720'].includes(wire(size))
      ? undefined
      : "The size is not match the allowed size ['1024*1024', '720*1280', '1280*720']",
};

export const sketchListed: SizeRule = {
  badFormat: plainFormat,
  refuse: (size) =>
    wire(size) === '768*768' ? undefined : "The size is not match the allowed size ['768*768']",
};
