import assert from 'node:assert/strict';
import { unmetCondition } from '../../../src/imageModel/conditions';
import { rulesFor } from '../../../src/imageModel/modelDescriptor';
import { fakeModel } from '../../fakes/fakeImageProvider';

const image = { uri: 'file:///fox.png' };
const withImages = { images: 'some' } as const;
const isSet = { parameter: 'sequential', is: [true] } as const;

describe('unmetCondition', () => {
  it('finds nothing where there is nothing to hold', () => {
    assert.equal(unmetCondition(undefined, {}), undefined);
    assert.equal(unmetCondition([], {}), undefined);
  });

  it('asks whether images go in', () => {
    assert.equal(unmetCondition([withImages], { images: [image] }), undefined);
    assert.equal(unmetCondition([withImages], { images: [] }), withImages);
    assert.equal(unmetCondition([withImages], {}), withImages);
    assert.equal(unmetCondition([{ images: 'none' }], {}), undefined);
  });

  it('takes a flag that is not set for one that is off', () => {
    assert.equal(unmetCondition([isSet], {}), isSet);
    assert.equal(unmetCondition([{ parameter: 'sequential', is: [false] }], {}), undefined);
  });

  it('is content with one of several values, and names the first condition that does not hold', () => {
    const isEdit = { parameter: 'editFunction', is: ['expand', 'doodle'] } as const;
    assert.equal(unmetCondition([isEdit], { editFunction: 'doodle' }), undefined);
    assert.equal(unmetCondition([isEdit, isSet], { editFunction: 'expand' }), isSet);
    assert.equal(unmetCondition([isEdit, isSet], {}), isEdit);
  });
});

describe('rulesFor', () => {
  const model = {
    ...fakeModel,
    variants: [
      { when: [withImages], defaultSize: '1K', maxImagesPerCall: 6 },
      { when: [isSet], maxImagesPerCall: 12 },
    ],
  } as const;

  it('are those of the model where no variant applies', () => {
    assert.deepEqual(rulesFor(model, {}), model);
    assert.deepEqual(rulesFor(fakeModel, { images: [image] }), fakeModel);
  });

  it('replace what a variant names, a later one last', () => {
    const edit = rulesFor(model, { images: [image] });
    assert.deepEqual([edit.defaultSize, edit.maxImagesPerCall], ['1K', 6]);
    const both = rulesFor(model, { images: [image], sequential: true });
    assert.deepEqual([both.defaultSize, both.maxImagesPerCall], ['1K', 12]);
    assert.deepEqual(both.sizeRule, fakeModel.sizeRule);
  });
});
