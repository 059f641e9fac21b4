import type { ImageLink } from '../imageLink';
import { decodeScriptString } from './decode';
import { longest, oneLine, type TextRange } from './scanner';
import { requestIn } from './todoComments';

/** What has meaning before an image is found: strings, comments, raw text, and the function itself. */
const sign = /\\|\/\*|\/\/|`+|\bimage(?=\()/g;
/** What is nested deeper is no call that a person has written. */
const deepest = 50;
const string = /"((?:[^"\\]|\\[\s\S])*)"/y;

/** Typst: calls of `image` with a string. */
export function typstImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  const rawEnds = new Map<number, number>();
  for (let offset = 0; ; ) {
    sign.lastIndex = offset;
    const match = sign.exec(text);
    if (!match) return links;
    const { index } = match;
    const [token] = match;
    offset = sign.lastIndex;
    if (token === '\\') offset++;
    else if (token === '//' || token === '/*') {
      // An address is no comment.
      if (token === '//' && text[index - 1] === ':') continue;
      const end = commentEnd(text, index, token);
      const contentEnd = token === '/*' ? end - 2 : end;
      const asked = requestIn(text, { start: index, end, contentStart: offset, contentEnd });
      if (asked) links.push(asked);
      offset = end;
    } else if (token.startsWith('`')) {
      offset = rawEnd(text, offset, token.length, rawEnds);
    } else {
      if (/[\w.-]/.test(text[index - 1] ?? '')) continue;
      const link = readCall(text, index, offset + 1);
      if (!link) continue;
      links.push(link);
      offset = link.end;
    }
  }
}

function commentEnd(text: string, start: number, token: string): number {
  const end = text.indexOf(token === '//' ? '\n' : '*/', start + 2);
  if (end < 0) return text.length;
  if (token === '/*') return end + 2;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** Two backticks are raw text with nothing in it; what is not closed is no raw text. */
function rawEnd(text: string, after: number, length: number, known: Map<number, number>): number {
  if (length === 2) return after;
  const isMissing = known.get(length) === -1;
  const end = isMissing ? -1 : text.indexOf('`'.repeat(length), after);
  if (end < 0) known.set(length, -1);
  return end < 0 ? after : end + length;
}

function readCall(text: string, index: number, from: number): ImageLink | undefined {
  const limit = Math.min(text.length, from + longest);
  const part = text.slice(from, limit);
  let offset = /^\s*/.exec(part)?.[0].length ?? 0;
  string.lastIndex = offset;
  const raw = string.exec(part)?.[1];
  if (raw === undefined) return undefined;
  const targetStart = from + offset + 1;
  offset = string.lastIndex;
  let altText = '';
  let depth = 1;
  for (; offset < part.length && depth > 0 && depth < deepest; ) {
    const character = part[offset];
    string.lastIndex = offset;
    const value = character === '"' ? string.exec(part) : null;
    if (value) {
      const isAlternative =
        depth === 1 && /\balt\s*:\s*$/.test(part.slice(Math.max(0, offset - 20), offset));
      if (isAlternative) altText = decodeScriptString(value[1] ?? '');
      offset = string.lastIndex;
      continue;
    }
    if (character === '(' || character === '[' || character === '{') depth++;
    if (character === ')' || character === ']' || character === '}') depth--;
    offset++;
  }
  if (depth > 0) return undefined;
  // In markup the `#` belongs to the call.
  const start = text[index - 1] === '#' ? index - 1 : index;
  return {
    ...{ kind: 'link', start, end: from + offset, altText: oneLine(altText) },
    ...{ targetStart, targetEnd: targetStart + raw.length, target: decodeScriptString(raw) },
  };
}
