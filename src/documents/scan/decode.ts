// What the escapes of languages stand for: the way back from `linkFormats`.

const namedReferences: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lbrace: '{',
  rbrace: '}',
  lbrack: '[',
  rbrack: ']',
  vert: '|',
  grave: '`',
  hellip: '…',
  ndash: '–',
  mdash: '—',
};

/** Text with the character references of HTML resolved; of the named ones those that people write. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi,
    (all, decimal: string, hex: string, name: string) => {
      if (name) return namedReferences[name] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/** Whether a target names something by a scheme, such as `https:`; a drive of Windows is none. */
export function hasScheme(target: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(target);
}

/** The path that a URL stands for, without query and fragment; a URL with a scheme, or with a template in it, as it is. */
export function decodeUrl(url: string): string {
  if (hasScheme(url) && !/^file:/i.test(url)) return url;
  if (isTemplate(url)) return url;
  const end = url.search(/[?#]/);
  return decodePercent(end < 0 ? url : url.slice(0, end));
}

/** Percent signs that encode nothing stay. */
function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** Whether something fills the target in before it is read: no file can be told from it. */
export function isTemplate(target: string): boolean {
  return /\{\{|\{%|\$\{|<%|<\?|\{[\w-]+\}/.test(target);
}

/** The string that a literal of JavaScript or JSON stands for, given without its quotes. */
export function decodeScriptString(text: string): string {
  if (!text.includes('\\')) return text;
  const controls: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    b: '\b',
    f: '\f',
    v: '\v',
    '0': '\0',
  };
  return text.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[\s\S]))/gi,
    (_all, point: string, unit: string, byte: string, other: string) => {
      const code = point ?? unit ?? byte;
      if (code !== undefined) {
        const value = Number.parseInt(code, 16);
        return value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
      }
      if (/[\r\n]/.test(other)) return '';
      return controls[other] ?? other;
    },
  );
}
