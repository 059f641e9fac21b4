import type { ModelPrice } from '../imageModel/price';
import { findRegion } from './regions';

// https://help.aliyun.com/zh/model-studio/model-pricing (Beijing, CNY) and its international page (USD), per successful
// image; the international list is that of Singapore. Prices change: the month of each is in `asOf`, and the setting easel.prices goes before this table.

interface PriceRow {
  readonly cny?: Amounts;
  readonly usd?: Amounts;
  readonly asOf: string;
  readonly source: ModelPrice['source'];
}

type Amounts = Omit<ModelPrice, 'currency' | 'asOf' | 'source'>;

function official(cny: number | undefined, usd?: number, asOf = '2026-04'): PriceRow {
  return {
    ...(cny !== undefined && { cny: { image: cny } }),
    ...(usd !== undefined && { usd: { image: usd } }),
    asOf,
    source: 'official',
  };
}

const qwen20Pro = official(0.5, 0.075);
const qwen20 = official(0.2, 0.035);
const qwenMax = official(0.5, 0.075);
const qwenPlus = official(0.2, 0.03);
const wan = official(0.2, 0.03);

/** By model id. */
export const prices: Readonly<Record<string, PriceRow>> = {
  'qwen-image-3.0-pro': {
    cny: { image: 0.25, largeImage: 0.5, inputImage: 0.02 },
    usd: { image: 0.04, largeImage: 0.075, inputImage: 0.003 },
    asOf: '2026-10',
    source: 'thirdParty',
  },
  'qwen-image-3.0': {
    cny: { image: 0.18, inputImage: 0.02 },
    usd: { image: 0.03, inputImage: 0.003 },
    asOf: '2026-10',
    source: 'thirdParty',
  },
  'qwen-image-2.1-pro': { cny: { image: 0.25 }, asOf: '2026-10', source: 'thirdParty' },
  'qwen-image-2.0-pro': qwen20Pro,
  'qwen-image-2.0-pro-2026-06-22': qwen20Pro,
  'qwen-image-2.0-pro-2026-04-22': qwen20Pro,
  'qwen-image-2.0-pro-2026-03-03': qwen20Pro,
  'qwen-image-2.0': qwen20,
  'qwen-image-2.0-2026-03-03': qwen20,
  'qwen-image-max': qwenMax,
  'qwen-image-max-2025-12-30': qwenMax,
  'qwen-image-plus': qwenPlus,
  'qwen-image-plus-2026-01-09': qwenPlus,
  'qwen-image': official(0.25, 0.035),
  'qwen-image-edit-max': qwenMax,
  'qwen-image-edit-max-2026-01-16': qwenMax,
  'qwen-image-edit-plus': qwenPlus,
  'qwen-image-edit-plus-2025-12-15': qwenPlus,
  'qwen-image-edit-plus-2025-10-30': qwenPlus,
  'qwen-image-edit': official(0.3, 0.045),
  'z-image-turbo': {
    cny: { image: 0.1, extendedImage: 0.2 },
    usd: { image: 0.015, extendedImage: 0.03 },
    asOf: '2026-04',
    source: 'official',
  },
  'wan2.7-image-pro': official(0.5, 0.075),
  'wan2.7-image': wan,
  'wan2.6-t2i': wan,
  'wan2.6-image': wan,
  'wan2.5-t2i-preview': wan,
  'wan2.5-i2i-preview': wan,
  'wan2.2-t2i-plus': official(0.2, 0.05),
  'wan2.2-t2i-flash': official(0.14, 0.025),
  'wanx2.1-t2i-plus': official(0.2),
  'wanx2.1-t2i-turbo': official(0.14),
  'wan2.1-t2i-plus': official(undefined, 0.05),
  'wan2.1-t2i-turbo': official(undefined, 0.025),
  'wanx2.0-t2i-turbo': official(0.04),
  'wanx2.1-imageedit': official(0.14),
  'wanx-sketch-to-image-lite': official(0.06, undefined, '2026-02'),
  'wanx-v1': official(0.16),
};

/** What a model costs in a region; undefined where no list has it. */
export function findPrice(modelId: string, regionId: string): ModelPrice | undefined {
  const row = Object.hasOwn(prices, modelId) ? prices[modelId] : undefined;
  const currency = findRegion(regionId)?.currency;
  const amounts = currency === 'CNY' ? row?.cny : row?.usd;
  if (!row || !currency || !amounts) return undefined;
  const isListed = regionId === 'cn-beijing' || regionId === 'ap-southeast-1';
  const source = isListed || row.source === 'thirdParty' ? row.source : 'otherRegion';
  return { ...amounts, currency, asOf: row.asOf, source };
}
