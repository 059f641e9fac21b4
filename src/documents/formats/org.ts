/**
 * As Org escapes it: brackets, and backslashes before one or at the end. Out of reach stay names with `::`, behind which
 * Org looks for a place in the file.
 */
export function orgTarget(path: string): string {
  const escaped = path.replace(/\\+(?=[[\]]|$)/g, '$&$&').replace(/[[\]]/g, '\\$&');
  return `file:${escaped}`;
}

/** A colon behind a space would start the next attribute, and nothing escapes it, so the space is one that does not break. */
export function orgAttribute(text: string): string {
  return text.replace(/ (?=:[-\w])/g, '\u00a0');
}

/** A link with a description would be a link to the image; the text of an image is an attribute above it. */
export function orgImage(path: string, altText: string): string {
  const attribute = altText === '' ? '' : `#+ATTR_HTML: :alt ${orgAttribute(altText)}\n`;
  return `${attribute}[[${orgTarget(path)}]]`;
}
