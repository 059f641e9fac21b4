import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

// Makes media/placeholderFont.bin out of GNU Unifont: `node out/test/tools/makePlaceholderFont.js unifont.hex`, where the
// file is that of Debian's package `unifont`. src/placeholder/bitmapFont.ts says what it looks like inside.

const ranges: readonly (readonly [number, number])[] = [
  [0x20, 0x7e], // ASCII
  [0xa1, 0xac], // Latin-1, without the soft hyphen
  [0xae, 0x17f], // Latin Extended-A
  [0x192, 0x192],
  [0x218, 0x21b], // Romanian
  [0x370, 0x3ff], // Greek
  [0x400, 0x45f], // Cyrillic
  [0x490, 0x491],
  [0x1e9e, 0x1e9e],
  [0x1ea0, 0x1ef9], // Vietnamese
  [0x2010, 0x2027], // punctuation
  [0x2030, 0x205e],
  [0x20a0, 0x20bf], // currencies
  [0x2190, 0x2199], // arrows
  [0x21d0, 0x21d5],
  [0x3001, 0x303d], // CJK punctuation
  [0x3041, 0x3096], // kana
  [0x309b, 0x30ff],
  [0xff01, 0xff9f], // full and half widths
  [0xffe0, 0xffe6],
];

/** Symbols and Hanzi of GB 2312, the usual Hanzi of Big5 and the usual kanji of JIS X 0208, by their lead bytes. */
const sets: readonly (readonly [encoding: string, first: number, last: number])[] = [
  ['gb18030', 0xa1, 0xa9],
  ['gb18030', 0xb0, 0xf7],
  ['big5', 0xa4, 0xc6],
  ['euc-jp', 0xb0, 0xcf],
];

function codePoints(): Set<number> {
  const wanted = new Set(
    ranges.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    ),
  );
  for (const [encoding, first, last] of sets) {
    const decoder = new TextDecoder(encoding);
    for (let lead = first; lead <= last; lead++) {
      for (let trail = encoding === 'big5' ? 0x40 : 0xa1; trail <= 0xfe; trail++) {
        const [character = '', ...others] = decoder.decode(Uint8Array.of(lead, trail));
        const codePoint = character.codePointAt(0) ?? 0;
        const isPrivate = codePoint >= 0xe000 && codePoint <= 0xf8ff;
        if (others.length > 0 || isPrivate || codePoint < 0xa1 || codePoint > 0xffef) continue;
        wanted.add(codePoint);
      }
    }
  }
  return wanted;
}

/** Two bytes a column, from the left, the top pixel first: brotli finds more in that than in rows. */
function columns(rows: string): Buffer {
  const width = rows.length / 4;
  const bytes = Buffer.alloc(width * 2);
  for (let y = 0; y < 16; y++) {
    const row = Number.parseInt(rows.slice((y * width) / 4, ((y + 1) * width) / 4), 16);
    for (let x = 0; x < width; x++) {
      const at = x * 2 + (y >> 3);
      const bit = (row >> (width - 1 - x)) & 1;
      bytes[at] = (bytes[at] ?? 0) | (bit << (7 - (y & 7)));
    }
  }
  return bytes;
}

/** In Chinese these stand right after the text before them, and not in the middle of their square. */
const leftAligned = new Set(Array.from('，。、；：！？', (character) => character.codePointAt(0)));

function placed(bytes: Buffer, codePoint: number): Buffer {
  if (!leftAligned.has(codePoint)) return bytes;
  const first = bytes.findIndex((byte) => byte !== 0) & ~1;
  const kept = bytes.subarray(Math.max(0, first - 4));
  return Buffer.concat([kept, Buffer.alloc(bytes.length - kept.length)]);
}

/** Of one width: how many, their code points as distances, and their columns. */
function pack(glyphs: readonly (readonly [codePoint: number, rows: string])[]) {
  const head = Buffer.alloc(2 + glyphs.length * 2);
  head.writeUInt16LE(glyphs.length);
  let last = 0;
  for (const [index, [codePoint]] of glyphs.entries()) {
    head.writeUInt16LE(codePoint - last, 2 + index * 2);
    last = codePoint;
  }
  return [head, ...glyphs.map(([codePoint, rows]) => placed(columns(rows), codePoint))];
}

const wanted = codePoints();
const glyphs = readFileSync(process.argv[2] ?? '/usr/share/unifont/unifont.hex', 'latin1')
  .trim()
  .split('\n')
  .map((line) => line.split(':'))
  .map(([codePoint = '', rows = '']) => [Number.parseInt(codePoint, 16), rows] as const)
  .filter(([codePoint]) => wanted.has(codePoint))
  .sort(([a], [b]) => a - b);
const raw = Buffer.concat([
  ...pack(glyphs.filter(([, rows]) => rows.length === 32)),
  ...pack(glyphs.filter(([, rows]) => rows.length === 64)),
]);
const packed = brotliCompressSync(raw, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  },
});
writeFileSync('media/placeholderFont.bin', packed);
console.log(`${glyphs.length} characters, ${packed.length} bytes`);
