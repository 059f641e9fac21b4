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
const freeSize = {
  kind: 'free',
  presets: [],
  minArea: 512 * 512,
  maxArea: 2048 * 2048,
  minRatio: 1 / 4,
  maxRatio: 4,
  step: 16,
} as const;
const freeModel: ModelDescriptor = { ...fakeModel, sizeRule: freeSize };

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
    assert.deepEqual(broken({ style: '<anime>' }), ['error style choiceUnknown']);
  });

  it('warns of what a model ignores', () => {
    const { negativePromptLimit, seed, ...rest } = fakeModel;
    const image = { uri: 'file:///fox.png', format: 'png' } as const;
    const everything = {
      negativePrompt: 'blur',
      seed: 1,
      promptExtend: true,
      watermark: true,
      style: '<anime>',
      images: [image],
      mask: image,
    };
    assert.deepEqual(broken(everything, { ...rest, parameters: {} }), [
      'warning images ignored',
      'warning mask ignored',
      'warning style ignored',
      'warning promptExtend ignored',
      'warning watermark ignored',
      'warning negativePrompt ignored',
      'warning seed ignored',
    ]);
  });

  it('says nothing of what is ignored where nothing is asked for', () => {
    const nothing = { promptExtend: false, colorPalette: [], boxes: [[], []], images: [] };
    assert.deepEqual(broken(nothing, { ...fakeModel, parameters: {} }), []);
  });

  it('warns of a size beyond the documents that the service has been seen to take', () => {
    const { presets } = fakeModel.sizeRule;
    const sizeRule = { kind: 'fixed', presets, tolerated: { minSide: 16, maxSide: 64 } } as const;
    const model: ModelDescriptor = { ...fakeModel, sizeRule };
    const size = (width: number, height: number) => broken({ size: { width, height } }, model);
    assert.deepEqual(size(16, 64), ['warning size sizeUndocumented']);
    assert.deepEqual(size(16, 65), ['error size sizeNotOffered']);
  });

  it('takes an area by its name only where the model has that name', () => {
    const named = [{ name: '2K', area: 2048 * 2048, isOnWire: false }] as const;
    const model: ModelDescriptor = { ...fakeModel, sizeRule: { ...freeSize, named } };
    assert.deepEqual(broken({ size: '2K' }, model), []);
    assert.deepEqual(broken({ size: '4K' }, model), ['error size sizeOutOfRange']);
    assert.deepEqual(broken({ size: '2K' }), ['error size sizeNotOffered']);
    assert.deepEqual(broken({ size: 'auto' }), ['error size sizeNotOffered']);
  });

  it('warns that the shape of an image on the web is not known', () => {
    const images = {
      min: 0,
      max: 3,
      maxBytes: 9,
      minSide: 1,
      maxSide: 9,
      formats: [],
      alpha: true,
    };
    const change = { size: '1K', images: [{ uri: 'https://example.com/fox.png' }] } as const;
    const check = (isOnWire: boolean) => {
      const named = [{ name: '1K', area: 1024 * 1024, isOnWire }] as const;
      return broken(change, { ...fakeModel, images, sizeRule: { ...freeSize, named } });
    };
    assert.deepEqual(check(false), ['warning size shapeUnknown']);
    // The service looks at the image itself.
    assert.deepEqual(check(true), []);
  });

  it('has no say in the size of a model that follows its image', () => {
    const model: ModelDescriptor = { ...fakeModel, sizeRule: { kind: 'none', presets: [] } };
    assert.deepEqual(broken({ size: 'auto' }, model), []);
    assert.deepEqual(broken({ size: '1K' }, model), ['warning size ignored']);
  });

  it('never blocks by rules that are only guessed, but by an empty prompt', () => {
    const model: ModelDescriptor = { ...fakeModel, facts: 'guessed' };
    assert.deepEqual(broken({ count: 9, size: { width: 1, height: 1 } }, model), [
      'warning size sizeNotOffered',
      'warning count numberOutOfRange',
    ]);
    assert.deepEqual(broken({ prompt: ' ', count: 9 }, model), [
      'error prompt promptEmpty',
      'warning count numberOutOfRange',
    ]);
  });

  it('goes by the variant of the model that applies', () => {
    const model: ModelDescriptor = {
      ...fakeModel,
      parameters: { sequential: { kind: 'flag', default: false } },
      variants: [{ when: [{ parameter: 'sequential', is: [true] }], maxImagesPerCall: 12 }],
    };
    assert.deepEqual(broken({ count: 12, sequential: true }, model), []);
    assert.deepEqual(broken({ count: 12, sequential: false }, model), [
      'error count numberOutOfRange',
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
