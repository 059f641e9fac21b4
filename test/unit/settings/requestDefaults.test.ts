import assert from 'node:assert/strict';
import { ParameterMemory } from '../../../src/settings/parameterMemory';
import { RequestDefaults } from '../../../src/settings/requestDefaults';
import type { Settings } from '../../../src/settings/settings';
import { fakeModel } from '../../fakes/fakeImageProvider';
import { MemoryState } from '../../fakes/memoryState';

const plainModel = {
  id: 'plain',
  label: 'Plain',
  family: 'Fakes',
  regions: ['cn-beijing'],
  sizeRule: fakeModel.sizeRule,
  defaultSize: { width: 32, height: 32 },
  maxImagesPerCall: 1,
  promptLimit: fakeModel.promptLimit,
  watermark: false,
};

function setUp() {
  const globalState = new MemoryState();
  const memory = new ParameterMemory(globalState, new MemoryState());
  // Only the model is read of the settings.
  const settings = { model: 'fake-model' } as Settings;
  return {
    memory,
    globalState,
    requests: new RequestDefaults(settings, memory, () => [fakeModel, plainModel]),
  };
}

const own = {
  modelId: 'fake-model',
  prompt: 'fox',
  size: { width: 64, height: 32 },
  count: 1,
  promptExtend: true,
  watermark: false,
  style: '<auto>',
};

describe('RequestDefaults', () => {
  it("fills the gaps with the chosen model and its own defaults; one image, not the service's four", () => {
    assert.deepEqual(setUp().requests.complete({ prompt: 'fox' }, true), own);
  });

  it('fills in nothing that the model does not have', () => {
    assert.deepEqual(setUp().requests.complete({ prompt: 'fox', modelId: 'plain' }, true), {
      modelId: 'plain',
      prompt: 'fox',
      size: { width: 32, height: 32 },
      count: 1,
    });
  });

  it('takes what the model was last used with, but the seed, when asked to', async () => {
    const { requests, memory } = setUp();
    await requests.remember({ ...own, count: 3, seed: 7, style: '<sketch>' });
    assert.deepEqual(requests.complete({ prompt: 'owl' }, true), {
      ...own,
      prompt: 'owl',
      count: 3,
      style: '<sketch>',
    });
    assert.deepEqual(requests.complete({ prompt: 'fox' }, false), own);
    assert.equal(memory.lastPrompt, 'fox');
  });

  it('leaves out what was remembered and is no longer allowed', async () => {
    const { requests, memory } = setUp();
    await memory.rememberParameters('fake-model', {
      size: { width: 9, height: 9 },
      count: 99,
      style: '<sketch>',
    });
    assert.deepEqual(requests.complete({ prompt: 'fox' }, true), { ...own, style: '<sketch>' });
  });

  it('survives a memory of another shape', async () => {
    const { requests, globalState } = setUp();
    await globalState.update('easel.parameters', { 'fake-model': { count: 'many' } });
    assert.deepEqual(requests.complete({ prompt: 'fox' }, true), own);
  });

  it('refuses a model that is not there', () => {
    assert.throws(() => setUp().requests.complete({ prompt: 'fox', modelId: 'nope' }, true), {
      kind: 'modelUnavailable',
      code: 'UnknownModel',
    });
  });
});
