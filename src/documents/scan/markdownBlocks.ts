import type { TextRange } from './scanner';

/** Text that is read on its own: signs in it have no counterpart outside. */
export interface MarkdownBlock extends TextRange {
  /** In `html`, Markdown is not read. */
  readonly kind: 'text' | 'html' | 'comment';
}

interface Fence {
  readonly sign: string;
  readonly length: number;
  readonly quotes: number;
  /** Of the list item that it is in. */
  readonly column: number;
}

/** A line, and what is before its text. */
interface LineStart {
  readonly end: number;
  readonly next: number;
  /** Of the first sign that is no blank and no mark of a quotation; `end` where there is none. */
  readonly text: number;
  /** Columns of blanks before it. */
  readonly indent: number;
  readonly quotes: number;
}

const fenceOpening = /(`{3,})[^`\n]*$|(~{3,})/my;
const listMarker = /(?:[-*+]|\d{1,9}[.)])(?=[ \t\r\n]|$)/y;
const heading = /#{1,6}(?=[ \t\r\n]|$)/y;
const underline = /(?:=+|-+)[ \t\r]*$/my;
const rawHtml = /<(script|pre|style|textarea)(?=[\s>])/iy;
const blockHtml =
  /<\/?(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|head|hr|html|iframe|legend|li|link|main|menu|nav|ol|p|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>])/iy;

/** The blocks of a Markdown text that may show images: neither code nor what HTML keeps to itself. */
export class MarkdownBlocks {
  readonly #text: string;
  readonly #hasHtml: boolean;
  /** Columns where the texts of the list items begin that the line is in. */
  #columns: number[] = [];
  #quotes = 0;
  #open: { start: number; kind: 'text' | 'html' } | undefined;
  #fence: Fence | undefined;

  constructor(text: string, hasHtml: boolean) {
    this.#text = text;
    this.#hasHtml = hasHtml;
  }

