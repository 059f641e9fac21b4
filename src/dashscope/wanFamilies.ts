import type { ImageFormat, ImageRule } from '../imageModel/inputImage';
import type { ModelVariant, SizeRule } from '../imageModel/modelDescriptor';
import {
  beijingAndSingapore,
  characters,
  common,
  fivePerSecond,
  type ModelRow,
  megabytes,
  negativePromptLimit,
  promptExtend,
  size,
  twoK,
  twoPerSecond,
  watermark,
  withImages,
} from './modelRow';

// What the models of a family have in common: the rules of their pages at https://help.aliyun.com/zh/model-studio/:
// text-to-image, text-to-image-v2-api-reference and wan-image-generation-api-reference.

const wanFormats: readonly ImageFormat[] = ['png', 'jpeg', 'webp', 'bmp'];
const fourRatios = { minRatio: 1 / 4, maxRatio: 4 } as const;
const eightRatios = { minRatio: 1 / 8, maxRatio: 8 } as const;
const upTo2K = { minArea: 768 * 768, maxArea: 2048 * 2048 } as const;

const wan27Size = {
  kind: 'free',
  presets: twoK,
  ...upTo2K,
  ...eightRatios,
  named: [
    { name: '1K', area: 1024 * 1024, isOnWire: true },
    { name: '2K', area: 2048 * 2048, isOnWire: true },
  ],
} as const satisfies SizeRule;

const asSet = [{ parameter: 'sequential', is: [true] }] as const;
const wan27Set: ModelVariant = { when: asSet, maxImagesPerCall: 12 };

export const wan27 = {
  ...common,
  family: 'Wan',
  regions: beijingAndSingapore,
  protocols: ['imageGeneration', 'multimodalGeneration'],
  carriers: ['dataUrl', 'upload'],
  sizeRule: wan27Size,
  defaultSize: '2K',
  maxImagesPerCall: 4,
  images: {
    min: 0,
    max: 9,
    maxBytes: megabytes(20),
    minSide: 240,
    maxSide: 8000,
    ...eightRatios,
    formats: wanFormats,
    alpha: false,
  },
  variants: [wan27Set],
  promptLimit: characters(5000),
  parameters: {
    sequential: { kind: 'flag', default: false },
    thinking: {
      kind: 'flag',
      default: true,
      when: [{ images: 'none' }, { parameter: 'sequential', is: [false] }],
    },
    colorPalette: { kind: 'palette', min: 3, max: 10 },
    boxes: { kind: 'boxes', maxPerImage: 2, when: withImages },
    watermark,
  },
  wireNames: { thinking: 'thinking_mode' },
} as const satisfies Partial<ModelRow>;

/** 4K is for single images from text only. */
export const wan27Pro = {
  ...wan27,
  sizeRule: {
    ...wan27Size,
    maxArea: 4096 * 4096,
    named: [...wan27Size.named, { name: '4K', area: 4096 * 4096, isOnWire: true }],
  },
  variants: [
    { when: withImages, sizeRule: wan27Size },
    { ...wan27Set, sizeRule: wan27Size },
  ],
} as const satisfies Partial<ModelRow>;

/**
 * The pages give 1280*1280 as the least area, yet recommend sizes just below it; 768*768 is what the service
 * enforces ("Total pixels must be between 589824 and 2073600").
 */
const wan25Size = {
  kind: 'free',
  presets: [size(1280, 1280), size(1696, 960), size(960, 1696), size(1472, 1104), size(1104, 1472)],
  minArea: 1280 * 1280,
  maxArea: 1440 * 1440,
  ...fourRatios,
  tolerated: { minArea: 768 * 768, maxArea: 1440 * 1440, ...fourRatios },
} as const satisfies SizeRule;

const wan25Common = {
  ...common,
  family: 'Wan',
  regions: beijingAndSingapore,
  rate: fivePerSecond,
  sizeRule: wan25Size,
  defaultSize: size(1280, 1280),
  maxImagesPerCall: 4,
  negativePromptLimit,
  parameters: { promptExtend, watermark },
} as const satisfies Partial<ModelRow>;

