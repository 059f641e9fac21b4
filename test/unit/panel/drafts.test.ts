import assert from 'node:assert/strict';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { fromDraft, keptParameters, toDraft } from '../../../src/panel/drafts';
import { InputShelf } from '../../../src/panel/inputShelf';
import { ParameterMemory } from '../../../src/settings/parameterMemory';
import { RequestDefaults } from '../../../src/settings/requestDefaults';
import type { Style } from '../../../src/settings/styles';
import type { Draft } from '../../../src/shared/panelProtocol';
import { MemoryState } from '../../fakes/memoryState';
import { beijingModels, draftOf, palette } from '../../fakes/panelFixtures';

function newShelf(state = new MemoryState()): InputShelf {
  let count = 0;
  return new InputShelf(state, () => {
    count += 1;
    return `input-${count}`;
  });
}

function modelOf(modelId: string) {
  const model = beijingModels.find(({ id }) => id === modelId);
  assert.ok(model);
  return model;
}

const poster: Style = {
  ...{ id: 'user:Poster', name: 'Poster', source: 'user' },
  ...{ prompt: 'a poster of {prompt}, flat', negativePrompt: 'noise' },
};
const styles = { find: (id: string) => (id === poster.id ? poster : undefined) };

const fox = { uri: 'file:///w/fox.png', format: 'png', byteLength: 10 } as const;
const mask = { uri: 'file:///w/mask.png', format: 'png', byteLength: 10 } as const;

describe('the draft of a request', () => {
  it('names its images by ids, and gives them back', () => {
    const shelf = newShelf();
    const model = modelOf('wanx2.1-imageedit');
    const request: ImageRequest = {
      modelId: model.id,
      prompt: 'a hat',
      size: 'auto',
      count: 2,
      seed: 7,
      editFunction: 'description_edit_with_mask',
      watermark: true,
      images: [fox],
      mask,
    };
    const draft = toDraft(request, shelf);
    assert.deepEqual([draft.images, draft.mask], [['input-1'], 'input-2']);
    assert.deepEqual(draft.parameters, {
      editFunction: 'description_edit_with_mask',
      watermark: true,
    });
    assert.deepEqual(fromDraft(draft, model, shelf, styles), request);
  });

  it('gives only what the model has and what the form shows', () => {
    const shelf = newShelf();
    const model = modelOf('wanx2.1-imageedit');
    const draft = draftOf(model.id, {
      ...{ prompt: ' a hat ', negativePrompt: 'x', images: ['unknown'], mask: shelf.idOf(mask) },
      parameters: { editFunction: 'expand', topScale: 1.5, strength: 0.8, thinking: true },
    });
    assert.deepEqual(fromDraft(draft, model, shelf, styles), {
      ...{ modelId: model.id, prompt: 'a hat', size: 'auto', count: 1, images: [] },
      ...{ editFunction: 'expand', topScale: 1.5, watermark: false },
      // Said, so that nothing that was used last takes their place.
      ...{ bottomScale: undefined, leftScale: undefined, rightScale: undefined },
    });
  });

  it('gives no images to a model that takes none, and what applies without them', () => {
    const shelf = newShelf();
    const images = [shelf.idOf(fox)];
    const inputOf = (modelId: string) =>
      fromDraft(draftOf(modelId, { prompt: 'p', images }), modelOf(modelId), shelf, styles);
    assert.equal('images' in inputOf('wan2.6-t2i'), false);
    assert.equal(inputOf('qwen-image-3.0').promptExtendMode, undefined);
    images.pop();
    assert.equal(inputOf('qwen-image-3.0').promptExtendMode, 'direct');
  });
});

