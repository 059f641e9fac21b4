import type { ImageLink } from '../imageLink';
import { type Line, linesFrom, longest, oneLine, type TextRange } from './scanner';
import { requestIn } from './todoComments';

const directive = /^([ \t]*)\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?(?:image|figure)::(?:[ \t]+|$)/;
const literal =
  /^[ \t]*\.\.[ \t]+(?:code|code-block|sourcecode|highlight|parsed-literal|raw|literalinclude|math)::/;
/** What `..` begins besides a comment. */
const markup = /^[ \t]*\.\.[ \t]+(?:[\w:+.-]+::|_|\||\[|__)/;

/** reStructuredText: the directives `image` and `figure`, also as what stands for a substitution. */
export function restructuredTextImages(text: string, _range: TextRange | undefined): ImageLink[] {
  const links: ImageLink[] = [];
  const lines = linesFrom(text);
  /** Deeper lines belong to code or a comment. */
  let literalIndent: number | undefined;
  let step = lines.next();
  while (!step.done) {
    const line = step.value;
    step = lines.next();
    const indent = indentOf(text, line);
    const isBlank = line.start + indent >= line.end;
    if (isBlank) continue;
    if (literalIndent !== undefined && indent > literalIndent) continue;
    literalIndent = undefined;
    const start = line.start + indent;
    const isExplicit = text[start] === '.' && text[start + 1] === '.';
    if (!isExplicit) {
      if (text[line.end - 1] === ':' && text[line.end - 2] === ':') literalIndent = indent;
      continue;
    }
    const lineText = text.slice(line.start, Math.min(line.end, line.start + longest));
    const opening = directive.exec(lineText);
    if (!opening) {
      const isComment = !markup.test(lineText);
      if (isComment || literal.test(lineText)) literalIndent = indent;
      const comment = { start, end: line.end, contentStart: start + 2, contentEnd: line.end };
      const asked = isComment && requestIn(text, comment);
      if (asked) links.push(asked);
      continue;
    }
    const raw = lineText.slice(opening[0].length).trimEnd();
    const targetStart = line.start + opening[0].length;
    let altText = '';
    let end = targetStart + raw.length;
    // Options are indented more, and there is no blank line before them.
    while (!step.done && indentOf(text, step.value) > indent) {
      const option = step.value;
      if (option.start + indentOf(text, option) >= option.end) break;
      const optionText = text.slice(option.start, Math.min(option.end, option.start + longest));
      const alternative = /^[ \t]*:alt:[ \t]*(.*)$/.exec(optionText);
      if (!/^[ \t]*:[\w-]+:(?:[ \t]|$)/.test(optionText)) break;
      end = option.end;
      step = lines.next();
      if (alternative) altText = alternative[1] ?? '';
    }
    links.push({
      ...{ kind: 'link', start, end, altText: oneLine(altText) },
      ...{ targetStart, targetEnd: targetStart + raw.length, target: decodeArgument(raw) },
    });
  }
  return links;
}

/** Blanks count only behind a backslash. */
function decodeArgument(raw: string): string {
  return raw.replace(/\\([\s\S])|[ \t]+/g, (_all, escaped: string | undefined) => escaped ?? '');
}

function indentOf(text: string, { start, end }: Line): number {
  let offset = start;
  while (offset < end && (text[offset] === ' ' || text[offset] === '\t')) offset++;
  return offset - start;
}
