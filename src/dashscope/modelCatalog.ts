import { beijing, beijingAndSingapore, type ModelRow, singapore } from './modelRow';
import {
  qwen20,
  qwen21,
  qwen21Turbo,
  qwen30,
  qwen30Pro,
  qwenEdit,
  qwenEditMax,
  qwenEditSized,
  qwenFixed,
  qwenFixedTask,
  qwenMax,
  zImage,
} from './qwenFamilies';
import { regions } from './regions';
import {
  wan2,
  wan25ImageToImage,
  wan25TextToImage,
  wan26Image,
  wan26TextToImage,
  wan27,
  wan27Pro,
} from './wanFamilies';
import { wanxImageEdit, wanxSketch, wanxV1 } from './wanxFamilies';

/** Every model, newest family first; wan2.1-* are Singapore's names of wanx2.1-*. A new model is one row. */
export const modelCatalog: readonly ModelRow[] = [
  { id: 'qwen-image-3.0-pro', label: 'Qwen-Image 3.0 Pro', ...qwen30Pro },
  { id: 'qwen-image-3.0', label: 'Qwen-Image 3.0', ...qwen30 },
  { id: 'qwen-image-2.1-pro', label: 'Qwen-Image 2.1 Pro', ...qwen21 },
  { id: 'qwen-image-2.1-turbo', label: 'Qwen-Image 2.1 Turbo', ...qwen21Turbo },
  { id: 'qwen-image-2.0-pro', label: 'Qwen-Image 2.0 Pro', ...qwen20 },
  { id: 'qwen-image-2.0-pro-2026-06-22', label: 'Qwen-Image 2.0 Pro (2026-06-22)', ...qwen20 },
  { id: 'qwen-image-2.0-pro-2026-04-22', label: 'Qwen-Image 2.0 Pro (2026-04-22)', ...qwen20 },
  { id: 'qwen-image-2.0-pro-2026-03-03', label: 'Qwen-Image 2.0 Pro (2026-03-03)', ...qwen20 },
  { id: 'qwen-image-2.0', label: 'Qwen-Image 2.0', ...qwen20 },
  { id: 'qwen-image-2.0-2026-03-03', label: 'Qwen-Image 2.0 (2026-03-03)', ...qwen20 },
  { id: 'qwen-image-max', label: 'Qwen-Image Max', ...qwenMax },
  { id: 'qwen-image-max-2025-12-30', label: 'Qwen-Image Max (2025-12-30)', ...qwenMax },
  { id: 'qwen-image-plus', label: 'Qwen-Image Plus', ...qwenFixedTask },
  { id: 'qwen-image-plus-2026-01-09', label: 'Qwen-Image Plus (2026-01-09)', ...qwenFixed },
  { id: 'qwen-image', label: 'Qwen-Image', ...qwenFixedTask },
  { id: 'qwen-image-edit-max', label: 'Qwen-Image Edit Max', ...qwenEditMax },
  {
    id: 'qwen-image-edit-max-2026-01-16',
    label: 'Qwen-Image Edit Max (2026-01-16)',
    ...qwenEditMax,
  },
  { id: 'qwen-image-edit-plus', label: 'Qwen-Image Edit Plus', ...qwenEditSized },
  {
    id: 'qwen-image-edit-plus-2025-12-15',
    label: 'Qwen-Image Edit Plus (2025-12-15)',
    ...qwenEditSized,
  },
  {
    id: 'qwen-image-edit-plus-2025-10-30',
    label: 'Qwen-Image Edit Plus (2025-10-30)',
    ...qwenEditSized,
  },
  { id: 'qwen-image-edit', label: 'Qwen-Image Edit', ...qwenEdit },
  { id: 'z-image-turbo', label: 'Z-Image Turbo', ...zImage },
  { id: 'wan2.7-image-pro', label: 'Wan 2.7 Pro', ...wan27Pro },
  { id: 'wan2.7-image', label: 'Wan 2.7', ...wan27 },
  { id: 'wan2.6-t2i', label: 'Wan 2.6', ...wan26TextToImage },
  { id: 'wan2.6-image', label: 'Wan 2.6 Image', ...wan26Image },
  { id: 'wan2.5-t2i-preview', label: 'Wan 2.5 Preview', ...wan25TextToImage },
  { id: 'wan2.5-i2i-preview', label: 'Wan 2.5 Edit Preview', ...wan25ImageToImage },
  { id: 'wan2.2-t2i-plus', label: 'Wan 2.2 Plus', ...wan2, regions: beijingAndSingapore },
  { id: 'wan2.2-t2i-flash', label: 'Wan 2.2 Flash', ...wan2, regions: beijingAndSingapore },
  { id: 'wanx2.1-t2i-plus', label: 'Wan 2.1 Plus', ...wan2, regions: beijing },
  { id: 'wanx2.1-t2i-turbo', label: 'Wan 2.1 Turbo', ...wan2, regions: beijing },
  { id: 'wan2.1-t2i-plus', label: 'Wan 2.1 Plus (Singapore)', ...wan2, regions: singapore },
  { id: 'wan2.1-t2i-turbo', label: 'Wan 2.1 Turbo (Singapore)', ...wan2, regions: singapore },
  { id: 'wanx2.0-t2i-turbo', label: 'Wan 2.0 Turbo', ...wan2, regions: beijing },
  { id: 'wanx2.1-imageedit', label: 'Wanx 2.1 Image Edit', ...wanxImageEdit },
  { id: 'wanx-sketch-to-image-lite', label: 'Wanx Sketch to Image', ...wanxSketch },
  { id: 'wanx-v1', label: 'Wanx V1', ...wanxV1 },
];

/** How ids of image models are made; Wan has video models too. */
const imageModelId =
  /^(?:(?:qwen-image|z-image)[\w.-]*|wanx?[\d.]*-[\w.-]*(?:t2i|i2i|image)[\w.-]*|wanx-v\d[\w.-]*)$/;

/**
 * The row of a model. For an id that is not in the table, the row whose id begins like it for longest lends its rules,
 * marked as guessed; undefined when the id belongs to no family that is known here.
 */
export function findModel(
  id: string,
  catalog: readonly ModelRow[] = modelCatalog,
): ModelRow | undefined {
  const listed = catalog.find((row) => row.id === id);
  if (listed || !imageModelId.test(id)) return listed;
  const [first, ...others] = catalog;
  if (!first) return undefined;
  const { unconfirmedRegions: _, ...kin } = others.reduce(
    (best, row) => (sharedPrefix(row.id, id) > sharedPrefix(best.id, id) ? row : best),
    first,
  );
  return { ...kin, id, label: id, facts: 'guessed', regions: regions.map((region) => region.id) };
}

function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
