import { decodeReferences } from '../../util/characterReferences';
import type { ImageLink } from '../imageLink';
import { type Line, longest, NextOf, oneLine } from './scanner';

// Comments that ask for an image: `TODO image: a red fox`, or `TODO(image): …`.

const request = /[ \t]*(?:TODO|todo)[ \t]*(?:\([ \t]*image[ \t]*\)|image)[ \t]*:/y;

/** A comment and what is in it. */
interface Comment {
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly contentEnd: number;
}

/** What a comment asks for, if it does. */
export function requestIn(
  text: string,
  { start, end, contentStart, contentEnd }: Comment,
): ImageLink | undefined {
  request.lastIndex = skipSpace(text, contentStart, contentEnd);
  if (!request.test(text) || request.lastIndex > contentEnd) return undefined;
  const from = request.lastIndex;
  const altText = oneLine(decodeReferences(text.slice(from, Math.min(contentEnd, from + longest))));
  return { kind: 'todo', start, end, targetStart: start, targetEnd: start, target: '', altText };
}

/** What a comment of HTML asks for; `start` is of its `<!--`, and `end` behind its `-->`. */
export function requestInHtmlComment(
  text: string,
  start: number,
  end: number,
): ImageLink | undefined {
  return requestIn(text, { start, end, contentStart: start + 4, contentEnd: end - 3 });
}

function skipSpace(text: string, from: number, end: number): number {
  let offset = from;
  while (offset < end && /\s/.test(text[offset] ?? '')) offset++;
  return offset;
}

/** Comments that the languages of code have; what ends one is the end of the line where nothing is said. */
const openers: readonly (readonly [open: string, close?: string])[] = [
  ['{/*', '*/}'],
  ['/*', '*/'],
  ['<!--', '-->'],
  ['(*', '*)'],
  ['{-', '-}'],
  ['//'],
  ['#'],
  ['--'],
  ['%'],
  [';'],
  ['..'],
  ["'"],
  ['"'],
];

/** What the comments of a text ask for, wherever they stand. */
export function requestsIn(text: string, isComment: (open: string) => boolean): ImageLink[] {
  const found: ImageLink[] = [];
  const upper = new NextOf(text, 'TODO');
  const lower = new NextOf(text, 'todo');
  for (let offset = 0; ; ) {
    const at = Math.min(upper.from(offset), lower.from(offset));
    if (at >= text.length) return found;
    offset = at + 4;
    request.lastIndex = at;
    if (!request.test(text)) continue;
    const before = (
      text
        .slice(Math.max(0, at - 200), at)
        .split('\n')
        .at(-1) ?? ''
    ).trimEnd();
    const comment = openers.find(([open]) => isComment(open) && endsWithOpener(before, open));
    if (!comment) continue;
    const [open, close] = comment;
    const start = text.lastIndexOf(open, at - open.length);
    const rest = text.slice(at, at + longest);
    const length = close === undefined ? rest.search(/\n|$/) : rest.indexOf(close);
    if (length < 0) continue;
    const contentEnd = at + length;
    const end = close === undefined ? contentEnd : contentEnd + close.length;
    const asked = requestIn(text, {
      start,
      end: trimEnd(text, start, end),
      contentStart: at,
      contentEnd,
    });
    if (asked) found.push(asked);
    offset = end;
  }
}

/** Comment signs may be repeated, as in `## TODO` and `/** TODO`; a quote is one only where it starts the line. */
function endsWithOpener(before: string, open: string): boolean {
  const bare = before.replace(/[*!/#%;-]+$/, (signs) => signs.slice(0, 3));
  if (!bare.endsWith(open) && !before.endsWith(open)) return false;
  return /['"]|\.\./.test(open) ? before.trim() === open : true;
}

function trimEnd(text: string, start: number, end: number): number {
  let offset = end;
  while (offset > start && /\s/.test(text[offset - 1] ?? '')) offset--;
  return offset;
}

/** What a comment that takes the rest of a line asks for. */
export function requestOnLine(text: string, line: Line, open: string): ImageLink | undefined {
  const start = skipSpace(text, line.start, line.end);
  if (!text.startsWith(open, start)) return undefined;
  let contentStart = start + open.length;
  while (text[contentStart] === open.at(-1)) contentStart++;
  return requestIn(text, {
    start,
    end: trimEnd(text, start, line.end),
    contentStart,
    contentEnd: line.end,
  });
}
