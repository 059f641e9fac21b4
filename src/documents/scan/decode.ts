// What the escapes of languages stand for: the way back from `linkFormats`.

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
export function decodePercent(text: string): string {
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
  const decoded = text.replace(
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
  // Two escapes may be the halves of a character, one alone is none.
  return decoded.toWellFormed();
}
