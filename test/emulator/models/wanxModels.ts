import type { ModelRow } from './modelRow';
import { beijing } from './regionSets';
import { sketchListed, wanxListed } from './sizeRules';
import { fourImages } from './wanModels';

const styles = [
  '<auto>',
  '<3d cartoon>',
  '<anime>',
  '<oil painting>',
  '<watercolor>',
  '<sketch>',
  '<chinese painting>',
  '<flat illustration>',
] as const;

const wanx = {
  regions: beijing,
  reply: 'wanxV1',
  defaultSize: { width: 1024, height: 1024 },
  count: fourImages,
  checksFirst: 'size',
} as const;

const picture = {
  min: 1,
  max: 1,
  carriers: ['url', 'oss'],
  formats: ['jpg', 'png', 'bmp', 'tiff', 'webp'],
  maxMebibytes: 10,
} as const;

/** The models that go by a name of their own. */
export const wanxModels: readonly ModelRow[] = [
  {
    ...wanx,
    id: 'wanx-v1',
    routes: ['text2image/image-synthesis'],
    size: wanxListed,
    sizeFailsTask: true,
    promptLimit: { max: 500, unit: 'characters' },
    negativePrompt: { limit: { max: 500, unit: 'characters' } },
    seedMax: 4_294_967_290,
    parameters: ['ref_strength', 'ref_mode'],
    styles: [...styles, '<photography>', '<portrait>'],
    inputImages: {
      ...picture,
      field: 'ref_img',
      min: 0,
      minSide: 256,
      maxSide: 4096,
      isPlainAddress: true,
    },
  },
  {
    ...wanx,
    id: 'wanx2.1-imageedit',
    routes: ['image2image/image-synthesis'],
    count: { ...fourImages, default: { doc: 1, live: 1 } },
    promptLimit: { max: 800, unit: 'characters' },
    seedMax: 2 ** 31 - 1,
    functions: [
      'stylization_all',
      'stylization_local',
      'description_edit',
      'description_edit_with_mask',
      'remove_watermark',
      'expand',
      'super_resolution',
      'colorization',
      'doodle',
      'control_cartoon_feature',
    ],
    parameters: [
      'strength',
      'top_scale',
      'bottom_scale',
      'left_scale',
      'right_scale',
      'upscale_factor',
      'is_sketch',
      'watermark',
    ],
    watermark: 'AI生成',
    inputImages: {
      ...picture,
      field: 'base_image_url',
      carriers: ['url', 'data', 'oss'],
      minSide: 512,
      maxSide: 4096,
    },
  },
  {
    ...wanx,
    id: 'wanx-sketch-to-image-lite',
    routes: ['image2image/image-synthesis'],
    size: sketchListed,
    defaultSize: { width: 768, height: 768 },
    promptLimit: { max: 75, unit: 'characters' },
    parameters: ['sketch_weight', 'sketch_extraction', 'sketch_color'],
    styles,
    inputImages: {
      ...picture,
      field: 'sketch_image_url',
      formats: ['jpg', 'png', 'tiff', 'webp'],
      minSide: 256,
      maxSide: 2048,
    },
  },
];
