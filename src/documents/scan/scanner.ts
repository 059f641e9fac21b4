import type { ImageLink } from '../imageLink';

/** Part of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the images of one language, in the order of the text. Of a range only those that touch it are wanted; more may
 * come. Takes time in proportion to the text, whatever the text is.
 */
export type Scanner = (text: string, range: TextRange | undefined) => ImageLink[];

/** Whether two ranges have a place in common; the ends count. */
export function touches(one: TextRange, other: TextRange): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** Longer things that ought to be short (tags, options, titles) are not looked through. */
export const longest = 5000;

/** Where the line of an offset ends, before its line break. */
export function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the line of an offset starts. */
export function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** A line without its line break. */
export interface Line extends TextRange {
  /** Of the line after it; the end of the text when there is none. */
  readonly next: number;
}

/** Every line from an offset on. */
export function* linesFrom(text: string, offset = 0): Generator<Line> {
  for (let start = offset; start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed + 1;
    const isReturn = feed > start && text[feed - 1] === '\r';
    yield { start, end: feed < 0 ? text.length : isReturn ? feed - 1 : feed, next };
    if (feed < 0) return;
    start = next;
  }
}

/** Text on one line, with the blanks around it gone. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Where a part of a text is next, asked for ever larger offsets, without looking twice at the same text. */
export class NextOf {
  #found = -1;
  readonly #text: string;
  readonly #part: string;

  constructor(text: string, part: string) {
    this.#text = text;
    this.#part = part;
    this.#found = text.indexOf(part);
  }

  /** The end of the text, where it is not there any more. */
  from(offset: number): number {
    if (this.#found >= 0 && this.#found < offset)
      this.#found = this.#text.indexOf(this.#part, offset);
    return this.#found < 0 ? this.#text.length : this.#found;
  }
}
