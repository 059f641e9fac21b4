/** Percent-encodes each match; the bytes are those of UTF-8. */
export function percentEncode(text: string, characters: RegExp): string {
  return text.replace(characters, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&'),
  );
}

/** A character as HTML and its relatives write it where it would mean something. */
export function characterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Whether a path is a URL already, or starts at a root. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || hasScheme(path);
}

function hasScheme(path: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(path);
}

/** A path as a URL, with the characters encoded that mean something there; letters of all scripts stay readable. */
export function urlPath(path: string): string {
  // A browser takes the `a:` of the relative path `a:b.png` for a scheme.
  const isMistakable = !hasScheme(path) && /^[^/]*:/.test(path);
  return percentEncode(isMistakable ? `./${path}` : path, /[\p{Cc}%#?<>\\"`{}|^$]/gu);
}

/** A URL that can stand in quotes of either kind, in brackets and in none, whatever is in the path. */
export function bareUrl(path: string): string {
  return percentEncode(urlPath(path), /[ ()'[\]]|&(?=#?\w+;)/g);
}
