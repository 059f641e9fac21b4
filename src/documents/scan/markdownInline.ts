import { decodeReferences } from '../../util/characterReferences';
import type { ImageLink } from '../imageLink';
import { type ImportedPaths, imageTagAt, type TagDialect } from './imageTags';
import type { MarkdownBlock } from './markdownBlocks';
import { readInlineTarget, unescapeMarkdown } from './markdownDestination';
import { labelKey } from './markdownReferences';
import { longest, oneLine, type TextRange } from './scanner';
import { requestInHtmlComment } from './todoComments';

/** How the text of paragraphs is read. */
export interface InlineOptions {
  readonly tags: TagDialect;
  readonly imported?: ImportedPaths;
}

type Target = Pick<ImageLink, 'target' | 'targetStart' | 'targetEnd'>;

/** An image in a paragraph; one by reference has its target from elsewhere. */
export interface InlineImage extends TextRange {
  /** Where all is known already. */
  readonly link?: ImageLink;
  /** Of the alternative text. */
  readonly text: TextRange;
  readonly target?: Target;
  readonly label?: string;
}

interface Opener {
  /** Of its `[`. */
  readonly offset: number;
  readonly isImage: boolean;
  /** How many images had been found before it. */
  readonly count: number;
}

const sign = /[\\`<[\]]/g;
const fullLabel = /\[((?:[^\][\\]|\\.){0,999})\]/y;

/** The images in a paragraph, in order; one pass, whatever stands there. */
export function inlineImages(
  text: string,
  block: MarkdownBlock,
  options: InlineOptions,
): InlineImage[] {
  const found: InlineImage[] = [];
  const openers: Opener[] = [];
  const spans = new CodeSpans(text, block.end);
  const { end } = block;
  const isHtml = block.kind === 'html';
  const comments = new Comments(text, end);
  for (let offset = block.start; ; ) {
    sign.lastIndex = offset;
    const at = sign.exec(text)?.index ?? end;
    if (at >= end) break;
    offset = at + 1;
    const character = text[at];
    if (character === '<') {
      const tag = tagAt(text, at, end, options, comments);
      if (tag?.link) found.push({ ...tag, link: tag.link, text: tag });
      offset = tag?.end ?? offset;
    } else if (isHtml) continue;
    else if (character === '\\') offset = at + 2;
    else if (character === '`') offset = spans.behind(at);
    else if (character === '[') {
      const isImage =
        text[at - 1] === '!' && at > block.start && !isEscaped(text, at - 1, block.start);
      openers.push({ offset: at, isImage, count: found.length });
    } else {
      const opener = openers.pop();
      if (!opener?.isImage) continue;
      const image = closeImage(text, opener.offset, at, end);
      if (!image) continue;
      // Images in an alternative text are text.
      if (image.target) found.length = opener.count;
      found.push(image);
      offset = image.end;
    }
  }
  return found;
}

/** The link of an image, with the target of the definition that it refers to, if it refers to one. */
export function inlineLink(
  text: string,
  { start, end, link, text: alternative, target: own, label }: InlineImage,
  definitions: ReadonlyMap<string, Target>,
): ImageLink | undefined {
  if (link) return link;
  const target = own ?? (label === undefined ? undefined : definitions.get(labelKey(label)));
  if (!target) return undefined;
  const raw = text.slice(alternative.start, Math.min(alternative.end, alternative.start + longest));
  return { kind: 'link', start, end, altText: plainText(raw), ...target };
}

function tagAt(
  text: string,
  start: number,
  limit: number,
  { tags, imported }: InlineOptions,
  comments: Comments,
): { start: number; end: number; link: ImageLink | undefined } | undefined {
  if (tags === 'html' && text.startsWith('<!--', start)) {
    const end = comments.endFrom(start);
    return end === undefined
      ? undefined
      : { start, end, link: requestInHtmlComment(text, start, end) };
  }
  const link = imageTagAt(text, start, limit, tags, imported);
  return link && { start, end: link.end, link };
}

function isEscaped(text: string, at: number, start: number): boolean {
  let count = 0;
  while (at - count > start && text[at - count - 1] === '\\' && count < 100) count++;
  return count % 2 === 1;
}

/** What follows the `]` makes it an image: a target, a label, or nothing where the text is itself a label. */
function closeImage(
  text: string,
  open: number,
  close: number,
  limit: number,
): InlineImage | undefined {
  const start = open - 1;
  const inner = { start: open + 1, end: close };
  if (text[close + 1] === '(') {
    const inline = readInlineTarget(text, close + 2, limit);
    if (inline) {
      const { end, ...target } = inline;
      return { start, end, text: inner, target };
    }
  }
  fullLabel.lastIndex = close + 1;
  const label = text[close + 1] === '[' ? fullLabel.exec(text)?.[1] : undefined;
  const own = text.slice(inner.start, Math.min(inner.end, inner.start + 1000));
  const end = label === undefined ? close + 1 : fullLabel.lastIndex;
  if (end > limit || (label === undefined && own.length > 999)) return undefined;
  return { start, end, text: inner, label: label?.trim() ? label : own };
}

/** An alternative text without its markup, as far as that is sure; Obsidian's sizes in it are not text. */
function plainText(raw: string): string {
  const marked = raw
    .replace(/!?\[((?:[^\][\\]|\\.)*)\]\((?:[^()\\\n]|\\.)*\)/g, '$1')
    .replace(/(?<!\\)\|\s*\d+(?:x\d+)?\s*$/, '')
    .replace(/(?<![\\\w*_])(\*{1,3}|_{1,3})(?=\S)((?:[^*_\\]|\\.)+?)(?<=\S)\1(?![\w*_])/g, '$2')
    .replace(/(?<![\\`])(`{1,3})([^`]+)\1/g, '$2');
  return oneLine(decodeReferences(unescapeMarkdown(marked)));
}

/** Code spans in a paragraph. Which lengths of fences are not there any more is known after one look. */
class CodeSpans {
  readonly #missing = new Set<number>();
  readonly #text: string;
  readonly #limit: number;

  constructor(text: string, limit: number) {
    this.#text = text;
    this.#limit = limit;
  }

  /** Behind the code that begins here, or behind the backticks where they begin none. */
  behind(start: number): number {
    const length = this.#runLength(start);
    const after = start + length;
    if (this.#missing.has(length)) return after;
    for (let offset = after; ; ) {
      const at = this.#text.indexOf('`', offset);
      if (at < 0 || at >= this.#limit) break;
      const run = this.#runLength(at);
      offset = at + run;
      if (run === length) return offset;
    }
    this.#missing.add(length);
    return after;
  }

  #runLength(start: number): number {
    let offset = start;
    while (this.#text[offset] === '`') offset++;
    return offset - start;
  }
}

/** Comments in a paragraph; once no end is found, there is none for the others either. */
class Comments {
  #isOver = false;

  constructor(
    private readonly text: string,
    private readonly limit: number,
  ) {}

  endFrom(start: number): number | undefined {
    if (this.#isOver) return undefined;
    const close = this.text.slice(start + 4, this.limit).indexOf('-->');
    this.#isOver = close < 0;
    return close < 0 ? undefined : start + 4 + close + 3;
  }
}
