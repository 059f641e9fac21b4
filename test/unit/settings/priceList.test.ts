import assert from 'node:assert/strict';
import type { ModelPrice } from '../../../src/imageModel/price';
import { PriceList } from '../../../src/settings/priceList';
import type { SettingValue } from '../../../src/settings/settingsSchema';

const official: ModelPrice = {
  currency: 'CNY',
  image: 0.2,
  largeImage: 0.4,
  asOf: '2026-04',
  source: 'official',
};

function priceList(prices: SettingValue<'easel.prices'>): PriceList {
  return new PriceList(
    { prices },
    (modelId) => (modelId === 'known' ? official : undefined),
    (regionId) => (regionId === 'cn-beijing' ? 'CNY' : 'USD'),
  );
}

describe('PriceList', () => {
  it('has the price of the list, if there is one', () => {
    assert.deepEqual(priceList({}).find('known', 'cn-beijing'), official);
    assert.equal(priceList({}).find('unknown', 'cn-beijing'), undefined);
  });

  it("puts a price of the user's own before it, in the currency of the region", () => {
    const own = { currency: 'USD', image: 0.1, asOf: '', source: 'user' };
    assert.deepEqual(priceList({ known: 0.1 }).find('known', 'us-east-1'), own);
    assert.deepEqual(priceList({ unknown: 0.1 }).find('unknown', 'us-east-1'), own);
  });

  it('takes no amount from the list that the user has not named', () => {
    assert.deepEqual(
      priceList({ known: { image: 0.1, inputImage: 0.01 } }).find('known', 'cn-beijing'),
      { currency: 'CNY', image: 0.1, inputImage: 0.01, asOf: '', source: 'user' },
    );
  });

  it('lets something cost nothing', () => {
    assert.equal(priceList({ known: 0 }).find('known', 'cn-beijing')?.image, 0);
  });

  it('is not misled by the names that every object has', () => {
    assert.equal(priceList({}).find('constructor', 'cn-beijing'), undefined);
  });
});
