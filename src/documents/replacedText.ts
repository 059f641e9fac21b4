import type { ReplacedText } from '../generation/generationJob';

/** What stands around a text that gives way, without what Easel put there with it. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** Where a text stands: at the offset, else at the only place that has it. */
export function locateText(text: string, part: string, offset: number): number | undefined {
  if (text.startsWith(part, offset)) return offset;
  const found = text.indexOf(part);
  return found >= 0 && text.indexOf(part, found + 1) < 0 ? found : undefined;
}

/** A range of a text and what comes in its place, in UTF-16 units. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Takes a text that held a place away, with what was put around it where that is still there. */
export function removal(
  text: string,
  start: number,
  { text: part, waiting }: ReplacedText,
): Replacement {
  const end = start + part.length;
  const { lead = '', trail = '', original = '' } = waiting ?? {};
  // `endsWith` looks at the text up to that offset.
  return text.endsWith(lead, start) && text.startsWith(trail, end)
    ? { start: start - lead.length, end: end + trail.length, text: original }
    : { start, end, text: '' };
}

/** The text around the place as it would be without a text that Easel put there. */
export function surroundings(
  text: string,
  start: number,
  replaces: ReplacedText | undefined,
): Surroundings {
  if (!replaces) return { before: text.slice(0, start), after: text.slice(start) };
  if (!replaces.waiting) {
    return { before: text.slice(0, start), after: text.slice(start + replaces.text.length) };
  }
  const gone = removal(text, start, replaces);
  return { before: text.slice(0, gone.start) + gone.text, after: text.slice(gone.end) };
}

/**
 * What names the image, as it is to be written into a link that stands there: nothing changes where the file's name is
 * right, and only the extension where that alone differs.
 * @param raw as it stands in the document
 * @param name the image's file name
 * @param encoded the whole path, as the language writes it
 * @param omitsExtension the language finds a file without it
 */
export function newTarget(
  raw: string,
  name: string,
  encoded: string,
  omitsExtension = false,
): string {
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot);
  const decoded = decode(raw);
  if (isEndOf(decoded, name) || (omitsExtension && isEndOf(decoded, stem))) return raw;
  const rawDot = raw.lastIndexOf('.');
  const decodedDot = decoded.lastIndexOf('.');
  const hasExtension = /\.[a-z\d]+$/i.test(raw);
  if (hasExtension && isEndOf(decoded.slice(0, decodedDot), stem)) {
    return raw.slice(0, rawDot) + name.slice(dot);
  }
  return encoded;
}

/** Where a file name is the last part of a path. */
function isEndOf(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`) || path.endsWith(`\\${name}`);
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
