import type { ModelPrice } from '../imageModel/price';
import type { Settings } from './settings';

/** What a model costs in a region: the user's own price before the service's list. */
export class PriceList {
  constructor(
    private readonly settings: Pick<Settings, 'prices'>,
    /** Of the service's list. */
    private readonly listed: (modelId: string, regionId: string) => ModelPrice | undefined,
    private readonly currencyOf: (regionId: string) => ModelPrice['currency'],
  ) {}

  /** Undefined when neither knows it. */
  find(modelId: string, regionId: string): ModelPrice | undefined {
    const { prices } = this.settings;
    const own = Object.hasOwn(prices, modelId) ? prices[modelId] : undefined;
    if (own === undefined) return this.listed(modelId, regionId);
    const { image, ...others } = typeof own === 'number' ? { image: own } : own;
    const amounts = Object.entries(others).filter(([, amount]) => amount !== undefined);
    const currency = this.currencyOf(regionId);
    return { image, ...Object.fromEntries(amounts), currency, asOf: '', source: 'user' };
  }
}
