import { characterReference, percentEncode, urlPath } from './url';

/** In angle brackets where there are spaces or parentheses, which stay readable so. */
function markdownDestination(path: string): string {
  const url = percentEncode(urlPath(path), /&(?=#?\w+;)|^ | $/g);
  return /[ ()]/.test(url) ? `<${url}>` : url;
}

/** Backticks bind tighter than the image and heed no backslash, hence the character reference. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\*_{}[\]<>|~^$]|&(?=#?\w+;)|:(?=\/\/)/g, '\\$&')
    .replaceAll('`', characterReference);
}

/** An image between words. */
export function markdownImage(path: string, altText: string): string {
  return `![${markdownText(altText)}](${markdownDestination(path)})`;
}
