import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { findModel, modelCatalog } from '../../../src/dashscope/modelCatalog';
import { findRegion, regions } from '../../../src/dashscope/regions';
import { sameSize } from '../../../src/imageModel/imageSize';
import { checkRequest } from '../../../src/imageModel/requestRules';

const both = ['cn-beijing', 'ap-southeast-1'];
const beijing = ['cn-beijing'];
const singapore = ['ap-southeast-1'];

/** As the documents have it: regions, protocol, default size, greatest n, prompt limit. */
const documented: Record<string, readonly [string[], string, string, number, string]> = {
  'qwen-image-2.0-pro': [both, 'multimodalGeneration', '2048*2048', 6, '1300 tokens'],
  'qwen-image-2.0': [both, 'multimodalGeneration', '2048*2048', 6, '1300 tokens'],
  'qwen-image-max': [both, 'multimodalGeneration', '1664*928', 1, '800 characters'],
  'qwen-image-max-2025-12-30': [both, 'multimodalGeneration', '1664*928', 1, '800 characters'],
  'qwen-image-plus': [both, 'imageSynthesis', '1664*928', 1, '800 characters'],
  'qwen-image-plus-2026-01-09': [both, 'multimodalGeneration', '1664*928', 1, '800 characters'],
  'qwen-image': [both, 'imageSynthesis', '1664*928', 1, '800 characters'],
  'wan2.6-t2i': [both, 'imageGeneration', '1280*1280', 4, '2100 characters'],
  'wan2.5-t2i-preview': [both, 'imageSynthesis', '1280*1280', 4, '2000 characters'],
  'wan2.2-t2i-flash': [both, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wan2.2-t2i-plus': [both, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wanx2.1-t2i-turbo': [beijing, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wanx2.1-t2i-plus': [beijing, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wan2.1-t2i-turbo': [singapore, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wan2.1-t2i-plus': [singapore, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wanx2.0-t2i-turbo': [beijing, 'imageSynthesis', '1024*1024', 4, '800 characters'],
  'wanx-v1': [beijing, 'imageSynthesis', '1024*1024', 4, '500 characters'],
};

const qwenFixed = ['1664*928', '928*1664', '1328*1328', '1472*1104', '1104*1472'];
const wan2 = ['1024*1024', '1440*810', '810*1440', '1440*1080', '1080*1440'];
const wan25 = ['1280*1280', '1696*960', '960*1696', '1472*1104', '1104*1472'];
const qwen20 = ['2048*2048', '2688*1536', '1536*2688', '2368*1728', '1728*2368'];

function presetsOf(id: string): readonly string[] {
  if (id === 'wanx-v1') return ['1024*1024', '1280*720', '720*1280', '768*1152'];
  if (id.startsWith('qwen-image-2.0')) return qwen20;
  if (id.startsWith('qwen')) return qwenFixed;
  return /^wan2\.[56]/.test(id) ? wan25 : wan2;
}

describe('the model catalogue', () => {
  it('has exactly the documented models', () => {
    deepStrictEqual(modelCatalog.map(({ id }) => id).sort(), Object.keys(documented).sort());
  });

  it('has labels that tell its models apart', () => {
    strictEqual(new Set(modelCatalog.map(({ label }) => label)).size, modelCatalog.length);
  });

  it('finds a model by its id, and none by another', () => {
    strictEqual(findModel('wanx-v1')?.label, 'Wanx V1');
    strictEqual(findModel('wanx'), undefined);
    strictEqual(findModel('constructor'), undefined);
  });

  for (const row of modelCatalog) {
    describe(row.id, () => {
      it('follows its document', () => {
        const { width, height } = row.defaultSize;
        const { max, unit } = row.promptLimit;
        deepStrictEqual(
          [row.regions, row.protocol, `${width}*${height}`, row.maxImagesPerCall, `${max} ${unit}`],
          documented[row.id],
        );
        deepStrictEqual(row.seed, { min: 0, max: 2_147_483_647 });
        deepStrictEqual(row.negativePromptLimit, { max: 500, unit: 'characters' });
      });

      it('offers the recommended sizes, the default among them', () => {
        const { presets } = row.sizeRule;
        deepStrictEqual(
          presets.map(({ width, height }) => `${width}*${height}`),
          presetsOf(row.id),
        );
        ok(presets.some((preset) => sameSize(preset, row.defaultSize)));
      });

      it('finds no fault with what it offers', () => {
        for (const regionId of row.regions) {
          ok(findRegion(regionId), regionId);
          for (const size of row.sizeRule.presets) {
            for (const count of [1, row.maxImagesPerCall]) {
              const request = { modelId: row.id, prompt: 'a fox', size, count, seed: 0 };
              deepStrictEqual(checkRequest(row, request, regionId), []);
            }
          }
        }
      });

      it('has prompt rewriting and a watermark, or ten styles', () => {
        const isFirst = row.id === 'wanx-v1';
        deepStrictEqual(
          [row.promptExtendDefault, row.watermark, row.styles?.length],
          isFirst ? [undefined, false, 10] : [true, true, undefined],
        );
      });
    });
  }

  it('refuses sizes beyond the rules', () => {
    const refused: readonly [string, number, number][] = [
      ['qwen-image-2.0', 500, 500],
      ['qwen-image-2.0', 2064, 2048],
      ['qwen-image-max', 1024, 1024],
      ['wan2.6-t2i', 767, 768],
      ['wan2.6-t2i', 1456, 1440],
      ['wan2.6-t2i', 2880, 704],
      ['wan2.2-t2i-flash', 511, 1024],
      ['wan2.2-t2i-flash', 1024, 1441],
      ['wanx-v1', 1152, 768],
    ];
    for (const [id, width, height] of refused) {
      const row = findModel(id);
      ok(row);
      const request = { modelId: id, prompt: 'a fox', size: { width, height }, count: 1 };
      const [issue] = checkRequest(row, request, 'cn-beijing');
      strictEqual(issue?.field, 'size', `${id} ${width}*${height}`);
    }
  });
});

describe('the regions', () => {
  it('have https origins of their own, without a trailing slash', () => {
    strictEqual(new Set(regions.map(({ baseUrl }) => baseUrl)).size, regions.length);
    for (const { baseUrl, keysUrl } of regions) {
      strictEqual(new URL(baseUrl).origin, baseUrl);
      strictEqual(new URL(keysUrl).protocol, 'https:');
    }
  });

  it('are Beijing and Singapore', () => {
    deepStrictEqual(
      regions.map(({ id, baseUrl }) => [id, baseUrl]),
      [
        ['cn-beijing', 'https://dashscope.aliyuncs.com'],
        ['ap-southeast-1', 'https://dashscope-intl.aliyuncs.com'],
      ],
    );
  });
});
