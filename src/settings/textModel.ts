import { type ModelDescriptor, needsImages } from '../imageModel/modelDescriptor';
import { modelChoices } from './modelChoice';
import type { RequestDefaults } from './requestDefaults';
import type { Settings } from './settings';

/** Where a model is looked up. */
export interface TextModelOptions {
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: Pick<RequestDefaults, 'findModel'>;
  readonly models: readonly ModelDescriptor[];
}

/**
 * The model for a prompt alone: the current one, or the next choice, a sure one if there is any, where that
 * cannot do without an image.
 */
export function textModel({ settings, requests, models }: TextModelOptions): { modelId: string } {
  const { model: current, regionId } = settings;
  const found = requests.findModel(current);
  if (!found || !needsImages(found)) return { modelId: current };
  const findModel = requests.findModel.bind(requests);
  const choices = modelChoices(current, { regionId, models, findModel });
  const able = choices.filter((model) => !needsImages(model));
  const sure = able.find(
    ({ facts, unconfirmedRegions }) =>
      facts === 'documented' && !unconfirmedRegions?.includes(regionId),
  );
  return { modelId: (sure ?? able[0] ?? found).id };
}
