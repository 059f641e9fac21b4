import assert from 'node:assert/strict';
import { findModel, modelCatalog } from '../../../src/dashscope/modelCatalog';
import { textModel } from '../../../src/settings/textModel';

function modelFor(model: string, regionId = 'cn-beijing'): string {
  return textModel({
    settings: { model, regionId },
    requests: { findModel: (id) => findModel(id) },
    models: modelCatalog,
  }).modelId;
}

describe('the model for a prompt alone', () => {
  it('is the current one, also one that can edit', () => {
    assert.equal(modelFor('wan2.2-t2i-flash'), 'wan2.2-t2i-flash');
    assert.equal(modelFor('wan2.7-image'), 'wan2.7-image');
  });

  it("is Easel's usual one where the current one cannot do without an image", () => {
    assert.equal(modelFor('wan2.6-image'), 'qwen-image-2.0');
    assert.equal(modelFor('qwen-image-edit'), 'qwen-image-2.0');
  });

  it('is one that the region is sure to have, if there is any', () => {
    assert.equal(modelFor('wan2.6-image', 'us-east-1'), 'wan2.6-t2i');
    assert.equal(modelFor('wan2.6-image', 'cn-hongkong'), 'qwen-image-3.0-pro');
  });

  it('stays what it is where nothing is known of it, so that the error can say so', () => {
    assert.equal(modelFor('flux-dev'), 'flux-dev');
  });
});
