import { blend, type Canvas, type Colour, createCanvas, mix } from './canvas';
import { drawInputs, type PictureInput } from './drawInputs';
import { encodePng } from './encodePng';
import { paintLandscape } from './landscape';
import { drawText, measureText } from './lettering';
import { hashText } from './random';

/** All that a picture depends on: the same description gives the same bytes. */
export interface PictureDescription {
  readonly prompt: string;
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Drawn at the lower right. */
  readonly watermark?: string;
  /** What it is made from. */
  readonly inputs?: readonly PictureInput[];
  /** What an expanded picture has around its last input, as parts of that one's sides. */
  readonly margins?: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;
}

const noMargins = { left: 0, right: 0, top: 0, bottom: 0 };

/**
 * Paints a landscape that suits the prompt, with prompt, model, size and seed in letters; returns a PNG. A picture
 * that is made from others shows them, or, where they cannot be read, a landscape that belongs to them.
 */
export function drawPicture(description: PictureDescription): Buffer {
  const { prompt, width, height, seed, inputs = [], margins = noMargins } = description;
  const canvas = createCanvas(width, height);
  const last = inputs.at(-1);
  const dark = paintLandscape(canvas, prompt, last ? hashText(`${last.id}\n${seed}`) : seed);
  drawInputs(canvas, inputs, margins);
  drawCaption(canvas, description, dark);
  return encodePng(canvas);
}

const white = [255, 255, 255] as const;

function drawCaption(canvas: Canvas, description: PictureDescription, dark: Colour): void {
  const { prompt, model, width, height, seed, watermark } = description;
  const unit = Math.min(width, height);
  const margin = Math.round(unit * 0.055);
  const small = Math.max(13, unit * 0.023);
  const room = width - 2 * margin;
  const large = Math.max(18, unit * (prompt.length > 60 ? 0.036 : 0.048));
  const lines = wrap(prompt, large, room, 4);
  const below = height - margin - (watermark ? small * 1.6 : 0);
  const promptEnd = below - small * 1.9;
  const strength = description.inputs?.length ? 0.95 : 0.6; // an input may have a caption too
  darken(canvas, promptEnd - lines.length * large * 1.35 - margin * 1.6, dark, strength);
  for (const [index, line] of lines.entries()) {
    const y = promptEnd - (lines.length - 1 - index) * large * 1.35;
    drawText(canvas, line, margin, y, large, white);
  }
  const facts = `${model}   ${width}*${height}   seed ${seed}`;
  drawText(canvas, facts, margin, below, small, white, 0.8);
  if (watermark) {
    const x = width - margin * 0.6 - measureText(watermark, small);
    drawText(canvas, watermark, x, height - margin * 0.6, small, white, 0.75);
  }
}

/** Cuts a text into at most `most` lines, at spaces where there are some; an ellipsis ends a cut text. */
function wrap(text: string, size: number, room: number, most: number): string[] {
  const pieces = text
    .replace(/\s+/g, ' ')
    .trim()
    .match(/[\u2e80-\uffef][，。、！？；：）》」”’…]*|[^\s\u2e80-\uffef]+ ?|./gu);
  const lines: string[] = [];
  let line = '';
  for (const piece of (pieces ?? []).flatMap((part) => breakLong(part, size, room))) {
    if (line !== '' && measureText((line + piece).trimEnd(), size) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    if (lines.length === most) break;
    line += piece;
  }
  if (lines.length < most) return line === '' ? lines : [...lines, line.trimEnd()];
  let last = [...(lines[most - 1] ?? '')];
  while (last.length > 0 && measureText(`${last.join('')}…`, size) > room) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last.join('')}…`];
}

function breakLong(piece: string, size: number, room: number): string[] {
  return measureText(piece, size) > room ? [...piece] : [piece];
}

/** Darkens the picture from `from` to the bottom, softly, so that white letters can be read on any painting. */
function darken(canvas: Canvas, from: number, dark: Colour, strength: number): void {
  const first = Math.max(0, Math.round(from));
  const shade = mix(dark, [8, 10, 20], 0.5);
  for (let y = first; y < canvas.height; y++) {
    const share = Math.min(1, (y - first) / (canvas.height * 0.14));
    for (let x = 0; x < canvas.width; x++) {
      blend(canvas, x, y, shade, strength * share * share * (3 - 2 * share));
    }
  }
}
