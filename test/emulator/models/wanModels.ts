import type { CountRule, ModelRow } from './modelRow';
import { beijing, beijingAndSingapore, singapore, withFrankfurt, withVirginia } from './regionSets';
import { wanArea, wanEditArea, wanFreeOrTokens, wanSides, wanStepsOrTokens } from './sizeRules';

/** Four images, unless the call says another number. */
export const fourImages: CountRule = {
  max: 4,
  default: { doc: 4, live: 4 },
  refusal: 'Range of n should be [1, 4]',
};

/** Sources and limits that the newer Wan models share. */
const picture = {
  carriers: ['url', 'data', 'oss'],
  formats: ['jpg', 'png', 'bmp', 'webp'],
  maxMebibytes: 10,
  minSide: 240,
  maxSide: 8000,
} as const;

const wan = {
  regions: beijingAndSingapore,
  routes: ['text2image/image-synthesis'],
  reply: 'wanV2',
  size: wanSides,
  defaultSize: { width: 1024, height: 1024 },
  count: fourImages,
  checksFirst: 'size',
  promptLimit: { max: 800, unit: 'characters' },
  negativePrompt: { limit: { max: 500, unit: 'characters' } },
  seedMax: 2 ** 31 - 1,
  parameters: ['prompt_extend', 'watermark'],
  promptExtendDefault: true,
  watermark: 'AI生成',
} as const;

const wanLarge = {
  ...wan,
  size: wanArea,
  defaultSize: { width: 1280, height: 1280 },
  promptLimit: { max: 2000, unit: 'characters' },
} as const;

const bothRoutes = ['multimodal-generation/generation', 'image-generation/generation'] as const;

const wan27 = {
  regions: beijingAndSingapore,
  routes: bothRoutes,
  reply: 'wan2.7',
  size: wanFreeOrTokens(false),
  defaultSize: { width: 2048, height: 2048 },
  editArea: 2048 ** 2,
  count: { ...fourImages, default: { doc: 1, live: 4 } },
  sequentialCount: {
    max: 12,
    default: { doc: 12, live: 12 },
    refusal: 'Range of n should be [1, 12]',
  },
  checksFirst: 'size',
  promptLimit: { max: 5000, unit: 'characters' },
  seedMax: wan.seedMax,
  parameters: ['watermark', 'thinking_mode', 'enable_sequential', 'bbox_list', 'color_palette'],
  watermark: wan.watermark,
  inputImages: {
    ...picture,
    min: 0,
    max: 9,
    countRefusal: (count: number) => `The message must contain 0 to 9 images. Got ${count} images.`,
    maxMebibytes: 20,
    maxRatio: 8,
    isOpaque: true,
  },
} as const;

/** Wan 2.1 to 2.7, and their regional spellings. */
export const wanModels: readonly ModelRow[] = [
  { ...wan27, id: 'wan2.7-image-pro', size: wanFreeOrTokens(true) },
  { ...wan27, id: 'wan2.7-image' },
  {
    ...wanLarge,
    id: 'wan2.6-t2i',
    regions: withVirginia,
    routes: bothRoutes,
    reply: 'wan2.6',
    promptLimit: { max: 2100, unit: 'characters' },
  },
  {
    ...wanLarge,
    id: 'wan2.6-image',
    regions: withFrankfurt,
    routes: bothRoutes,
    asyncOnlyIn: ['eu-central-1'],
    reply: 'wan2.6',
    size: wanStepsOrTokens,
    editArea: 1280 ** 2,
    interleavedCount: {
      max: 1,
      default: { doc: 1, live: 1 },
      refusal: 'num_images_per_prompt must be 1',
    },
    parameters: ['prompt_extend', 'watermark', 'enable_interleave', 'stream', 'max_images'],
    inputImages: {
      ...picture,
      min: 1,
      max: 4,
      interleaved: { min: 0, max: 1 },
      countRefusal: (count, isInterleaved) =>
        isInterleaved
          ? `When 'enable_interleave' is True, the last message must contain 0 to 1 images. Got ${count} images.`
          : `When 'enable_interleave' is False, the last message must contain 1 to 4 images. Got ${count} images.`,
      isOpaque: true,
    },
  },
  { ...wanLarge, id: 'wan2.5-t2i-preview' },
  {
    ...wanLarge,
    id: 'wan2.5-i2i-preview',
    routes: ['image2image/image-synthesis'],
    size: wanEditArea,
    editArea: 1280 ** 2,
    inputImages: { ...picture, field: 'images', min: 1, max: 3, minSide: 384, maxSide: 5000 },
  },
  { ...wan, id: 'wan2.2-t2i-flash' },
  { ...wan, id: 'wan2.2-t2i-plus' },
  { ...wan, id: 'wanx2.1-t2i-turbo', regions: beijing },
  { ...wan, id: 'wanx2.1-t2i-plus', regions: beijing },
  { ...wan, id: 'wan2.1-t2i-turbo', regions: singapore },
  { ...wan, id: 'wan2.1-t2i-plus', regions: singapore },
  { ...wan, id: 'wanx2.0-t2i-turbo', regions: beijing },
];
