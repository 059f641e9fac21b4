import {
  beijing,
  characters,
  common,
  type ModelRow,
  megabytes,
  negativePromptLimit,
  size,
  twoPerSecond,
  watermark,
  withImages,
} from './modelRow';

// The first generation, with a function or a style for each kind of picture: the rules of the pages wanx-image-edit,
// wanx-sketch-to-image and the wanx-v1 reference at https://help.aliyun.com/zh/model-studio/.

const sketchStyles = [
  '<auto>',
  '<3d cartoon>',
  '<anime>',
  '<oil painting>',
  '<watercolor>',
  '<sketch>',
  '<chinese painting>',
  '<flat illustration>',
] as const;

export const wanxV1 = {
  ...common,
  family: 'Wanx',
  regions: beijing,
  rate: { ...twoPerSecond, concurrentTasks: 1 },
  protocols: ['textToImage'],
  carriers: ['upload'],
  imageField: 'ref_img',
  sizeRule: {
    kind: 'fixed',
    presets: [size(1024, 1024), size(1280, 720), size(720, 1280), size(768, 1152)],
  },
  defaultSize: size(1024, 1024),
  maxImagesPerCall: 4,
  images: {
    min: 0,
    max: 1,
    maxBytes: megabytes(10),
    minSide: 256,
    maxSide: 4096,
    formats: ['png', 'jpeg', 'webp', 'bmp', 'tiff'],
    alpha: true,
  },
  promptLimit: characters(500),
  negativePromptLimit,
  parameters: {
    style: {
      kind: 'choice',
      values: ['<auto>', '<photography>', '<portrait>', ...sketchStyles.slice(1)],
      default: '<auto>',
    },
    referenceMode: {
      kind: 'choice',
      values: ['repaint', 'refonly'],
      default: 'repaint',
      when: withImages,
    },
    referenceStrength: { kind: 'number', min: 0, max: 1, default: 0.5, when: withImages },
  },
} as const satisfies Partial<ModelRow>;

const editFunctions = (...names: readonly string[]) =>
  [{ parameter: 'editFunction', is: names }] as const;
const expandScale = { kind: 'number', min: 1, max: 2, when: editFunctions('expand') } as const;

export const wanxImageEdit = {
  ...common,
  family: 'Wanx',
  regions: beijing,
  rate: { ...twoPerSecond, concurrentTasks: 2 },
  protocols: ['imageToImage'],
  carriers: ['dataUrl', 'upload'],
  imageField: 'base_image_url',
  sizeRule: { kind: 'none', presets: [] },
  defaultSize: 'auto',
  maxImagesPerCall: 4,
  images: {
    min: 1,
    max: 1,
    maxBytes: megabytes(10),
    minSide: 512,
    maxSide: 4096,
    formats: ['png', 'jpeg', 'webp', 'bmp', 'tiff'],
    alpha: true,
  },
  maskWhen: editFunctions('description_edit_with_mask'),
  promptLimit: characters(800),
  parameters: {
    editFunction: {
      kind: 'choice',
      values: [
        'description_edit',
        'description_edit_with_mask',
        'stylization_all',
        'stylization_local',
        'remove_watermark',
        'expand',
        'super_resolution',
        'colorization',
        'doodle',
        'control_cartoon_feature',
      ],
      default: 'description_edit',
      isRequired: true,
    },
    strength: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      when: editFunctions('stylization_all', 'description_edit'),
    },
    topScale: expandScale,
    bottomScale: expandScale,
    leftScale: expandScale,
    rightScale: expandScale,
    upscaleFactor: {
      kind: 'number',
      min: 1,
      max: 4,
      isInteger: true,
      when: editFunctions('super_resolution'),
    },
    isSketch: { kind: 'flag', default: false, when: editFunctions('doodle') },
    watermark,
  },
} as const satisfies Partial<ModelRow>;

const { seed: _, ...withoutSeed } = common;

export const wanxSketch = {
  ...withoutSeed,
  family: 'Wanx',
  regions: beijing,
  rate: { ...twoPerSecond, concurrentTasks: 1 },
  protocols: ['imageToImage'],
  carriers: ['upload'],
  imageField: 'sketch_image_url',
  sizeRule: { kind: 'fixed', presets: [size(768, 768)] },
  defaultSize: size(768, 768),
  maxImagesPerCall: 4,
  images: {
    min: 1,
    max: 1,
    maxBytes: megabytes(10),
    minSide: 256,
    maxSide: 2048,
    formats: ['png', 'jpeg', 'webp', 'tiff'],
    alpha: true,
  },
  promptLimit: characters(75),
  parameters: {
    style: { kind: 'choice', values: sketchStyles, default: '<auto>' },
    sketchWeight: { kind: 'number', min: 0, max: 10, isInteger: true, default: 10 },
    sketchExtraction: { kind: 'flag', default: false },
    sketchColors: {
      kind: 'colors',
      max: 10,
      when: [{ parameter: 'sketchExtraction', is: [false] }],
    },
  },
} as const satisfies Partial<ModelRow>;
