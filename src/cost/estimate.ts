import { unmetCondition } from '../imageModel/conditions';
import type { ImageDelivery, ImageRequest } from '../imageModel/imageModel';
import { namedSize } from '../imageModel/imageSize';
import { type ModelDescriptor, rulesFor } from '../imageModel/modelDescriptor';
import { largeArea, type ModelPrice } from '../imageModel/price';

/** An amount of money, before taxes. */
export interface Cost {
  readonly amount: number;
  readonly currency: ModelPrice['currency'];
  /** The service may make fewer images than were asked for, and bills those. */
  readonly isUpTo: boolean;
}

type Usage = NonNullable<ImageDelivery['usage']>;

/** What a request will cost, if every image is made. */
export function estimateCost(
  model: ModelDescriptor,
  request: ImageRequest,
  price: ModelPrice,
): Cost {
  const { interleave, sequential, maxImages = 5, count } = request;
  return {
    ...costOfImages(model, request, price, interleave ? maxImages : count),
    isUpTo: interleave === true || sequential === true,
  };
}

/** What a request has cost, by what the service delivered and counted. */
export function costOf(
  model: ModelDescriptor,
  request: ImageRequest,
  price: ModelPrice,
  { images, usage }: Pick<ImageDelivery, 'images' | 'usage'>,
): Cost {
  // Those that were announced are paid for, whatever was counted by then.
  const madeImages = Math.max(images.length, usage?.images ?? 0);
  return costOfImages(model, request, price, madeImages, usage);
}

function costOfImages(
  model: ModelDescriptor,
  request: ImageRequest,
  price: ModelPrice,
  madeImages: number,
  usage: Usage = {},
): Cost {
  const { inputImages = request.images?.length ?? 0 } = usage;
  const inputs = madeImages > 0 ? inputImages * (price.inputImage ?? 0) : 0;
  const amount = madeImages * imagePrice(model, request, price, usage) + inputs;
  return { amount, currency: price.currency, isUpTo: false };
}

function imagePrice(
  model: ModelDescriptor,
  request: ImageRequest,
  price: ModelPrice,
  { size, isLarge = areaOf(model, { ...request, ...(size && { size }) }) > largeArea }: Usage,
): number {
  const extend = model.parameters.promptExtend;
  const isExtended =
    extend !== undefined && request.promptExtend === true && !unmetCondition(extend.when, request);
  if (isExtended && price.extendedImage !== undefined) return price.extendedImage;
  return isLarge && price.largeImage !== undefined ? price.largeImage : price.image;
}

/** In pixels; 0 where it is not known before. */
function areaOf(model: ModelDescriptor, request: ImageRequest): number {
  const { size } = request;
  if (typeof size !== 'string') return size.width * size.height;
  return namedSize(rulesFor(model, request).sizeRule, size)?.area ?? 0;
}
