import type { ImageLink } from '../imageLink';
import { type ImportedPath, type ImportedPaths, imageTagAt } from './imageTags';
import { NextOf, type TextRange } from './scanner';
import { requestInHtmlComment, requestsIn } from './todoComments';

/** What has text of another kind in it; images in a `noscript` count. */
const opaque = /<(script|style|textarea|title)(?=[\s/>])/iy;

/** HTML, and what is made of it; components of Vue and Svelte may have scripts and styles beside. */
export function htmlImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  const closing = new Map<string, NextMatch>();
  for (let offset = text.indexOf('<'); offset >= 0; offset = text.indexOf('<', offset)) {
    if (text.startsWith('<!--', offset)) {
      const end = commentEnd(text, offset);
      if (end === undefined) return links;
      const asked = requestInHtmlComment(text, offset, end);
      if (asked) links.push(asked);
      offset = end;
      continue;
    }
    const link = imageTagAt(text, offset, text.length, 'html');
    if (link) {
      links.push(link);
      offset = link.end;
      continue;
    }
    opaque.lastIndex = offset;
    const name = opaque.exec(text)?.[1]?.toLowerCase();
    offset++;
    if (!name) continue;
    const ends = closing.get(name) ?? new NextMatch(text, new RegExp(`</${name}`, 'gi'));
    closing.set(name, ends);
    // One that is never closed reaches to the end of the page.
    offset = ends.from(offset) ?? text.length;
  }
  return links;
}

/** Scripts with markup in them: JSX, TSX, Astro. */
export function scriptImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  const comments = new ScriptComments(text);
  const imported = importsOf(text);
  const tags = new NextOf(text, '<');
  for (let offset = tags.from(0); offset < text.length; offset = tags.from(offset)) {
    const behind = comments.behind(offset);
    if (behind !== undefined) {
      offset = behind;
      continue;
    }
    const link = imageTagAt(text, offset, text.length, 'script', imported);
    if (link) links.push(link);
    offset = link?.end ?? offset + 1;
  }
  links.push(...requestsIn(text, (open) => /^(?:\{?\/\*|\/\/|<!--)$/.test(open)));
  return links.sort((one, other) => one.start - other.start);
}

/** What a variable was imported from. */
export function importsOf(text: string): ImportedPaths {
  let paths: Map<string, ImportedPath> | undefined;
  return (variable) => {
    paths ??= new Map(
      Array.from(
        text.matchAll(/^[ \t]*import[ \t]+([\w$]+)[ \t]+from[ \t]*(["'])([^"'\n]+)\2/gm),
        ({ 0: all, 1: name = '', 3: path = '', index }) => {
          const end = index + all.length - 1;
          return [name, { path, start: end - path.length, end }];
        },
      ),
    );
    const found = paths.get(variable);
    // Only these are sure to be files beside the document; others are packages, or aliases of the project.
    return found && /^\.{1,2}\//.test(found.path) ? found : undefined;
  };
}

/** Behind the end of a comment; of one that is never closed there is none. */
function commentEnd(text: string, start: number): number | undefined {
  const end = text.indexOf('-->', start + 4);
  return end < 0 ? undefined : end + 3;
}

/** Where an expression matches next, asked for ever larger offsets. */
class NextMatch {
  #found: number | undefined = -1;

  constructor(
    private readonly text: string,
    private readonly expression: RegExp,
  ) {}

  from(offset: number): number | undefined {
    if (this.#found === undefined || this.#found >= offset) return this.#found;
    this.expression.lastIndex = offset;
    this.#found = this.expression.exec(this.text)?.index;
    return this.#found;
  }
}

/** Block comments, and line comments that have a line of their own: behind code, `//` may be part of an address. */
class ScriptComments {
  readonly #open: NextOf;
  readonly #feeds: NextOf;
  #end = -1;
  #start = -1;
  #lineStart = 0;

  constructor(private readonly text: string) {
    this.#open = new NextOf(text, '/*');
    this.#feeds = new NextOf(text, '\n');
  }

  /** Where a comment ends that the offset lies in; offsets must grow. */
  behind(offset: number): number | undefined {
    for (let feed = this.#feeds.from(this.#lineStart); feed < offset; ) {
      this.#lineStart = feed + 1;
      feed = this.#feeds.from(this.#lineStart);
    }
    const lineStart = this.#lineStart;
    if (/^[ \t]*\/\//.test(this.text.slice(lineStart, Math.min(offset, lineStart + 200)))) {
      const lineEnd = this.text.indexOf('\n', offset);
      return lineEnd < 0 ? this.text.length : lineEnd;
    }
    while (this.#end < offset) {
      const open = this.#open.from(Math.max(0, this.#end));
      if (open >= offset) return undefined;
      const close = this.text.indexOf('*/', open + 2);
      this.#start = open;
      this.#end = close < 0 ? this.text.length : close + 2;
    }
    return this.#start < offset && offset < this.#end ? this.#end : undefined;
  }
}
