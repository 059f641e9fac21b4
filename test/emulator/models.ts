/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `doc` takes what the documents promise, `live` also what the service was seen to take. */
export type Strictness = 'doc' | 'live';

/** The end of the paths below `/api/v1/services/aigc/`. */
export type SubmitRoute =
  | 'multimodal-generation/generation'
  | 'image-generation/generation'
  | 'text2image/image-synthesis';

/** What a submit path wants: where the prompt is, and whether `X-DashScope-Async: enable` must or must not be there. */
export const submitRoutes: Record<
  SubmitRoute,
  { readonly isAsync: boolean; readonly input: 'messages' | 'prompt' }
> = {
  'multimodal-generation/generation': { isAsync: false, input: 'messages' },
  'image-generation/generation': { isAsync: true, input: 'messages' },
  'text2image/image-synthesis': { isAsync: true, input: 'prompt' },
};

/** The sizes of a model, with the service's own words for the others. */
interface SizeRule {
  /** Why a text is no size at all. */
  readonly badFormat: (text: string) => string;
  /** Why a size is not taken; undefined when it is. */
  readonly refuse: (size: Size, strictness: Strictness) => string | undefined;
  /** Sides of the picture are multiples of this. */
  readonly step?: number;
}

/** How a family words its answers. */
export type ReplyShape = 'qwen2' | 'qwen' | 'wan2.6' | 'wanV2' | 'wanxV1';

/** One model as the documents have it. */
export interface ModelRow {
  readonly id: string;
  readonly regions: readonly string[];
  readonly routes: readonly SubmitRoute[];
  readonly reply: ReplyShape;
  readonly size: SizeRule;
  readonly defaultSize: Size;
  /** A size that is not taken shows only in the task, which fails. */
  readonly sizeFailsTask?: boolean;
  readonly count: { readonly max: number; readonly default: number; readonly refusal: string };
  /** Which of the two is looked at first, where both are wrong. */
  readonly checksFirst: 'count' | 'size';
  readonly promptLimit: { readonly max: number; readonly unit: 'characters' | 'tokens' };
  readonly seedMax: number;
  readonly hasPromptExtend: boolean;
  /** The text of the watermark; absent where there is none to ask for. */
  readonly watermark?: string;
  readonly styles?: readonly string[];
  /** Input images in a message; the service's messages tell an inner name. */
  readonly inputImages?: { readonly max: number; readonly innerName: string };
}

const bothRegions = ['cn-beijing', 'ap-southeast-1'] as const;
const beijing = ['cn-beijing'] as const;
const singapore = ['ap-southeast-1'] as const;

const qwenFormat = (text: string): string =>
  `Invalid size '${text}'. Expected format: '<width>*<height>'`;
const wanFormat = (): string => 'Invalid size format';

const five = ['1664*928', '1472*1104', '1328*1328', '1104*1472', '928*1664'];
const fiveOnly = `The size does not match the allowed size ${five.join(',')}`;

function wire({ width, height }: Size): string {
  return `${width}*${height}`;
}

function sidesWithin({ width, height }: Size, min: number, max: number): boolean {
  return Math.min(width, height) >= min && Math.max(width, height) <= max;
}

const qwenListed: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size) => (five.includes(wire(size)) ? undefined : fiveOnly),
};

const qwenMax: SizeRule = {
  badFormat: qwenFormat,
  refuse: (size, strictness) => {
    if (!sidesWithin(size, 512, 1664)) {
      return `Size ${wire(size)} is out of range [512*512, 1664*1664]`;
    }
    return strictness === 'live' ? undefined : qwenListed.refuse(size, strictness);
  },
};

const qwenArea: SizeRule = {
  badFormat: qwenFormat,
  refuse: ({ width, height }) =>
    width * height < 512 ** 2 || width * height > 2048 ** 2
      ? 'Image area must be between 262144 (512x512) and 4194304 (2048x2048) pixels.'
      : undefined,
  step: 16,
};

/** Some of them have fewer pixels than the documents want of every other size. */
const wanRecommended = ['1280*1280', '1104*1472', '1472*1104', '960*1696', '1696*960'];

const wanArea: SizeRule = {
  badFormat: wanFormat,
  refuse: (size, strictness) => {
    if (wanRecommended.includes(wire(size))) return undefined;
    const { width, height } = size;
    const min = strictness === 'live' ? 768 ** 2 : 1280 ** 2;
    const max = 1440 ** 2;
    const pixels = width * height;
    if (pixels < min || pixels > max) {
      return `Total pixels (${pixels}) must be between ${min} and ${max}.`;
    }
    if (width > height * 4 || height > width * 4) return 'Aspect ratio must be between 1:4 and 4:1';
    return undefined;
  },
};

