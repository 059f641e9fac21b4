import { blend, type Canvas, type Colour } from './canvas';
import { decodePng } from './decodePng';

/** An input image of the picture. */
export interface PictureInput {
  /** Stands for its content: the same image has the same. */
  readonly id: string;
  /** The file, where it is known. */
  readonly bytes?: Buffer;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How much of the last input is seen through what the prompt did to it. */
const shareOfInput = 0.8;

/**
 * Lays the last input over the whole canvas but for the margins, which are parts of its own sides, and the others
 * as small framed copies along the upper edge. What cannot be decoded is left out.
 */
export function drawInputs(
  canvas: Canvas,
  inputs: readonly PictureInput[],
  margins: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>,
): void {
  const sources = inputs.map(({ bytes }) => bytes && decodePng(bytes));
  const last = sources.pop();
  const width = canvas.width / (1 + margins.left + margins.right);
  const height = canvas.height / (1 + margins.top + margins.bottom);
  const place = { left: margins.left * width, top: margins.top * height, width, height };
  if (last) drawCopy(canvas, last, place, shareOfInput);
  const unit = Math.min(canvas.width, canvas.height);
  const side = unit * 0.16;
  const gap = unit * 0.03;
  let left = gap;
  for (const source of sources) {
    if (!source) continue;
    const frame = { left, top: gap, width: side, height: side };
    fill(canvas, frame, [255, 255, 255]);
    drawCopy(canvas, source, inner(frame, side * 0.04), 1);
    left += side + gap;
  }
}

function inner({ left, top, width, height }: Box, border: number): Box {
  return {
    left: left + border,
    top: top + border,
    width: width - 2 * border,
    height: height - 2 * border,
  };
}

function fill(canvas: Canvas, box: Box, colour: Colour): void {
  forEachPixel(box, (x, y) => blend(canvas, x, y, colour, 1));
}

/** Fills the box with the middle of the source. */
function drawCopy(canvas: Canvas, source: Canvas, box: Box, alpha: number): void {
  const scale = Math.max(box.width / source.width, box.height / source.height);
  const offsetX = (source.width - box.width / scale) / 2;
  const offsetY = (source.height - box.height / scale) / 2;
  forEachPixel(box, (x, y) => {
    const fromX = Math.floor(offsetX + (x + 0.5 - box.left) / scale);
    const fromY = Math.floor(offsetY + (y + 0.5 - box.top) / scale);
    const at = (clamp(fromY, source.height) * source.width + clamp(fromX, source.width)) * 3;
    const [red = 0, green = 0, blue = 0] = source.pixels.subarray(at, at + 3);
    blend(canvas, x, y, [red, green, blue], alpha);
  });
}

function clamp(position: number, length: number): number {
  return Math.min(length - 1, Math.max(0, position));
}

function forEachPixel(box: Box, paint: (x: number, y: number) => void): void {
  const right = Math.round(box.left + box.width);
  const bottom = Math.round(box.top + box.height);
  for (let y = Math.round(box.top); y < bottom; y++) {
    for (let x = Math.round(box.left); x < right; x++) paint(x, y);
  }
}
