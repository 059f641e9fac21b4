import type { ReplacedText } from '../generation/generationJob';
import { decodePercent } from './scan/decode';

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
  /** The rest of the line. */
  readonly after: string;
  /** The image's file name. */
  readonly name: string;
  /** What names the image by now leads to the folder that it lies in. */
  readonly isInFolder: boolean;
  /** The whole path from the document, as the language writes it; of a field, as a URL without quotation marks. */
  readonly encoded: string;
  /** It is the value of a field of a front matter. */
  readonly isField?: boolean | undefined;
  /** The language finds a file without its extension. */
  readonly omitsExtension?: boolean | undefined;
}

/**
 * What is to name the image: nothing changes where folder and name are right, and only the extension where that alone
 * differs.
 */
export function newTarget(target: NewTarget): string {
  const { raw, name, isInFolder, omitsExtension } = target;
  if (!isInFolder) return whole(target);
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot);
  const decoded = decodePercent(raw);
  if (isEndOf(decoded, name) || (omitsExtension && isEndOf(decoded, stem))) return raw;
  const rawDot = raw.lastIndexOf('.');
  const decodedDot = decoded.lastIndexOf('.');
  const hasExtension = /\.[a-z\d]+$/i.test(raw);
  if (hasExtension && isEndOf(decoded.slice(0, decodedDot), stem)) {
    return raw.slice(0, rawDot) + name.slice(dot);
  }
  return whole(target);
}

/** With what stands around the path heeded: nothing is written twice, and blanks are where they must be. */
function whole({ raw, before, after, encoded, isField }: NewTarget): string {
  // Org: the scheme stands there already.
  if (/^\[\[(?:file|attachment):(?:\/\/)?$/.test(before)) return encoded.replace(/^file:/, '');
  // An import of a path without it would be one of a package.
  const isBare = !/^(?:[./]|[a-z][a-z\d+.-]*:)/i.test(encoded);
  const path = raw.startsWith('./') && isBare ? `./${encoded}` : encoded;
  if (isField) return fieldValue(path, before, after);
  // reStructuredText: behind a directive's name.
  return /^\.\.[ \t].*::$/.test(before) ? ` ${path}` : path;
}

/** A URL as a string of YAML or TOML; quotation marks, blanks and backslashes are encoded in it. */
function fieldValue(url: string, before: string, after: string): string {
  if (/["']$/.test(before)) return url;
  // YAML has a meaning for most other signs at the start, and TOML has no strings without quotation marks.
  const isPlain = /:\s*$/.test(before) && /^[\p{L}\p{N}./_]/u.test(url);
  const lead = /[:=]$/.test(before) ? ' ' : '';
  const trail = after.startsWith('#') ? ' ' : '';
  return lead + (isPlain ? url : `"${url}"`) + trail;
}

/** Where a file name is the last part of a path. */
function isEndOf(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`) || path.endsWith(`\\${name}`);
}
