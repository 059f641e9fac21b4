import type { BitmapFont, Glyph } from './bitmapFont';
import { fontHeight } from './bitmapFont';

/** A piece of text that a line is not broken within, unless it is wider than the line. */
interface Word {
  readonly glyphs: readonly Glyph[];
  /** A blank stands before it, if it does not begin a line. */
  readonly isSpaced: boolean;
}

/** One line of a label, of characters side by side. */
export type Line = readonly Glyph[];

/** For a letter that the font does not have. */
const box: Glyph = {
  columns: Uint16Array.of(0, 0, 0x3ffc, ...Array.from({ length: 10 }, () => 0x2004), 0x3ffc, 0, 0),
};
const blank: Glyph = { columns: new Uint16Array(fontHeight / 2) };

/** Longer texts do not fit in any image. */
const maxLength = 2000;

/** What must not begin a line, and what must not end one. */
const closing = /^[\p{Pe}\p{Pf}\p{Po}ー…—]/u;
const opening = /[\p{Ps}\p{Pi}]$/u;

let segmenter: Intl.Segmenter | undefined;

/**
 * The words of a text as the font draws them. Letters that it does not have are boxes, other characters are left out;
 * of a text that would be mostly boxes, nothing is left.
 */
export function labelWords(text: string, font: BitmapFont): readonly Word[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const plain = text.slice(0, maxLength).normalize('NFC').replace(/\s+/g, ' ').trim();
  const pieces: { text: string; isSpaced: boolean }[] = [];
  let isSpaced = false;
  for (const { segment } of segmenter.segment(plain)) {
    if (segment === ' ') {
      isSpaced = true;
      continue;
    }
    const last = pieces.at(-1);
    if (last && !isSpaced && (closing.test(segment) || opening.test(last.text))) {
      last.text += segment;
    } else {
      pieces.push({ text: segment, isSpaced });
    }
    isSpaced = false;
  }
  const words = pieces.map((piece) => ({ ...piece, glyphs: glyphsOf(piece.text, font) }));
  const all = words.flatMap(({ glyphs }) => glyphs);
  const missing = all.filter((glyph) => glyph === box).length;
  return missing * 2 > all.length ? [] : words.filter(({ glyphs }) => glyphs.length > 0);
}

/** The characters of a text that has no blanks to break at. */
export function glyphsOf(text: string, font: BitmapFont): Line {
  return [...text].flatMap((character) => {
    const found = font.glyph(character.codePointAt(0) ?? 0);
    if (found) return [found];
    return /[\p{L}\p{N}]/u.test(character) ? [box] : [];
  });
}

/** In pixels of the font. */
export function lineWidth(line: Line): number {
  return line.reduce((width, { columns }) => width + columns.length, 0);
}

/** Breaks words into lines no wider than so many pixels of the font; none is wider than it must be for so many lines. */
export function wrapWords(words: readonly Word[], width: number): readonly Line[] {
  const lines = breakLines(words, width);
  let [narrow, wide] = [0, width];
  while (narrow + 1 < wide) {
    const middle = (narrow + wide) >> 1;
    const tried = breakLines(words, middle);
    if (tried.length > lines.length || tried.some((line) => lineWidth(line) > middle)) {
      narrow = middle;
    } else {
      wide = middle;
    }
  }
  return breakLines(words, wide);
}

/** So many lines at most, with an ellipsis where more was cut. */
export function cutLines(
  lines: readonly Line[],
  count: number,
  width: number,
  font: BitmapFont,
): readonly Line[] {
  if (lines.length <= count) return lines;
  const kept = lines.slice(0, count);
  const ellipsis = glyphsOf('…', font);
  const last = [...(kept.pop() ?? [])];
  while (last.length > 0 && lineWidth(last) + lineWidth(ellipsis) > width) last.pop();
  return [...kept, [...last, ...ellipsis]];
}

function breakLines(words: readonly Word[], width: number): readonly Line[] {
  const lines: Glyph[][] = [];
  let line: Glyph[] = [];
  const end = (): void => {
    if (line.length > 0) lines.push(line);
    line = [];
  };
  for (const { glyphs, isSpaced } of words) {
    const spaced = line.length > 0 && isSpaced ? [blank, ...glyphs] : glyphs;
    if (lineWidth(line) + lineWidth(spaced) <= width) {
      line.push(...spaced);
      continue;
    }
    end();
    for (const glyph of glyphs) {
      if (lineWidth(line) + glyph.columns.length > width) end();
      line.push(glyph);
    }
  }
  end();
  return lines;
}
