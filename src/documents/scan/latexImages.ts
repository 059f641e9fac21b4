import type { ImageLink } from '../imageLink';
import { longest, NextOf, oneLine, type TextRange } from './scanner';
import { requestsIn } from './todoComments';

const command = '\\includegraphics';
const verbatim = /\\begin\{(verbatim\*?|Verbatim|lstlisting|minted|comment|filecontents\*?)\}/g;

/** LaTeX: `\includegraphics`, where it is typeset. */
export function latexImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  const commands = new NextOf(text, command);
  const skipped = new VerbatimParts(text);
  const comments = new LineComments(text);
  for (let offset = commands.from(0); offset < text.length; offset = commands.from(offset)) {
    const start = offset;
    offset += command.length;
    const behind = skipped.behind(start) ?? comments.behind(start);
    if (behind !== undefined) {
      offset = Math.max(offset, behind);
      continue;
    }
    if (/[a-zA-Z@]/.test(text[offset] ?? '')) continue;
    const link = readCommand(text, start);
    if (!link) continue;
    links.push(link);
    offset = link.end;
  }
  links.push(...requestsIn(text, (open) => open === '%'));
  return links.sort((one, other) => one.start - other.start);
}

const beforeArgument = /\*?(?:\s|%[^\n]*\n)*/y;

function readCommand(text: string, start: number): ImageLink | undefined {
  const following = text.slice(start, start + longest);
  const next = following.indexOf(command, 1);
  const part = next < 0 ? following : following.slice(0, next);
  let offset = command.length;
  const skip = (): void => {
    beforeArgument.lastIndex = offset;
    if (beforeArgument.test(part)) offset = beforeArgument.lastIndex;
  };
  skip();
  let options = '';
  while (part[offset] === '[') {
    const close = groupEnd(part, offset, ']');
    if (close === undefined) return undefined;
    options = part.slice(offset + 1, close);
    offset = close + 1;
    skip();
  }
  if (part[offset] !== '{') return undefined;
  const close = groupEnd(part, offset, '}');
  if (close === undefined) return undefined;
  const raw = part.slice(offset + 1, close);
  const blanks = raw.length - raw.trimStart().length;
  const targetStart = start + offset + 1 + blanks;
  const named = raw.trim();
  return {
    ...{ kind: 'link', start, end: start + close + 1, altText: altTextIn(options) },
    ...{ targetStart, targetEnd: targetStart + named.length, target: decodePath(named) },
  };
}

/** Where the group ends that begins here; braces in it are balanced. */
function groupEnd(text: string, open: number, close: ']' | '}'): number | undefined {
  let depth = 0;
  for (let offset = open + 1; offset < text.length; offset++) {
    const sign = text[offset];
    if (sign === '\\') offset++;
    else if (sign === close && depth === 0) return offset;
    else if (sign === '{') depth++;
    else if (sign === '}') depth--;
  }
  return undefined;
}

function altTextIn(options: string): string {
  const at = /(?:^|,)\s*alt\s*=\s*/.exec(options);
  if (!at) return '';
  const from = at.index + at[0].length;
  const isGroup = options[from] === '{';
  const end = isGroup ? groupEnd(options, from, '}') : undefined;
  const raw = end === undefined ? options.slice(from).split(',')[0] : options.slice(from + 1, end);
  return plainLatex(raw ?? '');
}

/** What typeset text says, without its commands. */
function plainLatex(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    textbackslash: '\\',
    textasciitilde: '~',
    textasciicircum: '^',
  };
  const plain = text.replace(
    /\\([a-zA-Z]+)\*?(?:\{\}|[ \t]*)|\\([\s\S])|(~)|[{}]/g,
    (_all, name?: string, sign?: string, tie?: string) => {
      if (name !== undefined) return signs[name] ?? '';
      if (sign !== undefined) return sign === '\\' ? ' ' : sign;
      return tie ? ' ' : '';
    },
  );
  return oneLine(plain);
}

/** A file name is expanded and not typeset. */
function decodePath(raw: string): string {
  return raw
    .replace(
      /\\string\s*\\([\s\S])|\\(space|lbrace|rbrace)(?:\{\}|\s)?|\\([%#{}&$_ ~])/g,
      (_all, sign?: string, name?: string, other?: string) => {
        if (name === 'space') return ' ';
        if (name) return name === 'lbrace' ? '{' : '}';
        return sign ?? other ?? '';
      },
    )
    .replace(/^"(.*)"$/, '$1');
}

/** The parts that are printed as they are. Offsets that are asked for must grow. */
class VerbatimParts {
  #start = -1;
  #end = -1;
  readonly #opening = new RegExp(verbatim);
  #isOver = false;

  constructor(private readonly text: string) {}

  behind(offset: number): number | undefined {
    while (this.#end <= offset && !this.#isOver && this.#start < offset) {
      this.#opening.lastIndex = Math.max(0, this.#end);
      const match = this.#opening.exec(this.text);
      if (!match) {
        this.#isOver = true;
        return undefined;
      }
      const closing = `\\end{${match[1]}}`;
      const close = this.text.indexOf(closing, this.#opening.lastIndex);
      this.#start = match.index;
      this.#end = close < 0 ? this.text.length : close + closing.length;
    }
    return this.#start < offset && offset < this.#end ? this.#end : undefined;
  }
}

/** From a `%` to the end of its line. Offsets that are asked for must grow. */
class LineComments {
  readonly #signs: NextOf;
  #from = 0;

  constructor(private readonly text: string) {
    this.#signs = new NextOf(text, '%');
  }

  behind(offset: number): number | undefined {
    for (let at = this.#signs.from(this.#from); at < offset; at = this.#signs.from(this.#from)) {
      if (this.#isEscaped(at)) {
        this.#from = at + 1;
        continue;
      }
      const feed = this.text.indexOf('\n', at);
      const end = feed < 0 ? this.text.length : feed;
      if (end > offset) return end;
      this.#from = end;
    }
    return undefined;
  }

  #isEscaped(at: number): boolean {
    let count = 0;
    while (this.text[at - count - 1] === '\\' && count < 100) count++;
    return count % 2 === 1;
  }
}
