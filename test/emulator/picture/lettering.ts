import { blend, type Canvas, type Colour } from './canvas';
import { type Glyph, type GlyphLookup, type OutlinePoint, readOutlineFont } from './outlineFont';

const fontFile = '@fontsource/zcool-xiaowei/files/zcool-xiaowei-chinese-simplified-400-normal.woff';

let font: GlyphLookup | undefined;
const glyphs = new Map<number, Glyph>();

/** The glyph of any character: from the font, else a box with the code point in it. */
export function glyphOf(codePoint: number): Glyph {
  const known = glyphs.get(codePoint);
  if (known) return known;
  font ??= openFont();
  const glyph = font(codePoint) ?? boxedCodePoint(codePoint);
  glyphs.set(codePoint, glyph);
  return glyph;
}

function openFont(): GlyphLookup {
  try {
    return readOutlineFont(require.resolve(fontFile));
  } catch {
    return () => undefined; // the pictures are for looking at: without the font they have boxes
  }
}

/** The length of a line in pixels. */
export function measureText(text: string, size: number): number {
  let length = 0;
  for (const character of text) length += glyphOf(character.codePointAt(0) ?? 0).advance * size;
  return length;
}

/** Draws one line from `x` on with its baseline at `y`. */
export function drawText(
  canvas: Canvas,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: Colour,
  alpha = 1,
): void {
  let pen = x;
  for (const character of text) {
    const glyph = glyphOf(character.codePointAt(0) ?? 0);
    fillOutlines(canvas, glyph, pen, y, size, colour, alpha);
    pen += glyph.advance * size;
  }
}

/** Scan lines in each row of pixels. */
const scanLines = 5;

interface Edge {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

function fillOutlines(
  canvas: Canvas,
  glyph: Glyph,
  x: number,
  y: number,
  size: number,
  colour: Colour,
  alpha: number,
): void {
  const edges = glyph.outlines.flatMap((outline) => toEdges(outline, x, y, size));
  if (edges.length === 0) return;
  const ys = edges.map((edge) => edge.y);
  const xs = edges.map((edge) => edge.x);
  const left = Math.floor(Math.min(...xs));
  const cover = new Float32Array(Math.ceil(Math.max(...xs)) - left + 2);
  for (let row = Math.floor(Math.min(...ys)); row <= Math.max(...ys); row++) {
    cover.fill(0);
    for (let line = 0; line < scanLines; line++) {
      addScanLine(edges, row + (line + 0.5) / scanLines, left, cover);
    }
    for (let index = 0; index < cover.length; index++) {
      blend(canvas, left + index, row, colour, ((cover[index] ?? 0) / scanLines) * alpha);
    }
  }
}

/** Adds the covered part of each pixel along one horizontal line: inside is where the turns do not cancel out. */
function addScanLine(edges: readonly Edge[], y: number, left: number, cover: Float32Array): void {
  const crossings: { x: number; turn: number }[] = [];
  for (const edge of edges) {
    if (edge.y <= y === edge.toY <= y) continue;
    const x = edge.x + ((edge.toX - edge.x) * (y - edge.y)) / (edge.toY - edge.y);
    crossings.push({ x: x - left, turn: edge.y < edge.toY ? 1 : -1 });
  }
  crossings.sort((a, b) => a.x - b.x);
  let turns = 0;
  for (const [index, { x, turn }] of crossings.entries()) {
    turns += turn;
    const end = crossings[index + 1]?.x;
    if (turns === 0 || end === undefined) continue;
    for (let pixel = Math.floor(x); pixel < end; pixel++) {
      cover[pixel] = (cover[pixel] ?? 0) + Math.min(pixel + 1, end) - Math.max(pixel, x);
    }
  }
}

/** Pieces that each curve is cut into. */
const curvePieces = 5;

function toEdges(outline: readonly OutlinePoint[], x: number, y: number, size: number): Edge[] {
  const corners = flatten(outline).map((point) => ({
    x: x + point.x * size,
    y: y - point.y * size,
  }));
  return corners.map((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    return { x: corner.x, y: corner.y, toX: next.x, toY: next.y };
  });
}

function flatten(outline: readonly OutlinePoint[]): { x: number; y: number }[] {
  const corners: { x: number; y: number }[] = [];
  const middle = (a: OutlinePoint, b: OutlinePoint): OutlinePoint => ({
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
    onCurve: true,
  });
  for (const [index, point] of outline.entries()) {
    const before = outline.at(index - 1) ?? point;
    const after = outline[(index + 1) % outline.length] ?? point;
    if (point.onCurve) {
      corners.push(point);
      continue;
    }
    // Between two points off the curve lies an unwritten one on it.
    const from = before.onCurve ? before : middle(before, point);
    const to = after.onCurve ? after : middle(point, after);
    for (let piece = 0; piece <= curvePieces; piece++) {
      const share = piece / curvePieces;
      const rest = 1 - share;
      corners.push({
        x: rest * rest * from.x + 2 * rest * share * point.x + share * share * to.x,
        y: rest * rest * from.y + 2 * rest * share * point.y + share * share * to.y,
      });
    }
  }
  return corners;
}

/** Which strokes of a seven-segment digit are on, from 0 to F: bits from the top, clockwise, the middle last. */
const segmentDigits = [
  0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f, 0x77, 0x7c, 0x39, 0x5e, 0x79, 0x71,
];

/** Left, bottom, right and top of the strokes in a cell of 1 by 2. */
const segments = [
  [0, 1.8, 1, 2],
  [0.8, 1, 1, 2],
  [0.8, 0, 1, 1],
  [0, 0, 1, 0.2],
  [0, 0, 0.2, 1],
  [0, 1, 0.2, 2],
  [0, 0.9, 1, 1.1],
] as const;

function boxedCodePoint(codePoint: number): Glyph {
  if (codePoint <= 0x20) return { advance: 0.3, outlines: [] };
  const outlines = [
    rectangle(0.05, -0.1, 0.9, 0.8),
    rectangle(0.08, -0.07, 0.87, 0.77).reverse(), // turned round: a hole
  ];
  const digits = codePoint.toString(16).padStart(4, '0');
  const columns = Math.ceil(digits.length / 2);
  for (const [index, digit] of [...digits].entries()) {
    const left = 0.15 + (index % columns) * (0.72 / columns);
    const bottom = index < columns ? 0.4 : 0;
    const width = 0.48 / columns;
    const strokes = segmentDigits[Number.parseInt(digit, 16)] ?? 0;
    for (const [bit, [x, y, toX, toY]] of segments.entries()) {
      if ((strokes & (1 << bit)) === 0) continue;
      outlines.push(
        rectangle(left + x * width, bottom + y * 0.15, left + toX * width, bottom + toY * 0.15),
      );
    }
  }
  return { advance: 0.95, outlines };
}

function rectangle(left: number, bottom: number, right: number, top: number): OutlinePoint[] {
  return [
    { x: left, y: bottom, onCurve: true },
    { x: left, y: top, onCurve: true },
    { x: right, y: top, onCurve: true },
    { x: right, y: bottom, onCurve: true },
  ];
}
