import { posix } from 'node:path';
import picomatch from 'picomatch';
import { type NameLimits, nameLimits, portableName } from './fileName';
import { type FolderRule, isInside, isPortable, newSegments } from './savePath';
import {
  type DocumentPaths,
  documentVariables,
  fillTemplate,
  timeVariables,
  variable,
} from './template';

/** Where a copied file goes: its folder as the path of a URI, and its name without extension. */
export type CopyDestination =
  | { readonly kind: 'file'; readonly folder: string; readonly base: string }
  | { readonly kind: 'refused'; readonly rule: FolderRule };

/**
 * The template of the first entry of `markdown.copyFiles.destination` whose pattern matches a document. A pattern that
 * begins with a slash is anchored in each workspace folder; all paths are those of URIs.
 */
export function findCopyTemplate(
  destinations: Readonly<Record<string, unknown>>,
  document: string,
  workspaceFolders: readonly string[],
): string | undefined {
  for (const [pattern, template] of Object.entries(destinations)) {
    if (typeof template !== 'string') continue;
    const globs = globsOf(pattern, workspaceFolders);
    if (globs.some((glob) => matches(document, glob))) return template;
  }
  return undefined;
}

/**
 * Resolves such a template as VS Code does for a file that is pasted into the document. An image's extension follows its
 * bytes, so that of the result counts as none. Unlike VS Code, what lies outside of the workspace folder is refused,
 * and so is a new folder with a name that Windows does not take.
 */
export function resolveCopyTemplate(
  template: string,
  paths: DocumentPaths,
  fileName: string,
  now: Date,
): CopyDestination {
  const documentFolder = posix.dirname(paths.document);
  const path = posix.resolve(documentFolder, fillDestination(template, paths, fileName, now));
  const folder = posix.dirname(path);
  if (!isInside(folder, paths.workspaceFolder ?? documentFolder)) {
    return { kind: 'refused', rule: 'outside' };
  }
  if (!newSegments(folder, documentFolder).every(isPortable)) {
    return { kind: 'refused', rule: 'notPortable' };
  }
  const base = posix.basename(path).replace(imageExtension, '');
  return {
    kind: 'file',
    folder,
    base: portableName(base, ownNameLimits) || withoutExtension(fileName),
  };
}

/** Documents have people's own names, so that only what file systems limit is cut. */
const ownNameLimits: NameLimits = { ...nameLimits, graphemes: nameLimits.bytes };

/** Only these: `v1.2` is a whole name. */
const imageExtension = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|svg|avif)$/i;

function fillDestination(
  template: string,
  paths: DocumentPaths,
  fileName: string,
  now: Date,
): string {
  const values = new Map([
    ...documentVariables(paths),
    ...timeVariables(now),
    ['fileName', fileName],
    ['fileExtName', posix.extname(fileName).slice(1)],
  ]);
  const trimmed = template.trim();
  const start = trimmed.startsWith('/') ? variable('documentWorkspaceFolder') : '';
  const end = trimmed === '' || trimmed.endsWith('/') ? variable('fileName') : '';
  return fillTemplate(`${start}${trimmed}${end}`, (name) => values.get(name));
}

function globsOf(pattern: string, workspaceFolders: readonly string[]): readonly string[] {
  if (pattern.startsWith('/')) return workspaceFolders.map((folder) => posix.join(folder, pattern));
  return [pattern.startsWith('**') ? pattern : `**/${pattern}`];
}

/** A pattern that is none matches nothing. */
function matches(document: string, glob: string): boolean {
  try {
    return picomatch.isMatch(document, glob, { dot: true });
  } catch {
    return false;
  }
}

function withoutExtension(fileName: string): string {
  return posix.basename(fileName, posix.extname(fileName));
}
