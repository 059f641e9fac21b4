import { characterReference, isAbsolute, percentEncode, urlPath } from './url';

/** As it stands in quotes of either kind. */
export function htmlUrl(path: string): string {
  return percentEncode(urlPath(path), /[ ']/g).replaceAll('&', '&amp;');
}

/** Braces too: templates in HTML (Jinja, Liquid, Handlebars) would see a variable. */
export function htmlAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[{}]/g, characterReference);
}

/** A paragraph for each that is parted by a blank line. */
export function htmlText(text: string): string {
  return `<p>${htmlAttribute(text).replaceAll('\n\n', '</p>\n\n<p>')}</p>`;
}

/** Blade and Razor read what follows an at sign as code, wherever it stands. */
export function codeUrl(path: string): string {
  return htmlUrl(path).replaceAll('@', '%40');
}

/** See {@link codeUrl}. */
export function codeAttribute(text: string): string {
  return htmlAttribute(text).replaceAll('@', characterReference);
}

/** Vue hands an image to the bundler only where its path starts with a dot; an at sign would be an alias. */
export function vueUrl(path: string): string {
  return htmlUrl(path.startsWith('.') || isAbsolute(path) ? path : `./${path}`);
}

/** An element between words; both are escaped already. */
export function htmlImage(url: string, attribute: string): string {
  return `<img src="${url}" alt="${attribute}">`;
}
