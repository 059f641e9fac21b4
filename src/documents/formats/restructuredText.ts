import { commentLine } from './comments';

/** The path as it is, which is what Sphinx looks for, but that whitespace counts only behind a backslash. */
export function rstArgument(path: string): string {
  return path.replace(/[\\ ]|^:/g, '\\$&');
}

/** An option's text is taken as it is, but for an empty one, which would be an error. */
export function rstImage(path: string, altText: string): string {
  return `.. image:: ${rstArgument(path)}${altText === '' ? '' : `\n   :alt: ${altText}`}`;
}

/** Two dots start a directive, a target, a footnote or a substitution too, where the text looks like one. */
export function rstComment(text: string): string {
  const line = commentLine(text).replace(/:(?=:)/g, ': ');
  return `.. ${/^[[_|]/.test(line) ? `- ${line}` : line}`;
}
