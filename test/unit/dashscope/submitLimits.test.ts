import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { findModel, modelCatalog } from '../../../src/dashscope/modelCatalog';
import { submitLimits } from '../../../src/dashscope/submitLimits';

// https://help.aliyun.com/zh/model-studio/rate-limit, by the second but for the Max models.

const baseUrl = 'https://dashscope.example';

/** Submits a minute and tasks at once. */
function limitsOf(id: string, regionId = 'cn-beijing') {
  const row = findModel(id);
  if (!row) throw new Error(id);
  const { key, perMinute, concurrentTasks } = submitLimits(row, { regionId, baseUrl });
  strictEqual(key, `${id} ${regionId} ${baseUrl}`);
  return [perMinute, concurrentTasks];
}

const published: Readonly<Record<string, readonly [number, number | undefined]>> = {
  'qwen-image-max': [2, undefined],
  'qwen-image-max-2025-12-30': [2, undefined],
  'qwen-image-plus': [120, 2],
  'qwen-image-plus-2026-01-09': [120, undefined],
  'qwen-image': [120, 2],
  'qwen-image-edit': [120, undefined],
  'qwen-image-edit-plus': [120, undefined],
  'qwen-image-edit-plus-2025-10-30': [120, undefined],
  'qwen-image-edit-plus-2025-12-15': [120, undefined],
  'qwen-image-edit-max': [2, undefined],
  'qwen-image-edit-max-2026-01-16': [2, undefined],
  'z-image-turbo': [120, undefined],
  'wan2.6-t2i': [60, 5],
  'wan2.6-image': [300, 5],
  'wan2.5-t2i-preview': [300, 5],
  'wan2.5-i2i-preview': [300, 5],
  'wan2.2-t2i-flash': [120, 2],
  'wan2.2-t2i-plus': [120, 2],
  'wanx2.1-t2i-turbo': [120, 2],
  'wanx2.1-t2i-plus': [120, 2],
  'wan2.1-t2i-turbo': [120, 2],
  'wan2.1-t2i-plus': [120, 2],
  'wanx2.0-t2i-turbo': [120, 2],
  'wanx-v1': [120, 1],
  'wanx2.1-imageedit': [120, 2],
  'wanx-sketch-to-image-lite': [120, 1],
};

describe('the limits of a model', () => {
  for (const { id } of modelCatalog) {
    const known = published[id];
    // Two of the model of which somebody has seen a limit.
    const guess = id === 'qwen-image-3.0-pro' ? [120, 2] : [120, 5];
    it(`are ${known ? 'the published ones' : 'guessed'} for ${id}`, () => {
      deepStrictEqual(limitsOf(id), known ?? guess);
    });
  }

  it('differ by region where they do at the service', () => {
    deepStrictEqual(limitsOf('wan2.6-t2i', 'ap-southeast-1'), [300, 5]);
    deepStrictEqual(limitsOf('wan2.6-t2i', 'us-east-1'), [300, 5]);
    deepStrictEqual(limitsOf('wan2.6-image', 'us-east-1'), [300, 5]);
  });

  it('are those of its kin for a model that is not listed', () => {
    deepStrictEqual(limitsOf('qwen-image-max-2027-01-01'), [2, undefined]);
  });
});
