import type { ImageDelivery, ImageSize } from '../imageModel/imageModel';
import { parseSize } from '../imageModel/imageSize';
import type { ServiceReply } from './wireSchemas';

/** What the service counted, under any of its names; undefined where nothing of it can be read. */
export function readUsage(usage: ServiceReply['usage']): ImageDelivery['usage'] {
  if (!usage) return undefined;
  const images = count(usage.output_image_count) ?? count(usage.image_count);
  const inputImages = count(usage.input_image_count);
  const size =
    pixels(usage.output_width, usage.output_height) ??
    pixels(usage.width, usage.height) ??
    pixelsOf(usage.size);
  const tier = /^qima_output_(\d)k$/i.exec(usage.output_image_type ?? '')?.[1];
  const read = {
    ...(images !== undefined && { images }),
    ...(size && { size }),
    ...(tier && { isLarge: Number(tier) > 1 }),
    ...(inputImages !== undefined && { inputImages }),
  };
  return Object.keys(read).length > 0 ? read : undefined;
}

function count(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function pixels(width: number | undefined, height: number | undefined): ImageSize | undefined {
  return count(width) && count(height) && width && height ? { width, height } : undefined;
}

function pixelsOf(text = ''): ImageSize | undefined {
  const size = parseSize(text);
  return typeof size === 'object' ? pixels(size.width, size.height) : undefined;
}
