import type { LinkFormat } from './linkFormats';

/** Where links go: at the cursor, or into a paragraph of their own below the text that was the prompt. */
export type InsertionPlace = 'cursor' | 'belowSelection';

/** The line of the insertion point, parted there, and its neighbours, which are undefined at the ends of the document. */
interface LineContext {
  readonly before: string;
  readonly after: string;
  readonly lineAbove: string | undefined;
  readonly lineBelow: string | undefined;
}

/** `wholeLine` replaces the line, which is blank. */
interface Insertion {
  readonly text: string;
  readonly at: 'point' | 'lineStart' | 'lineEnd' | 'wholeLine';
}

/** The exact text that puts links into a document, with the line breaks and the indentation that their language needs. */
export function insertionText(
  format: LinkFormat,
  links: readonly string[],
  place: InsertionPlace,
  line: LineContext,
  eol: string,
): Insertion {
  const hasTextBefore = !isBlank(line.before);
  const hasTextAfter = !isBlank(line.after);
  if (format.placement === 'inline' && place === 'cursor') {
    const separator = hasTextBefore || hasTextAfter ? ' ' : eol + line.before;
    return { text: links.join(separator), at: 'point' };
  }

  const indent = format.indentable ? (/^\s*/.exec(line.before + line.after)?.[0] ?? '') : '';
  const block = links
    .map((link) => indent + link.replaceAll('\n', eol + indent))
    .join(format.placement === 'paragraph' ? eol + eol : eol);
  const wantsBlankLines = format.placement === 'paragraph' || place === 'belowSelection';
  const blankAbove = wantsBlankLines && !isBlank(line.lineAbove) ? eol : '';
  const blankBelow = wantsBlankLines && !isBlank(line.lineBelow) ? eol : '';
  const gap = wantsBlankLines ? eol + eol : eol;

  if (!hasTextBefore && !hasTextAfter) {
    return { text: blankAbove + block + blankBelow, at: 'wholeLine' };
  }
  if (!hasTextBefore && place === 'cursor') {
    return { text: blankAbove + block + gap, at: 'lineStart' };
  }
  // A cursor within a line does not part it: the block goes below.
  return { text: gap + block + blankBelow, at: 'lineEnd' };
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
