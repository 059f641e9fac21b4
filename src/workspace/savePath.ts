import { posix } from 'node:path';
import { isWindowsDevice } from './fileName';

/** Why an assets folder cannot be used; `notPortable` is a name that Windows does not take as it is written. */
export type FolderRule = 'empty' | 'absolute' | 'outside' | 'notPortable';

/** Where images go, as the path of a URI, or the rule that the setting breaks. */
export type AssetsFolder =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'refused'; readonly rule: FolderRule };

/**
 * Resolves the value of the assets folder setting in a workspace folder, given by the path of its URI. Both separators
 * are understood on every system, because the setting is shared with people on other ones; `.` is the workspace folder.
 */
export function resolveAssetsFolder(setting: string, workspaceFolderPath: string): AssetsFolder {
  const relative = setting.trim().replaceAll('\\', '/');
  if (relative === '') return refused('empty');
  // Also `C:images`, which Windows reads relative to that drive, and a shell's `~`, which here would be a folder's name.
  if (/^(?:[/~]|[a-z]:)/i.test(relative)) return refused('absolute');
  if (!relative.split('/').every(isPortable)) return refused('notPortable');
  const root = posix.join('/', workspaceFolderPath, '/');
  const path = posix.join(root, relative, '/');
  if (!path.startsWith(root)) return refused('outside');
  return { kind: 'folder', path: withoutEndSlash(path) };
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

function refused(rule: FolderRule): AssetsFolder {
  return { kind: 'refused', rule };
}

function withoutEndSlash(path: string): string {
  return path === '/' ? path : path.replace(/\/$/, '');
}

/** A colon would write into a stream of another file there, and spaces and dots at the end are dropped: `.. ` is `..`. */
function isPortable(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return true;
  return !/[\p{Cc}<>:"|?*]|[ .]$/u.test(segment) && !isWindowsDevice(segment);
}

/** VS Code writes a drive as `/c:/` or `/C:/`, and both are the same. */
function splitDrive(path: string): { drive: string; path: string } {
  const match = /^\/([a-z]):(?=\/)/i.exec(path);
  return match
    ? { drive: match[1]?.toLowerCase() ?? '', path: path.slice(match[0].length) }
    : { drive: '', path };
}
