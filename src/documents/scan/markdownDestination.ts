import { decodeReferences } from '../../util/characterReferences';
import { decodeUrl } from './decode';
import { longest } from './scanner';

interface Destination {
  readonly target: string;
  readonly targetStart: number;
  readonly targetEnd: number;
  /** Behind it, and behind the `>` that closes it. */
  readonly end: number;
}

/** CommonMark's reference implementation knows no more either. */
const maxParentheses = 32;

/** The destination of a link at this place; undefined where there is none. It may be empty in `<>` only. */
export function readDestination(
  text: string,
  start: number,
  limit: number,
): Destination | undefined {
  const isPointed = text[start] === '<';
  const end = isPointed ? pointedEnd(text, start + 1, limit) : bareEnd(text, start, limit);
  if (end === undefined || (!isPointed && end === start)) return undefined;
  const targetStart = isPointed ? start + 1 : start;
  const target = decodeDestination(text.slice(targetStart, end));
  return { target, targetStart, targetEnd: end, end: isPointed ? end + 1 : end };
}

function decodeDestination(raw: string): string {
  return decodeUrl(decodeReferences(unescapeMarkdown(raw)));
}

/** An ampersand behind a backslash begins no character reference. */
export function unescapeMarkdown(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, (_all, sign: string) =>
    sign === '&' ? '&amp;' : sign,
  );
}

function pointedEnd(text: string, start: number, limit: number): number | undefined {
  for (let offset = start; offset < limit && offset < start + longest; offset++) {
    const sign = text[offset];
    if (sign === '>') return offset;
    if (sign === '<' || sign === '\n') return undefined;
    if (sign === '\\') offset++;
  }
  return undefined;
}

function bareEnd(text: string, start: number, limit: number): number | undefined {
  let depth = 0;
  let offset = start;
  // Attributes and sizes behind the destination have blanks before them.
  for (; offset < limit && offset < start + longest; offset++) {
    const code = text.charCodeAt(offset);
    if (code <= 32) break;
    if (code === 92 && text.charCodeAt(offset + 1) > 32) offset++;
    else if (code === 40) {
      depth++;
      if (depth > maxParentheses) return undefined;
    } else if (code === 41) {
      if (depth === 0) break;
      depth--;
    }
  }
  return depth === 0 ? Math.min(offset, limit) : undefined;
}

const size = /[ \t]+=\d*%?(?:x\d*%?)?(?=[ \t]*\))/y;

/**
 * What stands in the parentheses of an image, from behind the opening one; `end` is behind the closing one. Without a
 * destination the target is empty.
 */
export function readInlineTarget(
  text: string,
  from: number,
  limit: number,
): Destination | undefined {
  const start = skipBlanks(text, from, limit);
  if (text[start] === ')' && start < limit) {
    return { target: '', targetStart: start, targetEnd: start, end: start + 1 };
  }
  const destination = readDestination(text, start, limit);
  if (!destination) return undefined;
  size.lastIndex = destination.end;
  let offset = skipBlanks(text, size.test(text) ? size.lastIndex : destination.end, limit);
  if (text[offset] !== ')' && offset > destination.end) {
    const end = titleEnd(text, offset, limit);
    if (end === undefined) return undefined;
    offset = skipBlanks(text, end, limit);
  }
  return text[offset] === ')' && offset < limit ? { ...destination, end: offset + 1 } : undefined;
}

function titleEnd(text: string, start: number, limit: number): number | undefined {
  const open = text[start];
  if (open !== '"' && open !== "'" && open !== '(') return undefined;
  const close = open === '(' ? ')' : open;
  for (let offset = start + 1; offset < limit && offset < start + longest; offset++) {
    if (text[offset] === '\\') offset++;
    else if (text[offset] === close) return offset + 1;
    else if (text[offset] === '(' && open === '(') return undefined;
  }
  return undefined;
}

function skipBlanks(text: string, from: number, limit: number): number {
  let offset = from;
  while (offset < limit && text.charCodeAt(offset) <= 32) offset++;
  return offset;
}