describe('a draft with a style', () => {
  const model = modelOf('qwen-image-2.0');
  const draft = draftOf(model.id, { prompt: ' $& fox ', negativePrompt: 'snow', style: poster.id });
  const requestOf = (values: Partial<Draft>, modelId = model.id): ImageRequest => {
    const input = fromDraft({ ...draft, ...values }, modelOf(modelId), newShelf(), styles);
    return { modelId, size: 'auto', count: 1, ...input };
  };

  it('sends the prompt in its slot, whatever is in it, and knows what was typed', () => {
    const { prompt, negativePrompt, typed } = requestOf({});
    assert.equal(prompt, 'a poster of $& fox, flat');
    assert.equal(negativePrompt, 'snow, noise');
    assert.deepEqual(typed, { prompt: '$& fox', style: poster.id, negativePrompt: 'snow' });
  });

  it('comes back from its request as it was typed', () => {
    const { prompt, negativePrompt, style } = toDraft(requestOf({}), newShelf());
    assert.deepEqual([prompt, negativePrompt, style], ['$& fox', 'snow', poster.id]);
    const { style: none = null } = toDraft(requestOf({ style: null }), newShelf());
    assert.equal(none, null);
  });

  it("sends the style's negative prompt only to a model that has one, and without a comma alone", () => {
    assert.equal(requestOf({ negativePrompt: '' }).negativePrompt, 'noise');
    const other = requestOf({}, 'wan2.7-image');
    assert.equal(other.negativePrompt, undefined);
    assert.deepEqual(other.typed, { prompt: '$& fox', style: poster.id });
  });

  it('is sent as typed where the style is gone, and is empty where nothing was typed', () => {
    const gone = requestOf({ style: 'user:Gone' });
    assert.deepEqual([gone.prompt, gone.typed], ['$& fox', undefined]);
    assert.equal(requestOf({ prompt: ' ' }).prompt, '');
  });

  it('is remembered as it was typed', async () => {
    const state = new MemoryState();
    const memory = new ParameterMemory(state, state);
    await new RequestDefaults({ model: model.id }, memory, () => model).remember(requestOf({}));
    assert.equal(memory.lastPrompt, '$& fox');
    assert.equal(memory.parameters(model.id).negativePrompt, 'snow');
    assert.equal('typed' in memory.parameters(model.id), false);
  });
});

describe('what a draft keeps for another model', () => {
  const wan = modelOf('wan2.7-image');
  const qwen = modelOf('qwen-image-2.0-pro');
  const boxes = [[[1, 2, 3, 4]]] as const;

  it('is what was changed and one of the two lacks', () => {
    const changed = { colorPalette: palette, boxes, thinking: false, watermark: true };
    const away = keptParameters(changed, wan, qwen);
    assert.deepEqual(away, { colorPalette: palette, boxes, thinking: false });
    assert.deepEqual(keptParameters(away, qwen, wan), away);
    assert.deepEqual(keptParameters({ thinking: true }, wan, qwen), {});
  });

  it('is not whether to make a set, where a number of images has been filled in', () => {
    assert.deepEqual(keptParameters({ sequential: true }, wan, qwen), { sequential: true });
    assert.deepEqual(keptParameters({ sequential: true }, qwen, wan), {});
  });

  it('goes to no model that lacks it', () => {
    const draft = draftOf(qwen.id, { parameters: { colorPalette: palette, sequential: true } });
    const input = fromDraft(draft, qwen, newShelf(), styles);
    assert.deepEqual(['colorPalette' in input, 'sequential' in input], [false, false]);
  });
});

describe('what is not set in a draft', () => {
  it('is not taken from what the model was last used with', () => {
    const state = new MemoryState();
    const memory = new ParameterMemory(state, state);
    const model = modelOf('wan2.7-image');
    const requests = new RequestDefaults({ model: model.id }, memory, () => model);
    void memory.rememberParameters(model.id, { colorPalette: palette, watermark: true });
    const prompt = 'p';
    const { parameters } = toDraft(requests.complete({ prompt }, true), newShelf());
    assert.deepEqual([parameters.colorPalette, parameters.watermark], [palette, true]);
    const input = fromDraft(
      draftOf(model.id, { prompt, parameters: {} }),
      model,
      newShelf(),
      styles,
    );
    const request = requests.complete(input, true);
    assert.deepEqual([request.colorPalette, request.watermark], [undefined, false]);
    assert.equal('colorPalette' in toDraft(request, newShelf()).parameters, false);
  });
});

describe('the shelf of input images', () => {
  it('gives an image the same id each time, and knows it by what was learned last', () => {
    const shelf = newShelf();
    const id = shelf.idOf(fox);
    assert.equal(shelf.idOf({ ...fox, byteLength: 20 }), id);
    assert.equal(shelf.find(id)?.byteLength, 20);
    assert.equal(shelf.find('unknown'), undefined);
  });

  it('knows the ids after a reload, but not the facts', () => {
    const state = new MemoryState();
    const id = newShelf(state).idOf(fox);
    const shelf = newShelf(state);
    assert.deepEqual(shelf.find(id), { uri: fox.uri });
    shelf.learn(fox);
    assert.deepEqual(shelf.find(id), fox);
  });

  it('forgets those that were not used for longest', () => {
    const state = new MemoryState();
    const shelf = newShelf(state);
    for (let index = 0; index < 101; index += 1) shelf.idOf({ uri: `file:///w/${index}.png` });
    shelf.idOf({ uri: 'file:///w/1.png' });
    const later = newShelf(state);
    assert.equal(later.find('input-1'), undefined);
    assert.equal(later.find('input-2')?.uri, 'file:///w/1.png');
  });
});
