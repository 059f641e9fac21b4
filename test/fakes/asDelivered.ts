import type { Inscribe } from '../../src/generation/fetchImages';

/** Leaves images without a recipe. */
export const asDelivered: Inscribe = async (image) => image;
