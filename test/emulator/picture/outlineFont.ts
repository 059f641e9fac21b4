import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** One corner or curve point; a curve bends towards a point that is not on it. */
export interface OutlinePoint {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

/** Closed outlines on an em of 1, the baseline at 0 and up being positive; counter-turning ones are holes. */
export interface Glyph {
  readonly advance: number;
  readonly outlines: readonly (readonly OutlinePoint[])[];
}

/** Finds a character's glyph; undefined where the font has none. */
export type GlyphLookup = (codePoint: number) => Glyph | undefined;

/** Reads a WOFF (version 1) with TrueType outlines: only what is needed to draw simple, unhinted glyphs. */
export function readOutlineFont(file: string): GlyphLookup {
  const table = openTables(readFileSync(file));
  const head = table('head');
  const unitsPerEm = head.readUInt16BE(18);
  const wideOffsets = head.readInt16BE(50) === 1;
  const locations = table('loca');
  const metrics = table('hmtx');
  const lastMetric = table('hhea').readUInt16BE(34) - 1;
  const outlines = table('glyf');
  const glyphIndexOf = readCharacterMap(table('cmap'));
  const locate = (index: number): number =>
    wideOffsets ? locations.readUInt32BE(index * 4) : locations.readUInt16BE(index * 2) * 2;
  const outlinesOf = (index: number): OutlinePoint[][] => {
    const data = outlines.subarray(locate(index), locate(index + 1));
    if (data.length === 0) return [];
    return data.readInt16BE(0) < 0 ? composeOutlines(data, outlinesOf) : readOutlines(data);
  };
  return (codePoint) => {
    const index = glyphIndexOf(codePoint);
    if (index === 0) return undefined;
    const toEm = ({ x, y, onCurve }: OutlinePoint): OutlinePoint => ({
      x: x / unitsPerEm,
      y: y / unitsPerEm,
      onCurve,
    });
    return {
      advance: metrics.readUInt16BE(Math.min(index, lastMetric) * 4) / unitsPerEm,
      outlines: outlinesOf(index).map((outline) => outline.map(toEm)),
    };
  };
}

function openTables(woff: Buffer): (tag: string) => Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font');
  const entries = new Map<string, number>();
  for (let index = 0; index < woff.readUInt16BE(12); index++) {
    const entry = 44 + index * 20;
    entries.set(woff.toString('latin1', entry, entry + 4), entry);
  }
  return (tag) => {
    const entry = entries.get(tag);
    if (entry === undefined) throw new Error(`the font has no table ${tag}`);
    const start = woff.readUInt32BE(entry + 4);
    const stored = woff.subarray(start, start + woff.readUInt32BE(entry + 8));
    return stored.length < woff.readUInt32BE(entry + 12) ? inflateSync(stored) : stored;
  };
}

/** The `cmap` subtable of format 4: the Basic Multilingual Plane in segments. */
function readCharacterMap(cmap: Buffer): (codePoint: number) => number {
  let start = 0;
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const subtable = cmap.readUInt32BE(8 + index * 8);
    if (cmap.readUInt16BE(subtable) === 4) start = subtable;
  }
  const map = cmap.subarray(start);
  const segments = map.readUInt16BE(6) / 2;
  const ends = 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  return (codePoint) => {
    for (let segment = 0; segment < segments; segment++) {
      if (codePoint > map.readUInt16BE(ends + segment * 2)) continue;
      const first = map.readUInt16BE(starts + segment * 2);
      if (codePoint < first) return 0;
      const delta = map.readUInt16BE(deltas + segment * 2);
      const rangeAt = ranges + segment * 2;
      const range = map.readUInt16BE(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const index = map.readUInt16BE(rangeAt + range + (codePoint - first) * 2);
      return index === 0 ? 0 : (index + delta) & 0xffff;
    }
    return 0;
  };
}

/** A glyph put together from others, each moved and scaled. */
function composeOutlines(
  data: Buffer,
  outlinesOf: (index: number) => OutlinePoint[][],
): OutlinePoint[][] {
  const result: OutlinePoint[][] = [];
  let position = 10;
  let more = true;
  while (more) {
    const flags = data.readUInt16BE(position);
    const part = outlinesOf(data.readUInt16BE(position + 2));
    const isWide = (flags & 1) !== 0;
    const moveX = isWide ? data.readInt16BE(position + 4) : data.readInt8(position + 4);
    const moveY = isWide ? data.readInt16BE(position + 6) : data.readInt8(position + 5);
    position += isWide ? 8 : 6;
    const scaleCount = flags & 0x8 ? 1 : flags & 0x40 ? 2 : flags & 0x80 ? 4 : 0;
    const scales = Array.from(
      { length: scaleCount },
      (_, index) => data.readInt16BE(position + index * 2) / 0x4000,
    );
    position += scaleCount * 2;
    const scaleX = scales[0] ?? 1;
    const scaleY = scales.at(-1) ?? 1;
    for (const outline of part) {
      result.push(
        outline.map(({ x, y, onCurve }) => ({
          x: x * scaleX + moveX,
          y: y * scaleY + moveY,
          onCurve,
        })),
      );
    }
    more = (flags & 0x20) !== 0;
  }
  return result;
}

function readOutlines(data: Buffer): OutlinePoint[][] {
  const count = data.readInt16BE(0);
  const ends = Array.from({ length: count }, (_, index) => data.readUInt16BE(10 + index * 2));
  const pointCount = (ends.at(-1) ?? -1) + 1;
  const instructions = 10 + count * 2;
  let position = instructions + 2 + data.readUInt16BE(instructions);
  const flags: number[] = [];
  while (flags.length < pointCount) {
    const flag = data.readUInt8(position++);
    const times = flag & 8 ? data.readUInt8(position++) + 1 : 1;
    for (let time = 0; time < times; time++) flags.push(flag);
  }
  const readCoordinates = (shortFlag: number, sameFlag: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & shortFlag) {
        const step = data.readUInt8(position++);
        value += flag & sameFlag ? step : -step;
      } else if (!(flag & sameFlag)) {
        value += data.readInt16BE(position);
        position += 2;
      }
      return value;
    });
  };
  const xs = readCoordinates(2, 16);
  const ys = readCoordinates(4, 32);
  const points = flags.map((flag, index) => ({
    x: xs[index] ?? 0,
    y: ys[index] ?? 0,
    onCurve: (flag & 1) !== 0,
  }));
  return ends.map((end, index) =>
    points.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end + 1),
  );
}
