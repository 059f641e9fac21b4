import type { ImageRequest } from '../imageModel/imageModel';
import type { Recipe } from './recipe';

/** The recipe of what was made, or is to be made, from a request. */
export function requestRecipe(
  request: ImageRequest,
  facts: Pick<Recipe, 'regionId' | 'requestId' | 'madeAt' | 'isPlaceholder'>,
): Recipe {
  const { prompt, negativePrompt, modelId, seed } = request;
  return {
    ...({ source: 'easel', prompt, model: modelId, request } as const),
    ...(negativePrompt !== undefined && { negativePrompt }),
    ...(seed !== undefined && { seed }),
    ...facts,
  };
}