const wanSides: SizeRule = {
  badFormat: wanFormat,
  refuse: (size) =>
    sidesWithin(size, 512, 1440)
      ? undefined
      : 'Either width or height should be between 512 and 1440. ',
};

const wanxListed: SizeRule = {
  badFormat: wanFormat,
  refuse: (size) =>
    ['1024*1024', '720*1280', '768*1152', '1280*720'].includes(wire(size))
      ? undefined
      : "The size is not match the allowed size ['1024*1024', '720*1280', '1280*720']",
};

const qwenSeedAndFlags = {
  seedMax: 2 ** 31 - 1,
  hasPromptExtend: true,
  watermark: 'Qwen-Image',
  checksFirst: 'count',
} as const;

const qwen2 = {
  ...qwenSeedAndFlags,
  regions: bothRegions,
  routes: ['multimodal-generation/generation'],
  reply: 'qwen2',
  size: qwenArea,
  defaultSize: { width: 2048, height: 2048 },
  count: { max: 6, default: 1, refusal: 'Range of n should be [1, 6]' },
  promptLimit: { max: 1300, unit: 'tokens' },
  inputImages: { max: 3, innerName: 'qwen-image-2.0-2in1' },
} as const;

const qwen1 = {
  ...qwenSeedAndFlags,
  regions: bothRegions,
  routes: ['multimodal-generation/generation'],
  reply: 'qwen',
  size: qwenListed,
  defaultSize: { width: 1664, height: 928 },
  count: { max: 1, default: 1, refusal: 'num_images_per_prompt must be 1' },
  promptLimit: { max: 800, unit: 'characters' },
} as const;

const qwen1WithTasks = {
  ...qwen1,
  routes: ['multimodal-generation/generation', 'text2image/image-synthesis'],
} as const;

const wan = {
  regions: bothRegions,
  routes: ['text2image/image-synthesis'],
  reply: 'wanV2',
  size: wanSides,
  defaultSize: { width: 1024, height: 1024 },
  count: { max: 4, default: 4, refusal: 'Range of n should be [1, 4]' },
  checksFirst: 'size',
  promptLimit: { max: 800, unit: 'characters' },
  seedMax: 2 ** 31 - 1,
  hasPromptExtend: true,
  watermark: 'AI生成',
} as const;

const wanLarge = { ...wan, size: wanArea, defaultSize: { width: 1280, height: 1280 } } as const;

/** Every model that the emulator serves; a new one is a new row. */
export const models: readonly ModelRow[] = [
  { ...qwen2, id: 'qwen-image-2.0-pro' },
  { ...qwen2, id: 'qwen-image-2.0' },
  { ...qwen1, id: 'qwen-image-max', size: qwenMax },
  { ...qwen1, id: 'qwen-image-max-2025-12-30', size: qwenMax },
  { ...qwen1WithTasks, id: 'qwen-image-plus' },
  { ...qwen1, id: 'qwen-image-plus-2026-01-09' },
  { ...qwen1WithTasks, id: 'qwen-image' },
  {
    ...wanLarge,
    id: 'wan2.6-t2i',
    regions: [...bothRegions, 'us-east-1'],
    routes: ['multimodal-generation/generation', 'image-generation/generation'],
    reply: 'wan2.6',
    promptLimit: { max: 2100, unit: 'characters' },
  },
  { ...wanLarge, id: 'wan2.5-t2i-preview', promptLimit: { max: 2000, unit: 'characters' } },
  { ...wan, id: 'wan2.2-t2i-flash' },
  { ...wan, id: 'wan2.2-t2i-plus' },
  { ...wan, id: 'wanx2.1-t2i-turbo', regions: beijing },
  { ...wan, id: 'wanx2.1-t2i-plus', regions: beijing },
  { ...wan, id: 'wan2.1-t2i-turbo', regions: singapore },
  { ...wan, id: 'wan2.1-t2i-plus', regions: singapore },
  { ...wan, id: 'wanx2.0-t2i-turbo', regions: beijing },
  {
    id: 'wanx-v1',
    regions: beijing,
    routes: wan.routes,
    reply: 'wanxV1',
    size: wanxListed,
    defaultSize: wan.defaultSize,
    sizeFailsTask: true,
    count: wan.count,
    checksFirst: 'size',
    promptLimit: { max: 500, unit: 'characters' },
    seedMax: 4_294_967_290,
    hasPromptExtend: false,
    styles: [
      '<auto>',
      '<photography>',
      '<portrait>',
      '<3d cartoon>',
      '<anime>',
      '<oil painting>',
      '<watercolor>',
      '<sketch>',
      '<chinese painting>',
      '<flat illustration>',
    ],
  },
];
