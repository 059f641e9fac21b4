import { posix } from 'node:path';
import { decodeReferences } from '../util/characterReferences';
import type { ImageLink } from './imageLink';

/** So much text on each side is looked at, in UTF-16 units. */
const reach = 20_000;
/** Where a heading is looked for first. */
const nearby = 4000;
const maxHeading = 120;
const maxParagraph = 300;
/** So much of a paragraph, with its markup, gives that. */
const maxRaw = 1500;

const headings: Readonly<Record<string, RegExp>> = {
  markup: /^ {0,3}#{1,6}[ \t]+(.+)$|^(\S.*)\n(?:=+|-{2,})[ \t]*$/gm,
  asciidoc: /^={1,6}[ \t]+(.+)$/gm,
  typst: /^={1,6}[ \t]+(.+)$/gm,
  org: /^\*+[ \t]+(.+)$/gm,
  restructuredtext: /^(\S.*)\n([=\-~^"'#*+.:_`])\2{2,}[ \t]*$/gm,
  latex: /\\(?:part|chapter|(?:sub)*section|frametitle|title)\*?\{([^{}\n]+)\}/g,
  html: /<h[1-6][^<>]{0,500}>([^<]+)<\/h[1-6]>/gi,
};

/** Languages whose headings are written like another one's. */
const headingKinds: Readonly<Record<string, string>> = {
  ...{ asciidoc: 'asciidoc', typst: 'typst', org: 'org', restructuredtext: 'restructuredtext' },
  ...{ latex: 'latex', tex: 'latex' },
  ...{ html: 'html', vue: 'html', svelte: 'html', astro: 'html' },
  ...{ javascriptreact: 'html', typescriptreact: 'html' },
};
const kindsByExtension: Readonly<Record<string, string>> = {
  ...{ adoc: 'asciidoc', asciidoc: 'asciidoc', typ: 'typst', org: 'org' },
  ...{ rst: 'restructuredtext', tex: 'latex', html: 'html', htm: 'html', vue: 'html' },
};

/**
 * What an image should show, as far as the text around its link tells: the alternative text alone where that describes
 * something, else with the words of the file's name, the heading above and the paragraph nearby. Empty where nothing is
 * said. Only signs of punctuation are added, so that it stays in the language of the text.
 */
export function proposePrompt(
  text: string,
  link: ImageLink,
  languageId: string,
  fileName = '',
): string {
  const { altText, target, kind } = link;
  const alt = oneLine(altText);
  if (kind === 'todo' || isDescriptive(alt)) return alt;
  const own = alt || fileWords(target);
  if (kind === 'field') return join([own, titleOf(text)]);
  const before = text.slice(Math.max(0, link.start - reach), link.start);
  const pattern = headingPattern(languageId, fileName);
  const heading = headingAbove(before, pattern);
  // What is above a heading is about something else.
  const above = paragraphAbove(before.slice(heading?.end ?? 0));
  const paragraph = above ?? paragraphBelow(text.slice(link.end, link.end + reach), pattern);
  return join([
    own,
    heading && plain(heading.text.slice(0, maxRaw)).slice(0, maxHeading),
    cut(paragraph),
  ]);
}

function isDescriptive(whole: string): boolean {
  const text = whole.slice(0, 200);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const ideographs = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0;
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  return ideographs >= 4 || letters >= 12 || (letters >= 8 && words >= 3);
}

/** Names that a camera or a person in a hurry gave say nothing. */
const meaningless =
  /^(?:img|image|images|pic|picture|photo|screenshot|figure|fig|untitled|new|final|copy|dsc|pxl|图|图片|图像|截图)$/i;

/** `hero-red-fox.png` is "hero red fox". */
function fileWords(target: string): string {
  const name = posix.basename(target.replace(/[?#].*$/s, ''), posix.extname(target));
  const words = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map((word) => word.replace(/^\d+|\d+$/g, ''))
    .filter((word) => word !== '' && !meaningless.test(word));
  const said = words.join(' ');
  // A single letter of the alphabet only counts.
  return /^[a-z]$/i.test(said) ? '' : said;
}

/** Of the front matter, which has no paragraph around. */
function titleOf(text: string): string {
  const found = /^(?:title|description)[ \t]*[:=][ \t]*["']?(.+?)["']?[ \t]*$/m.exec(
    text.slice(0, reach),
  );
  return oneLine(found?.[1] ?? '').slice(0, maxHeading);
}

function headingPattern(languageId: string, fileName: string): RegExp {
  const extension = posix.extname(fileName).slice(1).toLowerCase();
  const kind = headingKinds[languageId] ?? kindsByExtension[extension] ?? 'markup';
  return headings[kind] ?? /(?!)/g;
}

/** The last heading, and where it ends. Most are near, and looking for one far away is dear. */
function headingAbove(
  before: string,
  pattern: RegExp,
): { readonly text: string; readonly end: number } | undefined {
  for (const distance of [nearby, reach]) {
    const from = before.length <= distance ? 0 : before.indexOf('\n', before.length - distance) + 1;
    let found: { text: string; end: number } | undefined;
    for (const { 0: all, 1: first, 2: second, index } of before.slice(from).matchAll(pattern)) {
      found = { text: first ?? second ?? '', end: from + index + all.length };
    }
    if (found || before.length <= distance) return found;
  }
  return undefined;
}

const paragraphEnd = /\n[ \t]*\n/;

function paragraphAbove(section: string): string | undefined {
  const paragraphs = section.split(paragraphEnd);
  for (let paragraph = paragraphs.pop(); paragraph !== undefined; paragraph = paragraphs.pop()) {
    const text = plain(paragraph.slice(0, maxRaw));
    if (isDescriptive(text)) return text;
  }
  return undefined;
}

/** Not below the next heading. */
function paragraphBelow(after: string, heading: RegExp): string {
  const next = after.search(heading);
  const below = (next < 0 ? after : after.slice(0, next)).split(paragraphEnd).slice(0, 3);
  const texts = below.map((paragraph) => plain(paragraph.slice(0, maxRaw)));
  return texts.find(isDescriptive) ?? '';
}

/** What names something and says nothing of it. */
const namedInLatex =
  /\\(?:begin|end|includegraphics|label|(?:page)?ref|cite\w{0,20}|input|include)\*?(?:\[[^[\]]{0,500}\])?\{[^{}]{0,500}\}(?:\[[^[\]]{0,500}\])?/g;

/**
 * The words without the signs of the markup languages, which an image model would try to draw. What brackets hold is
 * limited, so that a text full of open ones is not read to its end from each.
 */
function plain(text: string): string {
  return oneLine(
    decodeReferences(
      text
        .replace(/<!--.{0,1000}?-->|\/\*.{0,1000}?\*\/|^(?:```|~~~).*?(?:```|~~~)/gms, ' ')
        .replace(/!\[[^[\]]{0,500}\](?:\([^()]{0,500}\)|\[[^[\]]{0,500}\])?/g, ' ')
        .replace(/image::?[^\s[]{0,500}\[[^[\]]{0,500}\]/g, ' ')
        .replace(/\[([^[\]]{0,500})\](?:\([^()]{0,500}\)|\[[^[\]]{0,500}\])/g, '$1')
        .replace(/^(?:\.\. |:[\w-]+:|%|\/\/|#\+).*$/gm, ' ')
        .replace(/<[^<>]{0,500}>/g, ' ')
        .replace(namedInLatex, ' ')
        .replace(/\\[a-zA-Z]+\*?(?:\[[^[\]]{0,500}\])?/g, ' ')
        .replace(/^[ \t]*(?:[-*+>|]|\d+[.)])[ \t]+/gm, '')
        .replace(/[*_`~{}|\\#]+/g, ''),
    ),
  );
}

function oneLine(text: string): string {
  // Single blanks, which are most, stay as they are.
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}

/** After the last sentence that fits, or a word. */
function cut(text: string): string {
  if (text.length <= maxParagraph) return text;
  const kept = text.slice(0, maxParagraph);
  const sentence = Math.max(
    ...['. ', '! ', '? ', '。', '！', '？'].map((end) => kept.lastIndexOf(end)),
  );
  if (sentence > maxParagraph / 3) return kept.slice(0, sentence + 1).trim();
  const word = kept.lastIndexOf(' ');
  return `${kept.slice(0, word > maxParagraph / 2 ? word : maxParagraph).toWellFormed()}…`;
}

function isSame(text = ''): (other: string | undefined) => boolean {
  return (other = '') => other.toLowerCase() === text.toLowerCase();
}

function join(parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part) => part !== undefined && part !== '');
  const said = given.filter((part, index) => !given.slice(0, index).some(isSame(part)));
  const isEastern = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(said.join(''));
  const stop = isEastern ? '。' : '.';
  return said
    .map((part = '', index) =>
      index === said.length - 1 || /[.!?。！？…]$/.test(part) ? part : part + stop,
    )
    .join(isEastern ? '' : ' ');
}
