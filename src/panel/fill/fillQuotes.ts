import { type Cost, estimateCost } from '../../cost/estimate';
import { nearestSize } from '../../documents/sizeHint';
import type { ImageRequest, RequestedSize } from '../../imageModel/imageModel';
import { type ModelDescriptor, rulesFor } from '../../imageModel/modelDescriptor';
import type { ModelPrice } from '../../imageModel/price';
import { checkRequest, type RequestIssue } from '../../imageModel/requestRules';
import type { PriceList } from '../../settings/priceList';
import type { RequestDefaults, RequestInput } from '../../settings/requestDefaults';
import type { Settings } from '../../settings/settings';
import { textModel } from '../../settings/textModel';
import type { FillEntry } from './fillEntry';

/** Where the plan's models, parameters and prices are looked up. */
export interface FillQuoteSources {
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: Pick<RequestDefaults, 'complete' | 'model' | 'findModel'>;
  readonly models: readonly ModelDescriptor[];
  readonly prices: Pick<PriceList, 'find'>;
}

/** What would be sent for an image of the plan. */
export interface FillQuote {
  readonly request: ImageRequest;
  /** Errors first. */
  readonly issues: readonly RequestIssue[];
  /** Undefined where no price is known. */
  readonly cost: Cost | undefined;
}

/** Says of each image of the plan what would be sent, and what it would cost; with the model that is chosen by then. */
export class FillQuotes {
  /** Entries are never changed, only replaced. */
  #known = new WeakMap<FillEntry, FillQuote>();
  #model: ModelDescriptor | undefined;

  constructor(private readonly sources: FillQuoteSources) {}

  /** Forgets everything: the settings, or what was used last, may be others. */
  refresh(): void {
    this.#known = new WeakMap();
    this.#model = undefined;
  }

  /** @throws ImageGenerationError of kind `modelUnavailable` when nothing is known of the chosen one */
  get model(): ModelDescriptor {
    this.#model ??= this.sources.requests.model(textModel(this.sources).modelId);
    return this.#model;
  }

  get price(): ModelPrice | undefined {
    const { prices, settings } = this.sources;
    return prices.find(this.model.id, settings.regionId);
  }

  /** The sizes that can be chosen. */
  get sizes(): readonly RequestedSize[] {
    const { sizeRule } = rulesFor(this.model, {});
    const named = sizeRule.kind === 'free' ? (sizeRule.named ?? []) : [];
    return [...named.map(({ name }) => name), ...sizeRule.presets];
  }

  of(entry: FillEntry): FillQuote {
    const known = this.#known.get(entry);
    if (known) return known;
    const quote = this.#quote(entry);
    this.#known.set(entry, quote);
    return quote;
  }

  /** Of all together; undefined where no price is known. */
  total(entries: readonly FillEntry[]): Cost | undefined {
    const costs = entries.map((entry) => this.of(entry).cost);
    return costs.reduce(
      (sum, cost) => sum && cost && { ...cost, amount: sum.amount + cost.amount },
    );
  }

  #quote(entry: FillEntry): FillQuote {
    const { regionId } = this.sources.settings;
    const request = this.#request(entry);
    const { price } = this;
    return {
      request,
      issues: checkRequest(this.model, request, regionId),
      cost: price && estimateCost(this.model, request, price),
    };
  }

  /** A size that the model does not make, as it was chosen for another one or stands in a text, gives way to the nearest. */
  #request({ prompt, size, item }: FillEntry): ImageRequest {
    const input: RequestInput = { prompt: prompt.trim(), modelId: this.model.id, count: 1 };
    const complete = (chosen: RequestedSize | undefined): ImageRequest =>
      this.sources.requests.complete({ ...input, ...(chosen && { size: chosen }) }, true);
    if (size !== undefined) {
      const asChosen = complete(size);
      if (!this.#breaksSize(asChosen)) return asChosen;
    }
    const wanted = typeof size === 'object' ? size : item.sizeHint;
    const { presets } = rulesFor(this.model, {}).sizeRule;
    return complete(wanted && nearestSize(wanted, presets));
  }

  #breaksSize(request: ImageRequest): boolean {
    const issues = checkRequest(this.model, request, this.sources.settings.regionId);
    return issues.some(({ field, severity }) => field === 'size' && severity === 'error');
  }
}
