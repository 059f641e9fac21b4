// Comments of one line that hold any text. Signs that would end them early, or that a template engine reads even within
// them, give way to harmless ones.

/** What a comment can hold in every language: one line, as control characters do not print. */
export function commentLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Of HTML, Markdown and wikis; shortcodes, Jinja, Liquid and Blade look for their signs in it too. */
export function markupComment(text: string): string {
  const safe = commentLine(text)
    .replace(/-(?=-)/g, '- ')
    .replace(/[<>@]/g, ' ')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .replace(/\[(?=\[)|\](?=\])/g, '$& ');
  return `<!-- ${safe} -->`;
}

/** Between signs of its own at both ends, such as those of CSS. */
export function blockComment(open: string, close: string, text: string): string {
  const [first = '', ...others] = close;
  const parted = `${first} ${others.join('')}`;
  return `${open} ${commentLine(text).replaceAll(close, parted)} ${close}`;
}

/** To the end of the line. */
export function lineComment(open: string, text: string): string {
  // A backslash at the end carries the comment on to the next line in C and in Make.
  return `${open} ${commentLine(text).replace(/\\+$/, '')}`.trimEnd();
}
