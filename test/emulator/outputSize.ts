import type { Fields } from './fields';
import type { InputImage } from './inputImages';
import type { ModelRow, Size, Use } from './models/modelRow';
import { invalidParameter } from './refusal';

/** The size of the picture that a call gets. Throws a Refusal. */
export function readSize(
  row: ModelRow,
  use: Use,
  parameters: Fields,
  images: readonly InputImage[],
): Size {
  const last = images.at(-1)?.file;
  if (!row.size) return row.functions ? changed(row, last, parameters, use) : shaped(row, last);
  const { size: value } = parameters;
  if (value === undefined) return shaped(row, last);
  const { badFormat, refuse, refuseToken, tokens = {}, step = 1 } = row.size;
  const text = String(value);
  const pixels = Object.hasOwn(tokens, text) ? tokens[text] : undefined;
  if (pixels !== undefined) {
    const refusal = refuseToken?.(text, use);
    if (refusal !== undefined) throw invalidParameter(refusal, row.sizeFailsTask);
    return fill(pixels, last ?? { width: 1, height: 1 }, step);
  }
  const match = /^(\d{1,5})\*(\d{1,5})$/.exec(text);
  if (!match) throw invalidParameter(badFormat(text), row.sizeFailsTask);
  const size = { width: Number(match[1]), height: Number(match[2]) };
  const refusal = refuse(size, use);
  if (refusal !== undefined) throw invalidParameter(refusal, row.sizeFailsTask);
  return { width: roundToStep(size.width, step), height: roundToStep(size.height, step) };
}

/** Without a word about the size, an edited picture has the shape of its last input. */
function shaped(row: ModelRow, last: Size | undefined): Size {
  if (!last || row.editArea === undefined) return row.defaultSize;
  return fill(row.editArea, last, row.size?.step ?? 1);
}

/** So many pixels at most, but for the rounding, in the ratio of `shape`. */
function fill(pixels: number, shape: Size, step: number): Size {
  const width = Math.sqrt((pixels * shape.width) / shape.height);
  const side = (length: number): number =>
    step === 1 ? Math.max(1, Math.floor(length)) : roundToStep(length, step);
  return { width: side(width), height: side(pixels / width) };
}

/** The service rounds a half to the even multiple. */
function roundToStep(side: number, step: number): number {
  const steps = side / step;
  const lower = Math.floor(steps);
  const isUp = steps - lower > 0.5 || (steps - lower === 0.5 && lower % 2 === 1);
  return Math.max(1, isUp ? lower + 1 : lower) * step;
}

/** What the emulator draws at most; the service's own limit is not known. */
const mostPixels = 4096 ** 2;

/** Edits by function keep the size of their input, but for those that enlarge it. */
function changed(row: ModelRow, last: Size | undefined, parameters: Fields, use: Use): Size {
  const { width, height } = last ?? row.defaultSize;
  const margins = readMargins(parameters, use);
  const factor =
    use.editFunction === 'super_resolution' ? scaleOf(parameters, 'upscale_factor') : 1;
  const wanted = {
    width: width * factor * (1 + margins.left + margins.right),
    height: height * factor * (1 + margins.top + margins.bottom),
  };
  const shrink = Math.min(1, Math.sqrt(mostPixels / (wanted.width * wanted.height)));
  return {
    width: Math.round(wanted.width * shrink),
    height: Math.round(wanted.height * shrink),
  };
}

/** What is added on each side, as parts of the input's sides. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How much an expanded picture grows; all 0 for other edits. */
export function readMargins(parameters: Fields, { editFunction }: Use): Margins {
  const grow = (name: string): number =>
    editFunction === 'expand' ? scaleOf(parameters, name) - 1 : 0;
  return {
    left: grow('left_scale'),
    right: grow('right_scale'),
    top: grow('top_scale'),
    bottom: grow('bottom_scale'),
  };
}

/** Wrong ones are refused elsewhere. */
function scaleOf(parameters: Fields, name: string): number {
  const value = parameters[name];
  return typeof value === 'number' ? Math.min(4, Math.max(1, value)) : 1;
}
