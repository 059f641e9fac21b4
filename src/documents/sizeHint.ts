import type { ImageSize } from '../imageModel/imageModel';

/** Longer links are not looked through. */
const longest = 5000;
/** In pixels, of a side that means anything. */
const minSide = 16;
const maxSide = 16_384;

/** A number of pixels: not a percentage, a part of the text's width, or centimetres. */
const number = String.raw`["'{]?(\d{2,5})(?:px)?(?![\d.%]|[a-z])`;
const widthPattern = new RegExp(String.raw`\bwidth["']?\s*[:=]+\s*${number}`, 'i');
const heightPattern = new RegExp(String.raw`\bheight["']?\s*[:=]+\s*${number}`, 'i');
const pairPattern = /(?<![\d.])(\d{2,5}) ?[xX×] ?(\d{2,5})(?:px)?(?![\d.%]|[a-z])/;
const namePattern = /(?<![\da-z])(\d{2,5})[xX×](\d{2,5})(?![\da-z])/i;

/**
 * The size that a link asks for, in the text of the link (`width=800 height=600`, `|800x600`) or in the name of its file;
 * undefined where neither tells both sides.
 */
export function sizeHint(source: string, target: string): ImageSize | undefined {
  const text = source.slice(0, longest);
  const width = widthPattern.exec(text)?.[1];
  const height = heightPattern.exec(text)?.[1];
  if (width && height) return sizeOf(width, height);
  // Not in the target, where a number may be anything.
  const around = target === '' ? text : text.replace(target, ' ');
  const pair = pairPattern.exec(around) ?? namePattern.exec(target.replace(/^.*\//s, ''));
  return pair ? sizeOf(pair[1] ?? '', pair[2] ?? '') : undefined;
}

function sizeOf(width: string, height: string): ImageSize | undefined {
  const size = { width: Number(width), height: Number(height) };
  const isSide = (side: number): boolean => side >= minSide && side <= maxSide;
  return isSide(size.width) && isSide(size.height) ? size : undefined;
}

/** Of the sizes that a model makes, the one whose shape is nearest, and of those the one whose area is. */
export function nearestSize(
  wanted: ImageSize,
  offered: readonly ImageSize[],
): ImageSize | undefined {
  const shapeOff = ({ width, height }: ImageSize): number =>
    Math.abs(Math.log(width / height) - Math.log(wanted.width / wanted.height));
  const areaOff = ({ width, height }: ImageSize): number =>
    Math.abs(Math.log((width * height) / (wanted.width * wanted.height)));
  // Presets of one shape differ by a few pixels.
  const about = (value: number): number => Math.round(value * 50);
  return [...offered].sort(
    (a, b) => about(shapeOff(a)) - about(shapeOff(b)) || areaOff(a) - areaOff(b),
  )[0];
}
