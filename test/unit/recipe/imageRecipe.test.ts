import assert from 'node:assert/strict';
import { readRecipe, removeRecipe, writeRecipe } from '../../../src/recipe/imageRecipe';
import type { Recipe } from '../../../src/recipe/recipe';
import { png } from '../dashscope/pictures';

const recipe: Recipe = {
  source: 'easel',
  prompt: '雪地里的狐狸 🦊 "quoted" ]]> <b>&amp;\u0000\ufffe',
  negativePrompt: 'text',
  model: 'qwen-image-2.0',
  seed: 7,
  request: {
    modelId: 'qwen-image-2.0',
    prompt: 'p',
    size: { width: 64, height: 32 },
    count: 1,
    images: [{ uri: 'file:///home/me/secret.png' }, { uri: 'https://example.com/a.png' }],
  },
  regionId: 'cn-beijing',
  requestId: 'r-1',
  madeAt: 1_763_700_000_123,
};

describe('the recipe of an image', () => {
  it('is read back from a PNG as it was written, without the files of this machine', () => {
    const written = writeRecipe(png(8, 4), recipe);
    assert.ok(written);
    const { images: _, ...request } = recipe.request ?? assert.fail();
    const shared = [{ uri: 'https://example.com/a.png' }];
    assert.deepEqual(readRecipe(written), { ...recipe, request: { ...request, images: shared } });
    assert.deepEqual(Buffer.from(removeRecipe(written)), png(8, 4));
    assert.deepEqual(writeRecipe(written, recipe), written);
  });
});
