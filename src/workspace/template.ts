import { posix } from 'node:path';

/** A document, for the variables of a template; both are the paths of URIs. */
export interface DocumentPaths {
  readonly document: string;
  /** Absent for a file outside of the workspace; its own folder counts then. */
  readonly workspaceFolder?: string | undefined;
}

/** `\$`, or a variable, perhaps with a regular expression and what replaces its first match. */
const place = /\\\$|\$\{(\w+)(?:\/((?:\\\/|[^/}])+)\/((?:\\\/|[^/}])*)\/)?\}/g;

/**
 * Fills the variables of a template in as VS Code does in `markdown.copyFiles.destination`: `${name}`,
 * `${name/regular expression/replacement/}` without flags, `\/` for a slash in these, `\$` for a dollar. What has no
 * value stays as it is written, and so does a value where the regular expression is none or the replacement is empty.
 */
export function fillTemplate(
  template: string,
  value: (name: string) => string | undefined,
): string {
  return template.replaceAll(
    place,
    (whole, name?: string, pattern?: string, replacement?: string) => {
      if (name === undefined) return '$';
      const found = value(name);
      if (found === undefined || !pattern || !replacement) return found ?? whole;
      return transform(found, unescapeSlashes(pattern), unescapeSlashes(replacement));
    },
  );
}

/** How a template has a variable. */
export function variable(name: string): string {
  return `\${${name}}`;
}

/** Whether a template has a variable that has no value, or a `${` that does not begin one. */
export function hasUnknown(template: string, isKnown: (name: string) => boolean): boolean {
  const rest = template.replaceAll(place, (whole, name?: string) =>
    name === undefined || isKnown(name) ? '' : whole,
  );
  return rest.includes('${');
}

/** The variables that say where a document is and what it is called, under VS Code's names. */
export function documentVariables({
  document,
  workspaceFolder,
}: DocumentPaths): ReadonlyMap<string, string> {
  const folder = posix.dirname(document);
  const extension = posix.extname(document);
  const relative = (path: string): string =>
    workspaceFolder === undefined ? path : posix.relative(workspaceFolder, path);
  return new Map([
    ['documentDirName', folder],
    ['documentRelativeDirName', relative(folder)],
    ['documentFileName', posix.basename(document)],
    ['documentBaseName', posix.basename(document, extension)],
    ['documentExtName', extension.slice(1)],
    ['documentFilePath', document],
    ['documentRelativeFilePath', relative(document)],
    ['documentWorkspaceFolder', workspaceFolder ?? folder],
  ]);
}

/** The variables that hold a time. */
export function timeVariables(now: Date): ReadonlyMap<string, string> {
  return new Map([
    ['unixTime', String(now.getTime())],
    ['isoTime', now.toISOString()],
  ]);
}

function transform(value: string, pattern: string, replacement: string): string {
  try {
    return value.replace(new RegExp(pattern), replacement);
  } catch {
    return value;
  }
}

function unescapeSlashes(text: string): string {
  return text.replaceAll('\\/', '/');
}
