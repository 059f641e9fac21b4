import { decodeReferences } from '../../util/characterReferences';
import type { ImageLink } from '../imageLink';
import { decodeScriptString, decodeUrl, isTemplate } from './decode';
import { longest } from './scanner';

/** What a tag may look like: `script` has values in braces, and components that show images. */
export type TagDialect = 'html' | 'script';

/** A path in an import, without its quotes. */
export interface ImportedPath {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The path that a variable was imported from; undefined where that is no file beside the document. */
export type ImportedPaths = (variable: string) => ImportedPath | undefined;

interface AttributeValue {
  readonly start: number;
  readonly end: number;
  /** Undefined for what is worked out when the page is made. */
  readonly value: string | undefined;
  /** The name of a variable, where the value is nothing else. */
  readonly variable?: string;
}

const opening = {
  html: /<img(?=[\s/>])/iy,
  script: /<(?:img|Image|NextImage|NuxtImg|nuxt-img|Picture)(?=[\s/>])/y,
};
/** After a name, `=` and what opens the value; blanks belong to what follows them, so that they are read once. */
const attribute = /[\s/]*([^\s"'<>/={}]+)(?:\s*=\s*(?:(["'{])|([^\s"'=<>`{]+)))?/y;
const tagEnd = /[\s/]*>/y;
const spread = /[\s/]*\{/y;
/** In UTF-16 units; what is longer is no path. */
const longestExpression = 2000;
const bareVariable = /^[\w$.]+$/;

/** The image that a tag at this place shows; undefined where there is no such tag, or no source in it to be read. */
export function imageTagAt(
  text: string,
  start: number,
  limit: number,
  dialect: TagDialect,
  imported: ImportedPaths = () => undefined,
): ImageLink | undefined {
  const open = opening[dialect];
  open.lastIndex = start;
  if (!open.test(text)) return undefined;
  const end = Math.min(limit, start + longest);
  const attributes = new Map<string, AttributeValue>();
  let offset = open.lastIndex;
  for (;;) {
    tagEnd.lastIndex = offset;
    if (tagEnd.test(text)) {
      offset = tagEnd.lastIndex;
      break;
    }
    const next = readAttribute(text, offset, end, attributes);
    if (next === undefined) return undefined;
    offset = next;
  }
  if (offset > limit) return undefined;
  return linkOf(start, offset, attributes, imported);
}

function linkOf(
  start: number,
  end: number,
  attributes: ReadonlyMap<string, AttributeValue>,
  imported: ImportedPaths,
): ImageLink | undefined {
  const source = attributes.get('src') ?? attributes.get('data-src');
  // What a framework works out (`:src`, `v-bind:src`) is there, and not to be known.
  if (!source || attributes.has(':src') || attributes.has('v-bind:src')) return undefined;
  const from =
    source.variable === undefined ? source : imported(source.variable.split('.')[0] ?? '');
  const target = from && ('path' in from ? from.path : from.value);
  if (!from || target === undefined) return undefined;
  const altText = attributes.get('alt')?.value ?? attributes.get('title')?.value ?? '';
  return {
    ...{ kind: 'link', start, end, altText: altText.trim() },
    ...{ targetStart: from.start, targetEnd: from.end },
    target: decodeUrl(target.trim()),
  };
}

/** Where the attribute ends; undefined where there is none. */
function readAttribute(
  text: string,
  from: number,
  limit: number,
  attributes: Map<string, AttributeValue>,
): number | undefined {
  spread.lastIndex = from;
  if (spread.test(text)) return braceEnd(text, spread.lastIndex, limit);
  attribute.lastIndex = from;
  const match = attribute.exec(text);
  const name = match?.[1];
  if (!match || !name) return undefined;
  const after = attribute.lastIndex;
  if (after > limit) return undefined;
  const quote = match[2];
  const bare = match[3];
  const add = (value: AttributeValue): void => {
    if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), value);
  };
  if (bare !== undefined) {
    add({ start: after - bare.length, end: after, value: decodeReferences(bare) });
    return after;
  }
  if (quote === undefined) return after;
  if (quote === '{') {
    const end = braceEnd(text, after, limit);
    if (end !== undefined) add(expression(text, after, end - 1));
    return end;
  }
  const close = text.indexOf(quote, after);
  if (close < 0 || close > limit) return undefined;
  const raw = text.slice(after, close);
  add({ start: after, end: close, value: decodeReferences(raw) });
  return close + 1;
}

/** What stands in braces: a string, or something to be worked out. */
function expression(text: string, start: number, end: number): AttributeValue {
  const raw = text.slice(start, end);
  const string = /^(\s*)(["'`])((?:[^\\]|\\[\s\S])*?)\2\s*$/.exec(raw);
  if (string) {
    const [, blanks = '', quote, inner = ''] = string;
    const from = start + blanks.length + 1;
    const value = quote === '`' && isTemplate(inner) ? inner : decodeScriptString(inner);
    return { start: from, end: from + inner.length, value };
  }
  const variable = raw.trim();
  const place = { start, end, value: undefined };
  return bareVariable.test(variable) ? { ...place, variable } : place;
}

/** Behind the brace that closes one before `from`; strings in between are heeded. */
function braceEnd(text: string, from: number, tagLimit: number): number | undefined {
  const limit = Math.min(tagLimit, from + longestExpression);
  let depth = 1;
  for (let offset = from; offset < limit; offset++) {
    const sign = text[offset];
    if (sign === '{') depth++;
    else if (sign === '}') {
      depth--;
      if (depth === 0) return offset + 1;
    } else if (sign === '"' || sign === "'" || sign === '`') {
      const close = stringEnd(text, offset, limit);
      if (close === undefined) return undefined;
      offset = close;
    }
  }
  return undefined;
}

function stringEnd(text: string, open: number, limit: number): number | undefined {
  const quote = text[open];
  for (let offset = open + 1; offset < limit; offset++) {
    if (text[offset] === '\\') offset++;
    else if (text[offset] === quote) return offset;
  }
  return undefined;
}
