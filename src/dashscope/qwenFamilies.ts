import type { ImageFormat, ImageRule } from '../imageModel/inputImage';
import type { SizeRule } from '../imageModel/modelDescriptor';
import {
  beijing,
  beijingAndSingapore,
  characters,
  common,
  type ModelRow,
  megabytes,
  negativePromptLimit,
  promptExtend,
  size,
  twoK,
  twoPerMinute,
  twoPerSecond,
  watermark,
  withImages,
} from './modelRow';

// What the models of a family have in common: the rules of their pages at https://help.aliyun.com/zh/model-studio/:
// text-to-image, qwen-image-api, qwen-image-edit-api, qwen-image-generation-and-editing-api-reference and
// z-image-api-reference.

const everyFormat: readonly ImageFormat[] = ['png', 'jpeg', 'webp', 'bmp', 'gif', 'tiff'];

const qwenArea = {
  kind: 'free',
  presets: twoK,
  minArea: 512 * 512,
  maxArea: 2048 * 2048,
  step: 16,
  named: [
    { name: '1K', area: 1024 * 1024, isOnWire: false },
    { name: '2K', area: 2048 * 2048, isOnWire: false },
  ],
} as const satisfies SizeRule;

const qwenImages: ImageRule = {
  min: 0,
  max: 3,
  maxBytes: megabytes(10),
  minSide: 384,
  maxSide: 3072,
  sidesAreAdvice: true,
  formats: everyFormat,
  alpha: true,
};

export const qwen20 = {
  ...common,
  family: 'Qwen-Image',
  regions: beijingAndSingapore,
  // No async: the header is answered with 403.
  protocols: ['multimodalGeneration'],
  carriers: ['dataUrl', 'upload'],
  sizeRule: qwenArea,
  defaultSize: size(2048, 2048),
  maxImagesPerCall: 6,
  images: qwenImages,
  // An edit is about as large as 1024*1024 and in the shape of its last image.
  variants: [{ when: withImages, defaultSize: '1K' }],
  promptLimit: { max: 1300, unit: 'tokens' },
  negativePromptLimit,
  parameters: { promptExtend, watermark },
} as const satisfies Partial<ModelRow>;

const qwen3Area = {
  ...qwenArea,
  minRatio: 1 / 8,
  maxRatio: 8,
  // "… and 6553600 (2560x2560) pixels for t2i requests"
  tolerated: { minArea: 512 * 512, maxArea: 2560 * 2560, minRatio: 1 / 8, maxRatio: 8 },
} as const satisfies SizeRule;

const { tolerated: _, ...qwen3EditArea } = qwen3Area;

export const qwen30 = {
  ...qwen20,
  regions: [
    'cn-beijing',
    'ap-southeast-1',
    'us-east-1',
    'eu-central-1',
    'ap-northeast-1',
    'cn-hongkong',
  ],
  unconfirmedRegions: ['us-east-1', 'cn-hongkong'],
  protocols: ['imageGeneration', 'multimodalGeneration', 'compatibleImages'],
  sizeRule: qwen3Area,
  images: { ...qwenImages, maxSide: 2048 },
  variants: [{ when: withImages, defaultSize: '1K', sizeRule: qwen3EditArea }],
  promptLimit: { max: 4500, unit: 'tokens', isAdvice: true },
  // Its own page states no limit for the negative prompt; this is the one of its family.
  negativePromptLimit: { ...negativePromptLimit, isAdvice: true },
  parameters: {
    thinking: { kind: 'flag', default: true },
    promptExtend,
    promptExtendMode: {
      kind: 'choice',
      values: ['direct', 'agent'],
      default: 'direct',
      // "agent" with an image is answered with 400.
      when: [{ parameter: 'promptExtend', is: [true] }, { images: 'none' }],
    },
    watermark,
  },
} as const satisfies Partial<ModelRow>;

/**
 * Its limit is not published; a third party has seen an account that took one a minute. Keeping to that would slow down
 * everyone whose account takes more, so the service decides: what it refuses (429) is sent again. As only two tasks
 * compete for its favour, one a minute is still enough for each of a batch to get through before it is given up.
 */
