import { posix } from 'node:path';
import { characterReference } from './url';

/**
 * A wiki keeps its files in one place under their names. Signs that no title can have become the hyphens that MediaWiki
 * makes of them when the file is uploaded.
 */
export function wikiTarget(path: string): string {
  const name = posix
    .basename(path)
    .replace(/[#<>[\]|{}\\:\p{Cc}]|%(?=[\da-f]{2})|~(?=~~)|&(?=#?\w+;)/giu, '-')
    .replace(/[ _]+/g, ' ')
    .trim();
  return `File:${name}`;
}

/** Character references stand for every sign that starts something, links in the text among them. */
export function wikiText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replace(/[[\]{}|<>]|'(?=')|~(?=~)|_(?=_)|:(?=\/\/)/g, characterReference);
}

/** `alt` comes last of the parameters that a person may add. */
export function wikiImage(path: string, altText: string): string {
  return `[[${wikiTarget(path)}|alt=${wikiText(altText)}]]`;
}
