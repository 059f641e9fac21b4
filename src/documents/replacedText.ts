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

/** A path that comes into a link that stands there. */
export interface NewTarget {
  /** What names the image by now. */
  readonly raw: string;
  /** The text of the link in front of that. */
  readonly before: string;
  /** The image's path, of which the last two parts count. */
  readonly path: string;
  /** The whole path from the document, as the language writes it. */
  readonly encoded: string;
  /** The language finds a file without its extension. */
  readonly omitsExtension?: boolean | undefined;
}

/**
 * What is to name the image: nothing changes where folder and name are right, and only the extension where that alone
 * differs.
 */
export function newTarget({ raw, before, path, encoded, omitsExtension }: NewTarget): string {
  const [folder = '', name = ''] = path.split('/').slice(-2);
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot);
  const decoded = decode(raw);
  if (!isIn(decoded, folder)) return whole(raw, before, encoded);
  if (isEndOf(decoded, name) || (omitsExtension && isEndOf(decoded, stem))) return raw;
  const rawDot = raw.lastIndexOf('.');
  const decodedDot = decoded.lastIndexOf('.');
  const hasExtension = /\.[a-z\d]+$/i.test(raw);
  if (hasExtension && isEndOf(decoded.slice(0, decodedDot), stem)) {
    return raw.slice(0, rawDot) + name.slice(dot);
  }
  return whole(raw, before, encoded);
}

/** Whether a path may lead to that folder: its last folder has that name, or it says nothing of one. */
function isIn(path: string, folder: string): boolean {
  const parent = path.split(/[\\/]/).at(-2);
  return parent === undefined || ['', '.', '..', folder].includes(parent);
}

/** What is written already in front of a path is not written twice, and an empty one may lack its blank. */
function whole(raw: string, before: string, encoded: string): string {
  if (/\bfile:$/.test(before)) return encoded.replace(/^file:/, '');
  if (raw === '' && before.endsWith(':')) return ` ${encoded}`;
  // An import of a path without it would be one of a package.
  return raw.startsWith('./') && !/^[./]/.test(encoded) ? `./${encoded}` : encoded;
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
