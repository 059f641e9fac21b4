import assert from 'node:assert/strict';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import type { ModelDescriptor } from '../../../src/imageModel/modelDescriptor';
import { checkRequest } from '../../../src/imageModel/requestRules';
import { fakeModel } from '../../fakes/fakeImageProvider';

const request: ImageRequest = {
  modelId: 'fake-model',
  prompt: 'a red fox',
  size: { width: 64, height: 32 },
  count: 1,
};
const freeModel: ModelDescriptor = {
  ...fakeModel,
  sizeRule: {
    kind: 'free',
    presets: [],
    minArea: 512 * 512,
    maxArea: 2048 * 2048,
    minRatio: 1 / 4,
    maxRatio: 4,
    step: 16,
  },
};

function broken(change: Partial<ImageRequest>, model = fakeModel): string[] {
  return checkRequest(model, { ...request, ...change }, 'cn-beijing').map(
    ({ severity, field, rule }) => `${severity} ${field} ${rule}`,
  );
}

describe('checkRequest', () => {
  it('finds nothing wrong with a request that can be sent', () => {
    assert.deepEqual(broken({}), []);
  });

  it('refuses an empty prompt, also one of spaces', () => {
    assert.deepEqual(broken({ prompt: '' }), ['error prompt promptEmpty']);
    assert.deepEqual(broken({ prompt: ' \n\t' }), ['error prompt promptEmpty']);
  });

  it('warns of a text that the service would cut, counted in characters and not in UTF-16 units', () => {
    assert.deepEqual(broken({ prompt: '狐'.repeat(20) }), []);
    assert.deepEqual(broken({ prompt: '🦊'.repeat(20) }), []);
    assert.deepEqual(broken({ prompt: '🦊'.repeat(21) }), ['warning prompt textCut']);
    assert.deepEqual(broken({ negativePrompt: 'x'.repeat(11) }), [
      'warning negativePrompt textCut',
    ]);
  });

  it('refuses a size that a model with fixed sizes does not have', () => {
    assert.deepEqual(broken({ size: { width: 32, height: 64 } }), ['error size sizeNotOffered']);
  });

  it('holds area, ratio and whole numbers for a model with free sizes', () => {
    const size = (width: number, height: number) => broken({ size: { width, height } }, freeModel);
    assert.deepEqual(size(512, 512), []);
    assert.deepEqual(size(2048, 2048), []);
    assert.deepEqual(size(512, 496), ['error size sizeOutOfRange']);
    assert.deepEqual(size(2048, 2064), ['error size sizeOutOfRange']);
    assert.deepEqual(size(4096, 512), ['error size sizeOutOfRange']);
    assert.deepEqual(size(1024.5, 1024), ['error size sizeOutOfRange']);
    assert.deepEqual(size(-1024, -1024), ['error size sizeOutOfRange']);
    assert.deepEqual(size(Number.NaN, 1024), ['error size sizeOutOfRange']);
  });

  it('warns of a size that the service rounds, and names the rounded one', () => {
    const rounded = { ...request, size: { width: 1033, height: 1032 } };
    assert.deepEqual(checkRequest(freeModel, rounded, 'cn-beijing'), [
      {
        severity: 'warning',
        field: 'size',
        rule: 'sizeRounded',
        to: { width: 1040, height: 1040 },
      },
    ]);
  });

  it('refuses a count and a seed outside their range', () => {
    assert.deepEqual(broken({ count: 0 }), ['error count numberOutOfRange']);
    assert.deepEqual(broken({ count: 1.5 }), ['error count numberOutOfRange']);
    assert.deepEqual(broken({ seed: -1 }), ['error seed numberOutOfRange']);
    assert.deepEqual(broken({ seed: 101 }), ['error seed numberOutOfRange']);
    assert.deepEqual(broken({ seed: 0, count: 4 }), []);
  });

  it('refuses a style that the model does not have', () => {
    assert.deepEqual(broken({ style: '<anime>' }), ['error style styleUnknown']);
  });

  it('warns of what a model ignores', () => {
    const { negativePromptLimit, seed, promptExtendDefault, styles, ...rest } = fakeModel;
    const everything = {
      negativePrompt: 'blur',
      seed: 1,
      promptExtend: false,
      watermark: true,
      style: '<anime>',
    };
    assert.deepEqual(broken(everything, { ...rest, watermark: false }), [
      'warning negativePrompt ignored',
      'warning seed ignored',
      'warning promptExtend ignored',
      'warning watermark ignored',
      'warning style ignored',
    ]);
  });

  it('refuses a model that the region does not have', () => {
    const issues = checkRequest(fakeModel, request, 'ap-southeast-1');
    assert.deepEqual(
      issues.map(({ rule }) => rule),
      ['notInRegion'],
    );
  });

  it('puts errors before warnings', () => {
    assert.deepEqual(broken({ prompt: 'x'.repeat(21), count: 9 }), [
      'error count numberOutOfRange',
      'warning prompt textCut',
    ]);
  });
});