export const wan26TextToImage = {
  ...wan25Common,
  regions: [...beijingAndSingapore, 'us-east-1'],
  rate: {
    ...fivePerSecond,
    inRegions: { 'cn-beijing': { perMinute: 60, concurrentTasks: 5 } },
  },
  protocols: ['imageGeneration', 'multimodalGeneration'],
  promptLimit: characters(2100),
} as const satisfies Partial<ModelRow>;

export const wan25TextToImage = {
  ...wan25Common,
  protocols: ['textToImage'],
  promptLimit: characters(2000),
} as const satisfies Partial<ModelRow>;

const oneKPresets = [
  size(1280, 1280),
  size(1280, 720),
  size(720, 1280),
  size(1280, 960),
  size(960, 1280),
] as const;

const wan26ImageSize = {
  kind: 'free',
  presets: oneKPresets,
  ...upTo2K,
  ...fourRatios,
  step: 16,
  named: [
    { name: '1K', area: 1280 * 1280, isOnWire: true },
    { name: '2K', area: 2048 * 2048, isOnWire: true },
  ],
} as const satisfies SizeRule;

const wan26Images: ImageRule = {
  min: 1,
  max: 4,
  maxBytes: megabytes(10),
  minSide: 240,
  maxSide: 8000,
  formats: wanFormats,
  alpha: false,
};

const interleaved = [{ parameter: 'interleave', is: [true] }] as const;

export const wan26Image = {
  ...wan25Common,
  family: 'Wan Edit',
  regions: [...beijingAndSingapore, 'us-east-1', 'eu-central-1'],
  protocols: ['imageGeneration', 'multimodalGeneration'],
  asyncOnlyIn: ['eu-central-1'],
  carriers: ['dataUrl', 'upload'],
  sizeRule: wan26ImageSize,
  defaultSize: '1K',
  images: wan26Images,
  variants: [
    {
      when: interleaved,
      maxImagesPerCall: 1,
      images: { ...wan26Images, min: 0, max: 1 },
      sizeRule: { ...wan26ImageSize, maxArea: 1280 * 1280, named: [wan26ImageSize.named[0]] },
    },
  ],
  promptLimit: characters(2000),
  parameters: {
    interleave: { kind: 'flag', default: false },
    maxImages: {
      kind: 'number',
      min: 1,
      max: 5,
      isInteger: true,
      default: 5,
      when: interleaved,
    },
    promptExtend: { ...promptExtend, when: [{ parameter: 'interleave', is: [false] }] },
    watermark,
  },
} as const satisfies Partial<ModelRow>;

export const wan25ImageToImage = {
  ...wan25Common,
  family: 'Wan Edit',
  protocols: ['imageToImage'],
  carriers: ['dataUrl', 'upload'],
  imageField: 'images',
  sizeRule: {
    kind: 'free',
    presets: oneKPresets,
    minArea: 768 * 768,
    maxArea: 1280 * 1280,
    ...fourRatios,
    named: [{ name: '1K', area: 1280 * 1280, isOnWire: false }],
  },
  defaultSize: '1K',
  images: { ...wan26Images, max: 3, minSide: 384, maxSide: 5000, alpha: true },
  promptLimit: characters(2000),
} as const satisfies Partial<ModelRow>;

/** Wan 2.0 to 2.2. */
export const wan2 = {
  ...common,
  family: 'Wan',
  rate: { ...twoPerSecond, concurrentTasks: 2 },
  protocols: ['textToImage'],
  sizeRule: {
    kind: 'free',
    presets: [
      size(1024, 1024),
      size(1440, 810),
      size(810, 1440),
      size(1440, 1080),
      size(1080, 1440),
    ],
    maxArea: 1440 * 1440,
    minSide: 512,
    maxSide: 1440,
  },
  defaultSize: size(1024, 1024),
  maxImagesPerCall: 4,
  promptLimit: characters(800),
  negativePromptLimit,
  parameters: { promptExtend, watermark },
} as const satisfies Partial<ModelRow>;
