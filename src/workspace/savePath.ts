import { posix } from 'node:path';
import { isWindowsDevice } from './fileName';
import { documentVariables, fillTemplate, hasUnknown, timeVariables } from './template';

/**
 * Why an assets folder cannot be used: `notPortable` is a name that Windows does not take as it is written,
 * `unknownVariable` one in `${…}` that there is not.
 */
export type FolderRule = 'empty' | 'absolute' | 'outside' | 'notPortable' | 'unknownVariable';

/** Where images go, as the path of a URI, or the rule that the setting breaks. */
export type AssetsFolder =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'refused'; readonly rule: FolderRule };

/** What the assets folder setting is resolved for; paths of URIs. */
export interface FolderTemplatePaths {
  readonly document?: string | undefined;
  /** Of a file outside of the workspace, its own folder. */
  readonly workspaceFolder: string;
}

/**
 * Resolves a folder in a workspace folder, given by the path of its URI; `.` is the workspace folder. Both separators
 * are understood on every system, because the setting is shared with people on other ones.
 */
export function resolveAssetsFolder(folder: string, workspaceFolderPath: string): AssetsFolder {
  const relative = folder.trim().replaceAll('\\', '/');
  if (relative === '') return refused('empty');
  // Also `C:images`, which Windows reads relative to that drive, and a shell's `~`, which here would be a folder's name.
  if (/^(?:[/~]|[a-z]:)/i.test(relative)) return refused('absolute');
  return resolveInside(relative, workspaceFolderPath, workspaceFolderPath);
}

/**
 * The same for the value of the assets folder setting, which may have the variables of a document; without one, the
 * workspace folder stands for the document's.
 */
export function resolveFolderTemplate(
  template: string,
  { document, workspaceFolder }: FolderTemplatePaths,
  now: Date,
): AssetsFolder {
  const values = new Map([
    ...(document === undefined
      ? noDocument(workspaceFolder)
      : documentVariables({ document, workspaceFolder })),
    ...timeVariables(now),
  ]);
  // Outside of a variable, a backslash is a separator, also before one.
  const slashed = template
    .trim()
    .replaceAll(/(\$\{[^}]*\})|\\/g, (_, whole?: string) => whole ?? '/');
  if (hasUnknown(slashed, (name) => values.has(name))) return refused('unknownVariable');
  const fill = (text: string): string => fillTemplate(text, (name) => values.get(name));
  const [start = '', name = ''] =
    /^\$\{(documentDirName|documentWorkspaceFolder)\}/.exec(slashed) ?? [];
  if (start === '') return resolveAssetsFolder(fill(slashed), workspaceFolder);
  const rest = fill(slashed.slice(start.length));
  const base = values.get(name) ?? workspaceFolder;
  // The folder that is named is there, whatever it is called; with more behind its name it is another one beside it.
  if (rest === '' || rest.startsWith('/')) return resolveInside(`.${rest}`, base, workspaceFolder);
  return resolveInside(`../${posix.basename(base)}${rest}`, base, workspaceFolder);
}

/** Whether a folder is another one, or lies in it; both are the paths of URIs, without `..`. */
export function isInside(path: string, folder: string): boolean {
  const inner = splitDrive(posix.join(path, '/'));
  const outer = splitDrive(posix.join('/', folder, '/'));
  return inner.drive === outer.drive && inner.path.startsWith(outer.path);
}

/** A colon would write into a stream of another file there, and spaces and dots at the end are dropped: `.. ` is `..`. */
export function isPortable(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return true;
  return !/[\p{Cc}<>:"|?*]|[ .]$/u.test(segment) && !isWindowsDevice(segment);
}

/** The end of a path that it does not share with that of a folder which is there. */
export function newSegments(path: string, existing: string): readonly string[] {
  const known = splitDrive(existing).path.split('/');
  const segments = splitDrive(path).path.split('/');
  const first = segments.findIndex((segment, index) => segment !== known[index]);
  return first === -1 ? [] : segments.slice(first);
}

/**
 * The way from one file to another as a link writes it, both given by the paths of URIs on the same authority;
 * undefined where there is none (another drive of Windows).
 */
export function relativePath(fromFilePath: string, toFilePath: string): string | undefined {
  const from = splitDrive(fromFilePath);
  const to = splitDrive(toFilePath);
  if (from.drive !== to.drive) return undefined;
  return posix.relative(posix.dirname(from.path), to.path);
}

/** `base` lies in the workspace folder or is it. */
function resolveInside(relative: string, base: string, workspaceFolder: string): AssetsFolder {
  if (!relative.split('/').every(isPortable)) return refused('notPortable');
  const path = posix.join('/', base, relative, '/');
  if (!isInside(path, workspaceFolder)) return refused('outside');
  return { kind: 'folder', path: withoutEndSlash(path) };
}

function noDocument(workspaceFolder: string): ReadonlyMap<string, string> {
  const nothing = Array.from(
    documentVariables({ document: '/', workspaceFolder }).keys(),
    (name) => [name, ''] as const,
  );
  return new Map([
    ...nothing,
    ['documentDirName', workspaceFolder],
    ['documentWorkspaceFolder', workspaceFolder],
  ]);
}

function refused(rule: FolderRule): AssetsFolder {
  return { kind: 'refused', rule };
}

function withoutEndSlash(path: string): string {
  return path === '/' ? path : path.replace(/\/$/, '');
}

/** VS Code writes a drive as `/c:/` or `/C:/`, and both are the same. */
function splitDrive(path: string): { drive: string; path: string } {
  const match = /^\/([a-z]):(?=\/|$)/i.exec(path);
  return match
    ? { drive: match[1]?.toLowerCase() ?? '', path: path.slice(match[0].length) }
    : { drive: '', path };
}
