import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { modelCatalog } from '../../../src/dashscope/modelCatalog';
import { findPrice, prices } from '../../../src/dashscope/prices';

/** As the price lists have it, per image: yuan in Beijing, dollars in Singapore; 0 where no list has it. */
const listed: Readonly<Record<string, readonly [number, number]>> = {
  'qwen-image-3.0-pro': [0.25, 0.04],
  'qwen-image-3.0': [0.18, 0.03],
  'qwen-image-2.1-pro': [0.25, 0],
  'qwen-image-2.1-turbo': [0, 0],
  'qwen-image-2.0-pro': [0.5, 0.075],
  'qwen-image-2.0-pro-2026-06-22': [0.5, 0.075],
  'qwen-image-2.0-pro-2026-04-22': [0.5, 0.075],
  'qwen-image-2.0-pro-2026-03-03': [0.5, 0.075],
  'qwen-image-2.0': [0.2, 0.035],
  'qwen-image-2.0-2026-03-03': [0.2, 0.035],
  'qwen-image-max': [0.5, 0.075],
  'qwen-image-max-2025-12-30': [0.5, 0.075],
  'qwen-image-plus': [0.2, 0.03],
  'qwen-image-plus-2026-01-09': [0.2, 0.03],
  'qwen-image': [0.25, 0.035],
  'qwen-image-edit-max': [0.5, 0.075],
  'qwen-image-edit-max-2026-01-16': [0.5, 0.075],
  'qwen-image-edit-plus': [0.2, 0.03],
  'qwen-image-edit-plus-2025-12-15': [0.2, 0.03],
  'qwen-image-edit-plus-2025-10-30': [0.2, 0.03],
  'qwen-image-edit': [0.3, 0.045],
  'z-image-turbo': [0.1, 0.015],
  'wan2.7-image-pro': [0.5, 0.075],
  'wan2.7-image': [0.2, 0.03],
  'wan2.6-t2i': [0.2, 0.03],
  'wan2.6-image': [0.2, 0.03],
  'wan2.5-t2i-preview': [0.2, 0.03],
  'wan2.5-i2i-preview': [0.2, 0.03],
  'wan2.2-t2i-plus': [0.2, 0.05],
  'wan2.2-t2i-flash': [0.14, 0.025],
  'wanx2.1-t2i-plus': [0.2, 0],
  'wanx2.1-t2i-turbo': [0.14, 0],
  'wan2.1-t2i-plus': [0, 0.05],
  'wan2.1-t2i-turbo': [0, 0.025],
  'wanx2.0-t2i-turbo': [0.04, 0],
  'wanx2.1-imageedit': [0.14, 0],
  'wanx-sketch-to-image-lite': [0.06, 0],
  'wanx-v1': [0.16, 0],
};

describe('the price list', () => {
  it('has what the lists have for every model of the catalogue', () => {
    const found = modelCatalog.map(({ id }) => [
      id,
      [findPrice(id, 'cn-beijing')?.image ?? 0, findPrice(id, 'ap-southeast-1')?.image ?? 0],
    ]);
    deepStrictEqual(Object.fromEntries(found), listed);
  });

  it('bills in yuan in Beijing and in dollars elsewhere', () => {
    strictEqual(findPrice('qwen-image-2.0', 'cn-beijing')?.currency, 'CNY');
    for (const regionId of ['ap-southeast-1', 'us-east-1', 'eu-central-1', 'cn-hongkong']) {
      strictEqual(findPrice('wan2.6-image', regionId)?.currency, 'USD');
    }
  });

  it('says so where only the price of another region is known', () => {
    strictEqual(findPrice('wan2.6-image', 'ap-southeast-1')?.source, 'official');
    strictEqual(findPrice('wan2.6-image', 'eu-central-1')?.source, 'otherRegion');
    strictEqual(findPrice('qwen-image-3.0', 'ap-northeast-1')?.source, 'thirdParty');
  });

  it('knows what large, rewritten and input images cost', () => {
    deepStrictEqual(findPrice('qwen-image-3.0-pro', 'cn-beijing'), {
      currency: 'CNY',
      image: 0.25,
      largeImage: 0.5,
      inputImage: 0.02,
      asOf: '2026-10',
      source: 'thirdParty',
    });
    strictEqual(findPrice('z-image-turbo', 'ap-southeast-1')?.extendedImage, 0.03);
  });

  it('dates every price, and says who told it', () => {
    for (const [id, { asOf, source }] of Object.entries(prices)) {
      ok(
        modelCatalog.some((row) => row.id === id),
        id,
      );
      ok(/^20\d\d-(0[1-9]|1[0-2])$/.test(asOf), id);
      ok(source === 'official' || source === 'thirdParty', id);
    }
  });

  it('knows nothing of other models and regions, nor of names that every object has', () => {
    strictEqual(findPrice('constructor', 'cn-beijing'), undefined);
    strictEqual(findPrice('qwen-image-2.0', 'mars-1'), undefined);
  });
});
