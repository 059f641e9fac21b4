import { decodeReferences } from '../../util/characterReferences';
import type { ImageLink } from '../imageLink';
import { decodeUrl } from './decode';
import { type Line, linesFrom, longest, NextOf, oneLine, type TextRange } from './scanner';
import { requestOnLine } from './todoComments';

/** A macro, with one sign before it. */
const macro = /^(?:[^\\\w]|(\\)|)image:(:?)([^\s:[\]](?:[^[\n]*[^\s[])?|)\[/;
/** In UTF-16 units. */
const longestTarget = 1000;
const delimiter = /^(?:-{4,}|\.{4,}|\/{4,}|\+{4,}|`{3,}).*$/;

/** AsciiDoc: `image::` on a line of its own, and `image:` between words. */
export function asciidocImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  const open = new NextOf(text, '[');
  const close = new NextOf(text, ']');
  let fence: string | undefined;
  for (const line of linesFrom(text)) {
    const sign = text[line.start] ?? '';
    if ('-./+`'.includes(sign) && sign !== '') {
      const isLong = line.end - line.start > longest;
      const mark = isLong ? '' : text.slice(line.start, line.end).trimEnd();
      if (fence !== undefined) {
        if (mark === fence || (fence.startsWith('```') && mark === '```')) fence = undefined;
        continue;
      }
      if (delimiter.test(mark) && (sign === '`' || /^(.)\1+$/.test(mark))) {
        fence = mark;
        continue;
      }
    }
    if (fence !== undefined) continue;
    if (sign === '/' && text[line.start + 1] === '/') {
      const asked = requestOnLine(text, line, '//');
      if (asked) links.push(asked);
      continue;
    }
    imagesOnLine(text, line, { open, close }, links);
  }
  return links;
}

/** Where the brackets are, so that a text without them is not searched for them again and again. */
interface Brackets {
  readonly open: NextOf;
  readonly close: NextOf;
}

function imagesOnLine(
  text: string,
  line: Line,
  { open, close: closes }: Brackets,
  links: ImageLink[],
): void {
  for (let offset = line.start; ; ) {
    const at = text.slice(offset, line.end).indexOf('image:');
    if (at < 0) return;
    const start = offset + at;
    offset = start + 6;
    const before = Math.max(line.start, start - 1);
    const bracket = open.from(start);
    if (bracket >= line.end || bracket - start > longestTarget) continue;
    const found = macro.exec(text.slice(before, bracket + 1));
    const [all = '', isEscaped, block, raw = ''] = found ?? [];
    if (!found || isEscaped || (block && start !== line.start)) continue;
    const attributesStart = before + all.length;
    if (closes.from(attributesStart) >= line.end) return;
    const close = attributesEnd(text, attributesStart, line.end, Boolean(block));
    if (close === undefined) continue;
    const targetEnd = attributesStart - 1;
    links.push({
      ...{ kind: 'link', start, end: close + 1 },
      ...{ targetStart: targetEnd - raw.length, targetEnd, target: decodeUrl(raw) },
      altText: altTextIn(text.slice(attributesStart, close)),
    });
    offset = close + 1;
  }
}

/** A block's attributes reach to the end of its line. */
function attributesEnd(
  text: string,
  start: number,
  limit: number,
  isBlock: boolean,
): number | undefined {
  if (isBlock) {
    let end = limit;
    while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
    return end > start && text[end - 1] === ']' ? end - 1 : undefined;
  }
  for (let offset = start; offset < limit && offset < start + longest; offset++) {
    if (text[offset] === ']' && text[offset - 1] !== '\\') return offset;
  }
  return undefined;
}

const attribute = /\s*(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|([^,]*))[^,]*(?:,|$)/y;

/** The first attribute, or the one with a name. */
function altTextIn(attributes: string): string {
  let altText = '';
  attribute.lastIndex = 0;
  for (let isFirst = true; attribute.lastIndex < attributes.length; isFirst = false) {
    const [all, name, quoted, bare = ''] = attribute.exec(attributes) ?? [];
    if (!all) break;
    const value = quoted === undefined ? bare.replaceAll('\\]', ']') : unquoted(quoted);
    if (name === 'alt' || (isFirst && name === undefined)) altText = value;
  }
  return oneLine(decodeReferences(altText));
}

function unquoted(text: string): string {
  return text.replace(/\\(["\]])/g, '$1');
}