export const qwen30Pro = {
  ...qwen30,
  rate: { ...twoPerSecond, concurrentTasks: 2 },
} as const satisfies Partial<ModelRow>;

const { negativePromptLimit: __, ...withoutNegativePrompt } = qwen20;

export const qwen21 = {
  ...withoutNegativePrompt,
  facts: 'unconfirmed',
  protocols: ['multimodalGeneration', 'compatibleImages'],
  sizeRule: qwen3Area,
  images: { ...qwenImages, max: 10 },
  variants: [{ when: withImages, defaultSize: '1K', sizeRule: qwen3EditArea }],
  promptLimit: { max: 4500, unit: 'tokens', isAdvice: true },
} as const satisfies Partial<ModelRow>;

export const qwen21Turbo = {
  ...qwen21,
  regions: beijing,
  protocols: ['multimodalGeneration'],
  negativePromptLimit,
  parameters: qwen30.parameters,
} as const satisfies Partial<ModelRow>;

const qwenFive = {
  kind: 'fixed',
  presets: [size(1664, 928), size(928, 1664), size(1328, 1328), size(1472, 1104), size(1104, 1472)],
} as const satisfies SizeRule;

export const qwenFixed = {
  ...common,
  family: 'Qwen-Image',
  regions: beijingAndSingapore,
  rate: twoPerSecond,
  protocols: ['multimodalGeneration'],
  sizeRule: qwenFive,
  defaultSize: size(1664, 928),
  maxImagesPerCall: 1,
  promptLimit: characters(800),
  negativePromptLimit,
  parameters: { promptExtend, watermark },
} as const satisfies Partial<ModelRow>;

/** "Size … is out of range [512*512, 1664*1664]" */
export const qwenMax = {
  ...qwenFixed,
  rate: twoPerMinute,
  sizeRule: { ...qwenFive, tolerated: { minSide: 512, maxSide: 1664 } },
} as const satisfies Partial<ModelRow>;

/** These two also have a task form, and a task's images can be fetched after a lost connection. */
export const qwenFixedTask = {
  ...qwenFixed,
  rate: { ...twoPerSecond, concurrentTasks: 2 },
  protocols: ['textToImage', 'multimodalGeneration'],
} as const satisfies Partial<ModelRow>;

export const qwenEdit = {
  ...common,
  family: 'Qwen-Image Edit',
  regions: beijingAndSingapore,
  rate: twoPerSecond,
  protocols: ['multimodalGeneration'],
  carriers: ['dataUrl', 'upload'],
  sizeRule: { kind: 'none', presets: [] },
  defaultSize: 'auto',
  maxImagesPerCall: 1,
  images: { ...qwenImages, min: 1 },
  promptLimit: characters(800),
  negativePromptLimit,
  parameters: { watermark },
} as const satisfies Partial<ModelRow>;

export const qwenEditSized = {
  ...qwenEdit,
  sizeRule: {
    kind: 'free',
    presets: [size(1024, 1024), size(1536, 864), size(864, 1536), size(1280, 960), size(960, 1280)],
    minSide: 512,
    maxSide: 2048,
    step: 16,
    named: [{ name: '1K', area: 1024 * 1024, isOnWire: false }],
  },
  defaultSize: '1K',
  maxImagesPerCall: 6,
  parameters: { promptExtend, watermark },
} as const satisfies Partial<ModelRow>;

export const qwenEditMax = {
  ...qwenEditSized,
  rate: twoPerMinute,
} as const satisfies Partial<ModelRow>;

export const zImage = {
  ...common,
  family: 'Z-Image',
  regions: beijingAndSingapore,
  rate: twoPerSecond,
  protocols: ['multimodalGeneration'],
  sizeRule: {
    kind: 'free',
    presets: [
      size(1024, 1536),
      size(1536, 1024),
      size(1280, 1280),
      size(1536, 864),
      size(864, 1536),
    ],
    minArea: 512 * 512,
    maxArea: 2048 * 2048,
  },
  defaultSize: size(1024, 1536),
  maxImagesPerCall: 1,
  promptLimit: characters(800),
  parameters: { promptExtend: { kind: 'flag', default: false } },
} as const satisfies Partial<ModelRow>;
