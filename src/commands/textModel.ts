import { type ModelDescriptor, needsImages } from '../imageModel/modelDescriptor';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { settingDefaults } from '../settings/settingsSchema';

/** Where a model is looked up. */
export interface TextModelOptions {
  readonly settings: Pick<Settings, 'model' | 'regionId'>;
  readonly requests: Pick<RequestDefaults, 'findModel'>;
  readonly models: readonly ModelDescriptor[];
}

/**
 * The model for a prompt alone: the current one; where that cannot do without an image, Easel's usual one, or else the first
 * that the region is sure to have.
 */
export function textModel({ settings, requests, models }: TextModelOptions): { modelId: string } {
  const { model: current, regionId } = settings;
  const found = requests.findModel(current);
  if (!found || !needsImages(found)) return { modelId: current };
  const able = models.filter((model) => model.regions.includes(regionId) && !needsImages(model));
  const usual = able.find(({ id }) => id === settingDefaults['easel.model']);
  const sure = able.find(
    ({ facts, unconfirmedRegions }) =>
      facts === 'documented' && !unconfirmedRegions?.includes(regionId),
  );
  return { modelId: (usual ?? sure ?? able[0] ?? found).id };
}
