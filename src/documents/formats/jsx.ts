import { blockComment } from './comments';

/**
 * A string where it can hold the text, else an expression: a string of JSX ends at the first quotation mark, and
 * character references are read in it.
 */
function jsxAttribute(text: string): string {
  return /["\\\n]|&(?=#?\w+;)/.test(text) ? `{${JSON.stringify(text)}}` : `"${text}"`;
}

/** In Astro a string's character references are read twice: by the compiler, and in the page that it makes. */
export function astroImage(url: string, altText: string): string {
  const alt = altText.includes('&') ? `{${JSON.stringify(altText)}}` : jsxAttribute(altText);
  return `<img src="${url.replaceAll('&', '%26')}" alt=${alt} />`;
}

/** @param source the attribute's value with its quotation marks or braces */
export function jsxImage(source: string, altText: string): string {
  return `<img src=${source} alt=${jsxAttribute(altText)} />`;
}

/** Of JSX and MDX. */
export function jsxComment(text: string): string {
  return `{${blockComment('/*', '*/', text)}}`;
}
