import { brotliDecompressSync } from 'node:zlib';

/** The height of every character, and the width of the wide ones, in pixels. */
export const fontHeight = 16;

/** A character as pixels: a number a column, from the left, whose highest of 16 bits is the top pixel. */
export interface Glyph {
  readonly columns: Uint16Array;
}

/** A font of pixels with the characters of Europe, China and Japan. */
export interface BitmapFont {
  /** Undefined for a character that the font does not have. */
  glyph(codePoint: number): Glyph | undefined;
}

/** Where the bitmaps of some characters of one width begin, by code point. */
interface Table {
  readonly width: number;
  readonly offsets: ReadonlyMap<number, number>;
}

/**
 * Reads `media/placeholderFont.bin`, which test/tools/makePlaceholderFont.ts makes: compressed by brotli, first the
 * narrow and then the wide characters, each as a count, the code points as distances from one to the next, and two bytes
 * a column.
 */
export function readFont(file: Uint8Array): BitmapFont {
  const bytes = brotliDecompressSync(file);
  const tables: Table[] = [];
  let at = 0;
  for (const width of [fontHeight / 2, fontHeight]) {
    const count = bytes.readUInt16LE(at);
    const bitmaps = at + 2 + count * 2;
    const offsets = new Map<number, number>();
    let codePoint = 0;
    for (let index = 0; index < count; index++) {
      codePoint += bytes.readUInt16LE(at + 2 + index * 2);
      offsets.set(codePoint, bitmaps + index * width * 2);
    }
    tables.push({ width, offsets });
    at = bitmaps + count * width * 2;
  }
  const glyph = (codePoint: number): Glyph | undefined => {
    for (const { width, offsets } of tables) {
      const offset = offsets.get(codePoint);
      if (offset === undefined) continue;
      const columns = Uint16Array.from({ length: width }, (_, x) =>
        bytes.readUInt16BE(offset + x * 2),
      );
      return { columns };
    }
    return undefined;
  };
  return { glyph };
}
