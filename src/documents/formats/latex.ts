import { posix } from 'node:path';

/**
 * TeX looks for files from where the main document is, which editors know by a comment at the top of the others.
 * @param base what a comment above has said
 */
export function latexRootFolder(text: string, base?: string): string | undefined {
  if (base !== undefined) return base;
  const root = /^%[ \t]*![ \t]*TEX[ \t]+root[ \t]*=(.*)$/im.exec(text)?.[1]?.trim();
  return root && posix.dirname(root.replaceAll('\\', '/'));
}

/**
 * `\string`, because a file name is expanded and not typeset. Out of reach stay names with `"`, `$name` or `{a,b}`, which
 * TeX's own file search reads its own way.
 */
export function latexPath(path: string): string {
  // At the start TeX reads `~` as the home folder and a backtick as a command, and it skips spaces.
  const named = /^[~` ]/.test(path) ? `./${path}` : path;
  return named.replace(/[%#{}\\]/g, '\\string\\$&').replace(/(?<=[ /]) /g, '\\space ');
}

/** Text that LaTeX typesets as it is. */
export function latexText(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
  };
  return text.replace(/[\\~^%#&$_{}]/g, (character) => names[character] ?? `\\${character}`);
}

/** `alt` is known to graphicx since 2021 and is what tagged PDF takes for the description of the picture. */
export function latexImage(path: string, altText: string): string {
  return `\\includegraphics[width=\\linewidth, alt={${latexText(altText)}}]{${latexPath(path)}}`;
}
