import assert from 'node:assert/strict';
import { costOf, estimateCost } from '../../../src/cost/estimate';
import type { ImageDelivery, ImageRequest } from '../../../src/imageModel/imageModel';
import type { ModelDescriptor } from '../../../src/imageModel/modelDescriptor';
import type { ModelPrice } from '../../../src/imageModel/price';
import { fakeModel } from '../../fakes/fakeImageProvider';

const model: ModelDescriptor = {
  ...fakeModel,
  sizeRule: {
    kind: 'free',
    presets: [],
    named: [
      { name: '1K', area: 1024 * 1024, isOnWire: true },
      { name: '2K', area: 2048 * 2048, isOnWire: true },
    ],
  },
};
const request: ImageRequest = {
  modelId: 'fake-model',
  prompt: 'fox',
  size: { width: 1024, height: 1024 },
  count: 3,
};
const price: ModelPrice = { currency: 'CNY', image: 0.25, asOf: '2026-10', source: 'official' };

function estimate(change: Partial<ImageRequest>, own: Partial<ModelPrice> = {}) {
  return estimateCost(model, { ...request, ...change }, { ...price, ...own });
}

describe('the cost of a request', () => {
  it('is that of its images', () => {
    assert.deepEqual(estimate({}), { amount: 0.75, currency: 'CNY', isUpTo: false });
  });

  it('is another one above 2.25 megapixels, where the price list says so', () => {
    const large = { largeImage: 0.5 };
    const size = (width: number, height: number) =>
      estimate({ size: { width, height } }, large).amount;
    assert.equal(size(1500, 1500), 0.75);
    assert.equal(size(1500, 1501), 1.5);
    assert.equal(estimate({ size: '2K' }, large).amount, 1.5);
    assert.equal(estimate({ size: '1K' }, large).amount, 0.75);
    assert.equal(estimate({ size: '2K' }).amount, 0.75);
  });

  it('takes a size that the service chooses for a small one', () => {
    assert.equal(estimate({ size: 'auto' }, { largeImage: 0.5 }).amount, 0.75);
  });

  it('is another one when the prompt is extended, where the price list says so', () => {
    const extended = { extendedImage: 0.5 };
    assert.equal(estimate({ promptExtend: true }, extended).amount, 1.5);
    assert.equal(estimate({ promptExtend: false }, extended).amount, 0.75);
    assert.equal(estimate({}, extended).amount, 0.75);
  });

  it('has its input images on top, once', () => {
    const images = [{ uri: 'file:///a.png' }, { uri: 'file:///b.png' }];
    assert.equal(estimate({ images }, { inputImage: 0.125 }).amount, 1);
    assert.equal(estimate({ images }).amount, 0.75);
  });

  it('is an upper limit where the model decides how many images it makes', () => {
    assert.deepEqual(estimate({ sequential: true, count: 12 }), {
      amount: 3,
      currency: 'CNY',
      isUpTo: true,
    });
    assert.equal(estimate({ interleave: true, count: 1, maxImages: 2 }).amount, 0.5);
    assert.equal(estimate({ interleave: true, count: 1 }).amount, 1.25);
  });
});

describe('the cost of a job', () => {
  const url = 'https://store.example/a.png';
  const cost = (
    madeImages: number,
    own: Partial<ModelPrice> = {},
    usage: ImageDelivery['usage'] = undefined,
  ) =>
    costOf(
      model,
      { ...request, images: [{ uri: 'file:///a.png' }] },
      { ...price, ...own },
      {
        images: Array.from({ length: madeImages }, () => ({ url })),
        ...(usage && { usage }),
      },
    );

  it('is that of the images that were made', () => {
    assert.deepEqual(cost(2), { amount: 0.5, currency: 'CNY', isUpTo: false });
    assert.equal(cost(2, { inputImage: 0.5 }).amount, 1);
  });

  it('goes by the size that came back', () => {
    const large = { largeImage: 0.5 };
    assert.equal(cost(1, large).amount, 0.25);
    assert.equal(cost(1, large, { size: { width: 2048, height: 2048 } }).amount, 0.5);
    assert.equal(cost(1, large, { isLarge: true }).amount, 0.5);
    const size = { width: 2048, height: 2048 };
    assert.equal(cost(1, large, { isLarge: false, size }).amount, 0.25);
  });

  it('goes by the numbers that the service counts', () => {
    assert.equal(cost(1, {}, { images: 2 }).amount, 0.5);
    assert.equal(cost(2, { inputImage: 0.5 }, { inputImages: 2 }).amount, 1.5);
    assert.equal(cost(2, { inputImage: 0.5 }, { inputImages: 0 }).amount, 0.5);
  });

  it('counts every image that is there', () => {
    assert.equal(cost(2, {}, { images: 1 }).amount, 0.5);
  });

  it('is nothing when none was made', () => {
    assert.equal(cost(0, { inputImage: 0.5 }).amount, 0);
    assert.equal(cost(0, { inputImage: 0.5 }, { images: 0, inputImages: 1 }).amount, 0);
  });
});
