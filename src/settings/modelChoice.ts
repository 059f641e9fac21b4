import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { settingDefaults } from './settingsSchema';

/** Where models are chosen from. */
export interface ModelChoiceOptions {
  readonly regionId: string;
  /** Newest family first. */
  readonly models: readonly ModelDescriptor[];
  /** Also finds an id that was typed. */
  readonly findModel: (modelId: string) => ModelDescriptor | undefined;
}

/**
 * The region's models in the order in which one that can do a job is looked for: the wanted one, Easel's usual one, then the
 * list.
 */
export function modelChoices(
  wantedId: string,
  { regionId, models, findModel }: ModelChoiceOptions,
): readonly ModelDescriptor[] {
  const preferred = [wantedId, settingDefaults['easel.model']].flatMap((id) => findModel(id) ?? []);
  return [...preferred, ...models].filter(({ regions }) => regions.includes(regionId));
}
