import type { ImageSize } from '../imageModel/imageModel';
import type { ModelDescriptor, SizeRule } from '../imageModel/modelDescriptor';
import type { RegionId } from './regions';

// Rules of the models' pages at https://help.aliyun.com/zh/model-studio/: text-to-image, qwen-image-api,
// text-to-image-v2-api-reference and the wanx-v1 reference. A new model is one row.

/** The wire protocols; each has its file. */
export type ProtocolName = 'multimodalGeneration' | 'imageGeneration' | 'imageSynthesis';

/** A model's descriptor, and how it is spoken to. */
export interface ModelRow extends ModelDescriptor {
  readonly regions: readonly RegionId[];
  readonly protocol: ProtocolName;
}

function size(width: number, height: number): ImageSize {
  return { width, height };
}

const everywhere: readonly RegionId[] = ['cn-beijing', 'ap-southeast-1'];
const beijing: readonly RegionId[] = ['cn-beijing'];
const singapore: readonly RegionId[] = ['ap-southeast-1'];

const seed = { min: 0, max: 2_147_483_647 };
const characters = (max: number) => ({ max, unit: 'characters' }) as const;
const negativePromptLimit = characters(500);

/** All models but wanx-v1 have these. */
const common = { seed, negativePromptLimit, promptExtendDefault: true, watermark: true } as const;

const qwen20 = {
  ...common,
  family: 'Qwen-Image',
  regions: everywhere,
  // No async: the header is answered with 403.
  protocol: 'multimodalGeneration',
  sizeRule: {
    kind: 'free',
    presets: [
      size(2048, 2048),
      size(2688, 1536),
      size(1536, 2688),
      size(2368, 1728),
      size(1728, 2368),
    ],
    minArea: 512 * 512,
    maxArea: 2048 * 2048,
    step: 16,
  },
  defaultSize: size(2048, 2048),
  maxImagesPerCall: 6,
  promptLimit: { max: 1300, unit: 'tokens' },
} as const satisfies Partial<ModelRow>;

const qwenFixed = {
  ...common,
  family: 'Qwen-Image',
  regions: everywhere,
  protocol: 'multimodalGeneration',
  // The Max models were seen to take other sizes too; the documents name these five.
  sizeRule: {
    kind: 'fixed',
    presets: [
      size(1664, 928),
      size(928, 1664),
      size(1328, 1328),
      size(1472, 1104),
      size(1104, 1472),
    ],
  },
  defaultSize: size(1664, 928),
  maxImagesPerCall: 1,
  promptLimit: characters(800),
} as const satisfies Partial<ModelRow>;

/** These two also have a task form, and a task's images can be fetched after a lost connection. */
const qwenFixedTask = { ...qwenFixed, protocol: 'imageSynthesis' } as const;

/**
 * The pages give 1280*1280 as the least area, yet recommend sizes just below it; 768*768 is what the service
 * enforces ("Total pixels must be between 589824 and 2073600").
 */
const wan25Sizes = {
  kind: 'free',
  presets: [size(1280, 1280), size(1696, 960), size(960, 1696), size(1472, 1104), size(1104, 1472)],
  minArea: 768 * 768,
  maxArea: 1440 * 1440,
  minRatio: 1 / 4,
  maxRatio: 4,
} as const satisfies SizeRule;

const wan25 = {
  ...common,
  family: 'Wan',
  regions: everywhere,
  sizeRule: wan25Sizes,
  defaultSize: size(1280, 1280),
  maxImagesPerCall: 4,
} as const satisfies Partial<ModelRow>;

/** Wan 2.0 to 2.2. */
const wan2 = {
  ...common,
  family: 'Wan',
  protocol: 'imageSynthesis',
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
} as const satisfies Partial<ModelRow>;

const wanxV1 = {
  family: 'Wanx',
  regions: beijing,
  protocol: 'imageSynthesis',
  sizeRule: {
    kind: 'fixed',
    presets: [size(1024, 1024), size(1280, 720), size(720, 1280), size(768, 1152)],
  },
  defaultSize: size(1024, 1024),
  maxImagesPerCall: 4,
  promptLimit: characters(500),
  negativePromptLimit,
  seed,
  watermark: false,
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
} as const satisfies Partial<ModelRow>;

/** Every text-to-image model, newest family first; wan2.1-* are Singapore's names of wanx2.1-*. */
export const modelCatalog: readonly ModelRow[] = [
  { id: 'qwen-image-2.0-pro', label: 'Qwen-Image 2.0 Pro', ...qwen20 },
  { id: 'qwen-image-2.0', label: 'Qwen-Image 2.0', ...qwen20 },
  { id: 'qwen-image-max', label: 'Qwen-Image Max', ...qwenFixed },
  { id: 'qwen-image-max-2025-12-30', label: 'Qwen-Image Max (2025-12-30)', ...qwenFixed },
  { id: 'qwen-image-plus', label: 'Qwen-Image Plus', ...qwenFixedTask },
  { id: 'qwen-image-plus-2026-01-09', label: 'Qwen-Image Plus (2026-01-09)', ...qwenFixed },
  { id: 'qwen-image', label: 'Qwen-Image', ...qwenFixedTask },
  {
    id: 'wan2.6-t2i',
    label: 'Wan 2.6',
    ...wan25,
    protocol: 'imageGeneration',
    promptLimit: characters(2100),
  },
  {
    id: 'wan2.5-t2i-preview',
    label: 'Wan 2.5 Preview',
    ...wan25,
    protocol: 'imageSynthesis',
    promptLimit: characters(2000),
  },
  { id: 'wan2.2-t2i-plus', label: 'Wan 2.2 Plus', ...wan2, regions: everywhere },
  { id: 'wan2.2-t2i-flash', label: 'Wan 2.2 Flash', ...wan2, regions: everywhere },
  { id: 'wanx2.1-t2i-plus', label: 'Wan 2.1 Plus', ...wan2, regions: beijing },
  { id: 'wanx2.1-t2i-turbo', label: 'Wan 2.1 Turbo', ...wan2, regions: beijing },
  { id: 'wan2.1-t2i-plus', label: 'Wan 2.1 Plus (Singapore)', ...wan2, regions: singapore },
  { id: 'wan2.1-t2i-turbo', label: 'Wan 2.1 Turbo (Singapore)', ...wan2, regions: singapore },
  { id: 'wanx2.0-t2i-turbo', label: 'Wan 2.0 Turbo', ...wan2, regions: beijing },
  { id: 'wanx-v1', label: 'Wanx V1', ...wanxV1 },
];

/** Undefined for an id that is not in the table. */
export function findModel(id: string): ModelRow | undefined {
  return modelCatalog.find((row) => row.id === id);
}
