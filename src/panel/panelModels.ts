import { l10n } from 'vscode';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { ModelPrice } from '../imageModel/price';
import { modelChoices } from '../settings/modelChoice';
import type { PriceList } from '../settings/priceList';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import type { PanelModel } from '../shared/panelProtocol';
import { priceSourceText, priceText } from '../ui/priceText';

/** Where the panel knows its models from. */
export interface PanelModelSources {
  readonly models: readonly ModelDescriptor[];
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: Pick<RequestDefaults, 'findModel'>;
  readonly prices: Pick<PriceList, 'find'>;
}

/** The models that the panel offers in the region of the settings. */
export class PanelModels {
  constructor(private readonly sources: PanelModelSources) {}

  /** Those of the list, and an id that was typed: the one of the settings, or of the draft. */
  all(draftModelId?: string): readonly PanelModel[] {
    const { settings } = this.sources;
    const typed = [settings.model, draftModelId ?? ''].flatMap((id) => this.#typed(id) ?? []);
    const own = [...new Map(typed.map((model) => [model.id, model])).values()];
    return [...this.#listed(), ...own].map((model) => this.#toPanel(model));
  }

  /** A model that the region has; undefined for others. */
  find(id: string): ModelDescriptor | undefined {
    return this.#listed().find((model) => model.id === id) ?? this.#typed(id);
  }

  /** Undefined for an id that nothing is known of. */
  describe(id: string): ModelDescriptor | undefined {
    return this.sources.requests.findModel(id);
  }

  /** The first choice of the region. */
  first(): ModelDescriptor | undefined {
    return this.find(this.sources.settings.model) ?? this.#listed()[0];
  }

  /** A model for input images: the given one if it takes them, else the next choice that does. */
  forImages(modelId: string): ModelDescriptor | undefined {
    const { models, settings } = this.sources;
    const findModel = (id: string) => this.describe(id);
    const choices = modelChoices(modelId, { regionId: settings.regionId, models, findModel });
    return choices.find(({ images }) => images);
  }

  #listed(): readonly ModelDescriptor[] {
    const { models, settings } = this.sources;
    return models.filter(({ regions }) => regions.includes(settings.regionId));
  }

  #typed(id: string): ModelDescriptor | undefined {
    if (this.sources.models.some((model) => model.id === id)) return undefined;
    return id === '' ? undefined : this.describe(id);
  }

  #toPanel(model: ModelDescriptor): PanelModel {
    const { prices, settings } = this.sources;
    const price = prices.find(model.id, settings.regionId);
    const note = noteText(model, settings.regionId);
    return { ...model, priceText: priceLine(price), ...(note && { note }) };
  }
}

/** A price that is not the official one is not to look like it. */
function priceLine(price: ModelPrice | undefined): string {
  if (!price) return l10n.t('price not known');
  const text = priceText(price);
  return price.source === 'official' ? text : `${text} · ${priceSourceText(price)}`;
}

function noteText(model: ModelDescriptor, regionId: string): string | undefined {
  if (model.facts === 'guessed') {
    return l10n.t('Easel does not know this model, and goes by the rules of its family.');
  }
  if (model.facts === 'unconfirmed') {
    return l10n.t('The rules of this model are not confirmed by its documentation.');
  }
  return model.unconfirmedRegions?.includes(regionId)
    ? l10n.t('It is not confirmed that your region has this model.')
    : undefined;
}