  /** @param from where the front matter ends */
  *from(from: number): Generator<MarkdownBlock> {
    const text = this.#text;
    let end = from;
    for (let offset = from; offset < text.length; ) {
      const line = lineAt(text, offset);
      offset = line.next;
      if (this.#fence && this.#isInFence(line, this.#fence)) continue;
      const isBlank = line.text === line.end;
      const ends = isBlank || line.quotes > this.#quotes;
      if (ends && this.#open) yield this.#close(end);
      const start = isBlank ? undefined : this.#enter(line);
      const isNew = start && (start.isNew || this.#startsBlock(start.at));
      if (isNew && this.#open) yield this.#close(end);
      end = line.end;
      if (!start) continue;
      const skipped = this.#skipped(start.at, line);
      if (skipped) {
        if (skipped.block) yield skipped.block;
        offset = skipped.next;
        continue;
      }
      this.#open ??= { start: start.at, kind: this.#isHtml(start.at) ? 'html' : 'text' };
      if (matchesAt(heading, text, start.at) || matchesAt(underline, text, start.at)) {
        yield this.#close(end);
      }
    }
    if (this.#open) yield this.#close(end);
  }

  #close(end: number): MarkdownBlock {
    const { start, kind } = this.#open ?? { start: end, kind: 'text' };
    this.#open = undefined;
    return { start, end, kind };
  }

  #isInFence(line: LineStart, fence: Fence): boolean {
    const isBlank = line.text === line.end;
    const isLeft = line.quotes < fence.quotes || (!isBlank && line.indent < fence.column);
    if (isLeft) {
      this.#fence = undefined;
      return false;
    }
    if (this.#text[line.text] !== fence.sign) return true;
    let offset = line.text;
    while (this.#text[offset] === fence.sign) offset++;
    const isClosing =
      offset - line.text >= fence.length && this.#text.slice(offset, line.end).trim() === '';
    if (isClosing) this.#fence = undefined;
    return true;
  }

  /** Where the text of the line begins behind list markers; undefined for indented code. */
  #enter(line: LineStart): { at: number; isNew: boolean } | undefined {
    const text = this.#text;
    if (line.quotes !== this.#quotes && !(this.#open && line.quotes < this.#quotes)) {
      this.#columns = [];
      this.#quotes = line.quotes;
    }
    let at = line.text;
    let { indent } = line;
    let isNew = false;
    for (;;) {
      const marker = matchesAt(listMarker, text, at);
      // A line that goes on with a paragraph may be indented less.
      if (!this.#open || marker) {
        while (indent < (this.#columns.at(-1) ?? 0)) this.#columns.pop();
      }
      const isDeep = indent - (this.#columns.at(-1) ?? 0) >= 4;
      if (isDeep && !this.#open && !isNew && this.#hasHtml) return undefined;
      if (!marker || (isDeep && this.#hasHtml)) return { at, isNew };
      isNew = true;
      const after = listMarker.lastIndex;
      let content = after;
      while (content < line.end && isBlankAt(text, content)) content++;
      const isEmpty = content === line.end;
      const blanks = isEmpty || content - after > 4 ? 1 : content - after;
      this.#columns.push(indent + (after - at) + blanks);
      if (isEmpty || content - after > 4) return { at: content, isNew };
      indent += content - at;
      at = content;
    }
  }

  #startsBlock(at: number): boolean {
    const text = this.#text;
    const sign = text[at];
    if (sign === '#') return matchesAt(heading, text, at);
    if (sign === '`' || sign === '~') return matchesAt(fenceOpening, text, at);
    if (sign !== '<' || !this.#hasHtml) return false;
    return text.startsWith('<!--', at) || matchesAt(rawHtml, text, at) || this.#isHtml(at);
  }

  #isHtml(at: number): boolean {
    return this.#hasHtml && this.#text[at] === '<' && matchesAt(blockHtml, this.#text, at);
  }

  /** What begins here and is passed over, and the line that comes after it; a comment is told of. */
  #skipped(at: number, line: LineStart): { next: number; block?: MarkdownBlock } | undefined {
    const text = this.#text;
    const sign = text[at];
    if (sign === '`' || sign === '~') {
      fenceOpening.lastIndex = at;
      const match = fenceOpening.exec(text);
      const run = match?.[1] ?? match?.[2];
      if (!run) return undefined;
      const column = this.#columns.at(-1) ?? 0;
      this.#fence = { sign, length: run.length, quotes: this.#quotes, column };
      return { next: line.next };
    }
    if (sign !== '<' || !this.#hasHtml) return undefined;
    if (text.startsWith('<!--', at)) {
      const close = text.indexOf('-->', at + 4);
      if (close < 0) return { next: text.length };
      const block = { start: at, end: close + 3, kind: 'comment' } as const;
      return { next: lineAfter(text, close), block };
    }
    rawHtml.lastIndex = at;
    const name = rawHtml.exec(text)?.[1];
    if (!name) return undefined;
    const close = text.indexOf(`</${name}`, at);
    return { next: close < 0 ? text.length : lineAfter(text, close) };
  }
}

function matchesAt(expression: RegExp, text: string, at: number): boolean {
  expression.lastIndex = at;
  return expression.test(text);
}

function isBlankAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 32 || code === 9;
}

function lineAfter(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

function lineAt(text: string, start: number): LineStart {
  const feed = text.indexOf('\n', start);
  const next = feed < 0 ? text.length : feed + 1;
  const stop = feed < 0 ? text.length : feed;
  const end = stop > start && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
  let indent = 0;
  let quotes = 0;
  let offset = start;
  for (; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 32) indent++;
    else if (code === 9) indent += 4 - (indent % 4);
    else if (code === 62 && indent <= 3) {
      quotes++;
      indent = 0;
      if (text.charCodeAt(offset + 1) === 32) offset++;
    } else break;
  }
  return { end, next, text: offset, indent, quotes };
}
