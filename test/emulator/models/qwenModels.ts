import type { CountRule, InputImageRule, ModelRow } from './modelRow';
import { beijing, beijingAndSingapore, everyRegion } from './regionSets';
import {
  qwenFree,
  qwenLarge,
  qwenListed,
  qwenMax,
  qwenSides,
  qwenSteps,
  zImage,
} from './sizeRules';

const sixImages: CountRule = {
  max: 6,
  default: { doc: 1, live: 1 },
  refusal: 'Range of n should be [1, 6]',
};

const oneImage: CountRule = {
  max: 1,
  default: { doc: 1, live: 1 },
  refusal: 'num_images_per_prompt must be 1',
};

const anyImage = {
  carriers: ['url', 'data', 'oss'],
  formats: ['jpg', 'png', 'bmp', 'tiff', 'webp', 'gif'],
  maxMebibytes: 10,
  minSide: 384,
  maxSide: 3072,
  areSidesAdvice: true,
} as const;

/** Images are optional; the service's messages tell an inner name. */
function upTo(max: number, innerName: string): InputImageRule {
  return {
    ...anyImage,
    min: 0,
    max,
    countRefusal: (count) =>
      `Model '${innerName}' supports 0~${max} image content items. ` +
      `Got ${count} image items. (0 images = T2I mode, 1~${max} images = I2I mode)`,
  };
}

const someImages: InputImageRule = {
  ...anyImage,
  min: 1,
  max: 3,
  countRefusal: () => 'For image editing, the message must contain 1~3 image content items.',
};

const negativePrompt = { limit: { max: 500, unit: 'characters' } } as const;

const qwen = {
  regions: beijingAndSingapore,
  routes: ['multimodal-generation/generation'],
  checksFirst: 'count',
  seedMax: 2 ** 31 - 1,
  parameters: ['prompt_extend', 'watermark'],
  promptExtendDefault: true,
  watermark: 'Qwen-Image',
} as const;

const square2K = { width: 2048, height: 2048 } as const;
const square1K = { width: 1024, height: 1024 } as const;
const editArea = 1024 ** 2;

const qwen21 = {
  ...qwen,
  reply: 'qwen3',
  size: qwenLarge,
  defaultSize: square2K,
  editArea,
  count: sixImages,
  inputImages: upTo(10, 'qwen-image-2.1'),
} as const;

const qwen3 = {
  ...qwen21,
  regions: everyRegion,
  routes: ['multimodal-generation/generation', 'image-generation/generation'],
  hasOpenAiPath: true,
  promptLimit: { max: 4500, unit: 'tokens' },
  negativePrompt: {},
  parameters: ['prompt_extend', 'prompt_extend_mode', 'enable_thinking', 'watermark'],
  inputImages: { ...upTo(3, 'qwen-image-3.0-distill'), maxSide: 2048 },
} as const;

const qwen2 = {
  ...qwen,
  reply: 'qwen2',
  size: qwenSteps,
  defaultSize: square2K,
  editArea,
  count: sixImages,
  promptLimit: { max: 1300, unit: 'tokens' },
  negativePrompt,
  inputImages: upTo(3, 'qwen-image-2.0-2in1'),
} as const;

const qwen1 = {
  ...qwen,
  reply: 'qwen',
  size: qwenListed,
  defaultSize: { width: 1664, height: 928 },
  count: oneImage,
  promptLimit: { max: 800, unit: 'characters' },
  negativePrompt,
} as const;

const qwen1WithTasks = {
  ...qwen1,
  routes: ['multimodal-generation/generation', 'text2image/image-synthesis'],
} as const;

const firstEdit = {
  ...qwen,
  reply: 'qwen2',
  defaultSize: square1K,
  editArea,
  count: oneImage,
  promptLimit: { max: 800, unit: 'characters' },
  negativePrompt,
  inputImages: someImages,
} as const;

const edit = { ...firstEdit, size: qwenSides, count: sixImages } as const;

/** Qwen-Image and Z-Image. */
export const qwenModels: readonly ModelRow[] = [
  { ...qwen3, id: 'qwen-image-3.0-pro' },
  { ...qwen3, id: 'qwen-image-3.0' },
  { ...qwen21, id: 'qwen-image-2.1-pro', hasOpenAiPath: true },
  {
    ...qwen21,
    id: 'qwen-image-2.1-turbo',
    regions: beijing,
    size: qwenFree,
    negativePrompt: {},
    parameters: ['prompt_extend', 'prompt_extend_mode', 'enable_thinking'],
  },
  { ...qwen2, id: 'qwen-image-2.0-pro' },
  { ...qwen2, id: 'qwen-image-2.0-pro-2026-03-03' },
  { ...qwen2, id: 'qwen-image-2.0-pro-2026-04-22' },
  { ...qwen2, id: 'qwen-image-2.0-pro-2026-06-22' },
  { ...qwen2, id: 'qwen-image-2.0' },
  { ...qwen2, id: 'qwen-image-2.0-2026-03-03' },
  { ...qwen1, id: 'qwen-image-max', size: qwenMax },
  { ...qwen1, id: 'qwen-image-max-2025-12-30', size: qwenMax },
  { ...qwen1WithTasks, id: 'qwen-image-plus' },
  { ...qwen1, id: 'qwen-image-plus-2026-01-09' },
  { ...qwen1WithTasks, id: 'qwen-image' },
  { ...firstEdit, id: 'qwen-image-edit', parameters: ['watermark'] },
  { ...edit, id: 'qwen-image-edit-plus' },
  { ...edit, id: 'qwen-image-edit-plus-2025-10-30' },
  { ...edit, id: 'qwen-image-edit-plus-2025-12-15' },
  { ...edit, id: 'qwen-image-edit-max' },
  { ...edit, id: 'qwen-image-edit-max-2026-01-16' },
  {
    id: 'z-image-turbo',
    regions: qwen.regions,
    routes: qwen.routes,
    reply: 'zImage',
    size: zImage,
    defaultSize: { width: 1024, height: 1536 },
    count: oneImage,
    checksFirst: qwen.checksFirst,
    promptLimit: qwen1.promptLimit,
    seedMax: qwen.seedMax,
    parameters: ['prompt_extend'],
    promptExtendDefault: false,
  },
];
