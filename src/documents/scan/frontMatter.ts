import type { ImageLink } from '../imageLink';
import { decodeScriptString, decodeUrl } from './decode';
import { linesFrom, longest, oneLine, type TextRange } from './scanner';

// The fields of a front matter that name an image: YAML between `---`, TOML between `+++`.

const fieldNames =
  'image|cover|banner|thumbnail|thumb|hero|og_image|ogImage|featured_image|featuredImage|featureImage|feature_image|heroImage|hero_image|coverImage|cover_image|bannerImage|banner_image';
const field = new RegExp(`^(\\s*)(?:-\\s+)?(["']?)(?:${fieldNames})\\2[ \\t]*[:=][ \\t]*`, 'i');
const anyKey = /^(\s*)(?:-\s+)?["']?([\w-]+)["']?[ \t]*[:=][ \t]*/;
const imageFile = /\.(?:png|jpe?g|webp|gif|svg|avif|bmp|tiff?)(?:[?#].*)?$/i;

/** Between the lines that begin and end it; undefined without one. */
function frontMatter(text: string): (TextRange & { readonly after: number }) | undefined {
  const open = /^\ufeff?(---|\+\+\+)[ \t]*\r?\n/.exec(text.slice(0, 100));
  if (!open) return undefined;
  const mark = open[1] ?? '';
  const start = open[0].length;
  // The line break before the mark may be the one that ends the opening line.
  for (
    let at = text.indexOf(`\n${mark}`, start - 1);
    at >= 0;
    at = text.indexOf(`\n${mark}`, at + 1)
  ) {
    const feed = text.indexOf('\n', at + 1);
    const lineEnd = feed < 0 ? text.length : feed;
    if (lineEnd - at < 100 && text.slice(at + 1, lineEnd).trim() === mark) {
      return { start, end: at + 1, after: feed < 0 ? text.length : feed + 1 };
    }
  }
  return undefined;
}

/** Where the text of a document begins. */
export function frontMatterEnd(text: string): number {
  return frontMatter(text)?.after ?? 0;
}

/** The fields that name an image, or that have nothing in them yet. */
export function frontMatterImages(text: string): ImageLink[] {
  const range = frontMatter(text);
  if (!range) return [];
  const lines = Array.from(linesFrom(text.slice(0, range.end), range.start));
  const texts = lines.map(({ start, end }) => text.slice(start, end));
  const parents = parentLines(texts);
  const altTexts = altTextsFor(texts);
  return texts.flatMap((line, index) => {
    const key = field.exec(line);
    if (!key) return [];
    const lineStart = lines[index]?.start ?? 0;
    const from = key[0].length;
    const value = fieldValue(line.slice(from));
    if (!value) return [];
    const isEmpty = value.target === '';
    const isBlock = isEmpty && value.length === 0 && parents.has(index);
    if (isBlock || (!isEmpty && !isImageFile(value.target))) return [];
    const targetStart = lineStart + from + value.offset;
    return [
      {
        ...{
          kind: 'field' as const,
          start: lineStart + key[0].search(/\S/),
          end: lineStart + from + value.length,
        },
        ...{ targetStart, targetEnd: targetStart + value.rawLength },
        ...{ target: decodeUrl(value.target), altText: altTexts(index) },
      },
    ];
  });
}

function isImageFile(target: string): boolean {
  return target.length <= longest && imageFile.test(target);
}

interface FieldValue {
  readonly target: string;
  /** Of the raw target in the value, and of the whole value. */
  readonly offset: number;
  readonly rawLength: number;
  readonly length: number;
}

/** Undefined for what is no string. */
function fieldValue(raw: string): FieldValue | undefined {
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(raw);
  const single = double ? null : /^'((?:[^']|'')*)'/.exec(raw);
  const quoted = double ?? single;
  if (quoted) {
    const [all, inner = ''] = quoted;
    const target = double ? decodeScriptString(inner) : inner.replaceAll("''", "'");
    return { target, offset: 1, rawLength: inner.length, length: all.length };
  }
  const comment = raw.search(/(?:^|\s)#/);
  const plain = (comment < 0 ? raw : raw.slice(0, comment)).trimEnd();
  if (/^[[{|>&*!~]|^(?:null|true|false)$/i.test(plain)) return undefined;
  return { target: plain, offset: 0, rawLength: plain.length, length: plain.length };
}

/** The lines to which lines below belong: tables and lists. */
function parentLines(lines: readonly string[]): ReadonlySet<number> {
  const parents = new Set<number>();
  let below = '';
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(below) > indentOf(line) || /^\s*-\s/.test(below)) parents.add(index);
    below = line;
  }
  return parents;
}

function indentOf(line: string): number {
  return line.search(/\S|$/);
}

/** So many lines away a text still belongs to an image. */
const nearby = 6;

/** For the field of a line: of the same table (`alt`, `image_alt`, `caption`), else the title of the document. */
function altTextsFor(lines: readonly string[]): (index: number) => string {
  const texts = new Map<number, string>();
  let title = '';
  for (const [index, line] of lines.entries()) {
    const key = anyKey.exec(line);
    if (!key) continue;
    const name = (key[2] ?? '').toLowerCase().replaceAll('-', '_');
    const isAltText = /^(?:(?:image|cover|banner|hero)_?)?(?:alt|caption)$/.test(name);
    if (!isAltText && (name !== 'title' || indentOf(line) > 0)) continue;
    const text = oneLine(fieldValue(line.slice(key[0].length))?.target ?? '');
    if (isAltText) texts.set(index, text);
    else title = text;
  }
  return (index) => {
    const indent = indentOf(lines[index] ?? '');
    for (let at = index - nearby; at <= index + nearby; at++) {
      const text = texts.get(at);
      if (text !== undefined && indentOf(lines[at] ?? '') === indent) return text;
    }
    return title;
  };
}
