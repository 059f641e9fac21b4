import type * as vscode from 'vscode';
import type { ImageProvider } from './imageModel/imageModel';
import { ParameterMemory } from './settings/parameterMemory';
import { PriceList } from './settings/priceList';
import { RequestDefaults } from './settings/requestDefaults';
import type { Settings } from './settings/settings';

/** What requests are filled in from. */
export interface RequestServicesOptions {
  readonly settings: Settings;
  readonly provider: ImageProvider;
  readonly regionOf: (regionId: string) => { readonly currency: 'CNY' | 'USD' };
  readonly context: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState'>;
}

/** The part of the composition that knows models, their parameters and prices. */
export function createRequestServices(options: RequestServicesOptions) {
  const { settings, provider, regionOf, context } = options;
  const memory = new ParameterMemory(context.globalState, context.workspaceState);
  const requests = new RequestDefaults(settings, memory, (id) => provider.describe(id));
  const prices = new PriceList(
    settings,
    (model, region) => provider.price(model, region),
    (id) => regionOf(id).currency,
  );
  return { memory, requests, prices, models: provider.models() };
}
