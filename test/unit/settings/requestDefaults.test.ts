import assert from 'node:assert/strict';
import { findModel } from '../../../src/dashscope/modelCatalog';
import type { ModelDescriptor } from '../../../src/imageModel/modelDescriptor';
import { ParameterMemory } from '../../../src/settings/parameterMemory';
import { RequestDefaults } from '../../../src/settings/requestDefaults';
import { fakeModel } from '../../fakes/fakeImageProvider';
import { MemoryState } from '../../fakes/memoryState';

const plainModel: ModelDescriptor = {
  id: 'plain',
  label: 'Plain',
  family: 'Fakes',
  regions: ['cn-beijing'],
  sizeRule: fakeModel.sizeRule,
  defaultSize: { width: 32, height: 32 },
  maxImagesPerCall: 1,
  promptLimit: fakeModel.promptLimit,
  facts: 'documented',
  parameters: {},
};

/** Edits images, and makes them from text too. */
const editModel: ModelDescriptor = {
  ...fakeModel,
  id: 'edit',
  sizeRule: {
    kind: 'free',
    presets: [],
    named: [
      { name: '1K', area: 1024 * 1024, isOnWire: false },
      { name: '2K', area: 2048 * 2048, isOnWire: false },
    ],
  },
  images: {
    min: 0,
    max: 3,
    maxBytes: 1000,
    minSide: 1,
    maxSide: 9000,
    formats: ['png'],
    alpha: true,
  },
  variants: [{ when: [{ images: 'some' }], defaultSize: '1K' }],
};
const models = [fakeModel, plainModel, editModel];
const fox = { uri: 'file:///fox.png', format: 'png', size: { width: 90, height: 60 } } as const;

function setUp() {
  const globalState = new MemoryState();
  const memory = new ParameterMemory(globalState, new MemoryState());
  const settings = { model: 'fake-model' };
  return {
    memory,
    globalState,
    requests: new RequestDefaults(settings, memory, (id) =>
      models.find((model) => model.id === id),
    ),
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

  it('takes the size of an edit from its rules for images, not from what was made last', async () => {
    const { requests } = setUp();
    const edit = { prompt: 'blue', modelId: 'edit', images: [fox] };
    assert.equal(requests.complete(edit, true).size, '1K');
    await requests.remember({ ...own, modelId: 'edit', size: '2K', count: 2 });
    assert.equal(requests.complete({ prompt: 'fox', modelId: 'edit' }, true).size, '2K');
    const { size, count, images } = requests.complete(edit, true);
    assert.deepEqual([size, count, images], ['1K', 2, [fox]]);
  });

  it('remembers of an edit neither its images nor its prompt nor its size', async () => {
    const { requests, memory } = setUp();
    await requests.remember({ ...own, modelId: 'edit', size: '2K', prompt: 'a fox' });
    const boxes = [[[0, 0, 9, 9]]] as const;
    const edit = { prompt: 'make it blue', modelId: 'edit', size: '1K', images: [fox] } as const;
    await requests.remember({ ...own, ...edit, mask: fox, boxes, style: '<sketch>' });
    assert.equal(memory.lastPrompt, 'a fox');
    const { promptExtend, watermark, count } = own;
    assert.deepEqual(memory.parameters('edit'), {
      ...{ size: '2K', style: '<sketch>', promptExtend, watermark, count },
    });
  });

  it('does not turn the next request into a set, a story or another kind of edit', async () => {
    const { memory } = setUp();
    const models = new RequestDefaults({ model: 'wan2.7-image' }, memory, (id) => findModel(id));
    const set = models.complete({ prompt: 'a day', sequential: true, count: 12 }, false);
    await models.remember(set);
    const { sequential, count } = models.complete({ prompt: 'a fox' }, true);
    assert.deepEqual([sequential, count], [false, 1]);

    const masked = { prompt: 'blue', modelId: 'wanx2.1-imageedit', images: [fox], mask: fox };
    await models.remember(
      models.complete({ ...masked, editFunction: 'description_edit_with_mask' }, false),
    );
    const { mask: _, ...edit } = masked;
    assert.equal(models.complete(edit, true).editFunction, 'description_edit');
  });

  it('keeps what the request itself says, whatever was remembered', async () => {
    const { requests } = setUp();
    await requests.remember({ ...own, count: 3, style: '<sketch>' });
    const { count, style } = requests.complete({ prompt: 'fox', count: 99, style: '<auto>' }, true);
    assert.deepEqual([count, style], [99, '<auto>']);
  });

  it('knows a model by its id, or says that it does not', () => {
    const { requests } = setUp();
    assert.equal(requests.findModel('plain'), plainModel);
    assert.equal(requests.findModel('nope'), undefined);
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
