import type { ImageSize } from '../imageModel/imageModel';
import { writeRecipe } from '../recipe/imageRecipe';
import type { Recipe } from '../recipe/recipe';
import { type BitmapFont, fontHeight } from './bitmapFont';
import { drawLandscape } from './drawLandscape';
import { encodeIndexedPng, IndexedImage } from './indexedImage';
import { cutLines, glyphsOf, type Line, labelWords, lineWidth, wrapWords } from './labelText';
import { colourIndex, placeholderPalette, textSeed } from './placeholderColours';

/** What a placeholder is drawn from. */
export interface PlaceholderOptions {
  /** From 1 to 8192 pixels a side. */
  readonly size: ImageSize;
  /** The prompt, which is cut where it is too long. */
  readonly label: string;
  /** Written into the file. */
  readonly recipe: Recipe;
  readonly font: BitmapFont;
}

/** Lines of one scale below each other, in pixels of the image. */
interface Label {
  readonly lines: readonly Line[];
  readonly scale: number;
}

/** A PNG that shows its size and what is to be in its place, in a calm colour that depends on the label. */
export function placeholderImage({ size, label, recipe, font }: PlaceholderOptions): Uint8Array {
  const seed = textSeed(label);
  const image = new IndexedImage(size);
  drawLandscape(image, seed);
  drawBorder(image);
  drawLabels(image, layOut(size, label, font));
  const png = encodeIndexedPng(image, placeholderPalette(seed));
  return writeRecipe(png, recipe) ?? png;
}

function drawBorder(image: IndexedImage): void {
  const { width, height } = image.size;
  const line = Math.max(1, Math.round(Math.min(width, height) / 256));
  for (const [left, top, across, down] of [
    [0, 0, width, line],
    [0, height - line, width, line],
    [0, 0, line, height],
    [width - line, 0, line, height],
  ] as const) {
    image.fill(left, top, across, down, colourIndex.border);
  }
}

/** The prompt as large as it fits between two scales, else cut; below it the size, smaller. */
function layOut(size: ImageSize, text: string, font: BitmapFont): readonly Label[] {
  const { width, height } = size;
  const margin = Math.max(3, Math.round(Math.min(width, height) * 0.06));
  const room = { width: width - 2 * margin, height: height - 2 * margin };
  const side = Math.min(Math.sqrt(width * height), room.height * 4);
  const usual = Math.max(1, Math.round(side / 190));
  const smallest = Math.max(1, Math.ceil(usual * 0.55));
  const words = labelWords(text, font);
  for (let scale = Math.round(usual * 1.6); ; scale--) {
    const sizeLabel = sizeLine(size, room.width, Math.ceil(scale * 0.55), font);
    const taken = sizeLabel ? heightOf(1, sizeLabel.scale) + sizeGap(scale) : 0;
    const across = Math.floor(room.width / scale);
    const count = Math.floor(
      (room.height - taken + gap(scale)) / (fontHeight * scale + gap(scale)),
    );
    const lines = wrapWords(words, across);
    // Only a short text is larger than usual.
    const wanted = scale > usual ? Math.min(count, 1) : count;
    const isWhole =
      lines.length <= wanted && words.every(({ glyphs }) => lineWidth(glyphs) <= across);
    if (!isWhole && scale > smallest) continue;
    const fits = count > 0 && lines.length > 0 && across >= fontHeight * 2;
    const prompt = fits ? { lines: cutLines(lines, count, across, font), scale } : undefined;
    return [prompt, sizeLabel].filter((label) => label !== undefined);
  }
}

function sizeLine(
  { width, height }: ImageSize,
  room: number,
  scale: number,
  font: BitmapFont,
): Label | undefined {
  for (const text of [`${width} × ${height}`, `${width}×${height}`]) {
    const line = glyphsOf(text, font);
    if (lineWidth(line) * scale <= room) return { lines: [line], scale };
  }
  return undefined;
}

/** Between two lines of a scale. */
function gap(scale: number): number {
  return scale === 1 ? 3 : scale * 4;
}

/** Between the prompt and the size: more, where there is room. */
function sizeGap(scale: number): number {
  return scale === 1 ? 3 : scale * 8;
}

function heightOf(lines: number, scale: number): number {
  return lines * fontHeight * scale + Math.max(0, lines - 1) * gap(scale);
}

/** All of them centred as one block. */
function drawLabels(image: IndexedImage, labels: readonly Label[]): void {
  const { width, height } = image.size;
  const heights = labels.map(({ lines, scale }) => heightOf(lines.length, scale));
  const between = sizeGap(labels[0]?.scale ?? 1);
  const total = heights.reduce((sum, each) => sum + each + between, -between);
  let top = Math.round((height - total) / 2);
  for (const [index, { lines, scale }] of labels.entries()) {
    for (const [at, line] of lines.entries()) {
      const left = Math.round((width - lineWidth(line) * scale) / 2);
      drawLine(image, line, left, top + at * (fontHeight * scale + gap(scale)), scale);
    }
    top += (heights[index] ?? 0) + between;
  }
}

function drawLine(image: IndexedImage, line: Line, left: number, top: number, scale: number): void {
  let x = left;
  for (const { columns } of line) {
    for (const column of columns) {
      for (let y = 0; y < fontHeight; y++) {
        if ((column >> (fontHeight - 1 - y)) & 1) {
          image.fill(x, top + y * scale, scale, scale, colourIndex.text);
        }
      }
      x += scale;
    }
  }
}
