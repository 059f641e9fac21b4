import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ImageLink } from './imageLink';
import { isLocalTarget } from './imageLinks';
import { fileUriAt } from './insertionPoint';
import { linkFormatFor } from './linkFormats';
import type { Site } from './site';

/** What is asked of a document; VS Code's own fits. */
export type LinkingDocument = Pick<
  vscode.TextDocument,
  'uri' | 'languageId' | 'fileName' | 'getText'
>;

/** An image link whose file is not there. */
export interface MissingImage {
  readonly link: ImageLink;
  /** Where the link looks for the file; undefined where it names none yet. */
  readonly file: vscode.Uri | undefined;
}

/** The file that a link means; undefined for what is in the Web, for no target, and for a document without a file. */
export function linkedFile(
  document: LinkingDocument,
  link: Pick<ImageLink, 'start' | 'target'>,
  site: Site | undefined,
): vscode.Uri | undefined {
  return fileFinder(document, site)(link)[0];
}

/** Whether a file lies in the workspace. */
function isInWorkspace(file: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(file) !== undefined;
}

/** Whether Easel may make a file for a document: in the workspace, or beside a document that lies outside of one. */
export function mayMake(file: vscode.Uri, document: vscode.Uri): boolean {
  if (isInWorkspace(file)) return true;
  if (isInWorkspace(document)) return false;
  const beside = document.path.slice(0, document.path.lastIndexOf('/') + 1);
  return file.scheme === document.scheme && file.path.startsWith(beside);
}

/**
 * The links whose files are not there, and those that name none yet, each with the file that it lacks. Looks folder by
 * folder, so that a thousand links cost no more than their folders.
 */
export async function findMissingImages(
  document: LinkingDocument,
  links: readonly ImageLink[],
  site: Site | undefined,
): Promise<MissingImage[]> {
  const filesOf = fileFinder(document, site);
  const located = links
    .filter(({ target }) => isLocalTarget(target))
    .map((link) => ({ link, files: filesOf(link) }))
    .filter(({ link, files }) => link.target === '' || files.length > 0);
  const missing = await missingFiles(located.flatMap(({ files }) => files));
  return located
    .filter(({ files }) => files.every((file) => missing.has(file.toString())))
    .map(({ link, files }) => ({ link, file: files[0] }));
}

/**
 * The files among these that are not there, as strings. A name without an extension is there also with one of an image,
 * as TeX takes it. Upper and lower case count where the file system says so.
 */
export async function missingFiles(files: readonly vscode.Uri[]): Promise<Set<string>> {
  const byFolder = new Map<string, vscode.Uri[]>();
  for (const file of files) {
    const key = file.with({ path: posix.dirname(file.path) }).toString();
    const others = byFolder.get(key);
    if (others) others.push(file);
    else byFolder.set(key, [file]);
  }
  const missing = new Set<string>();
  await Promise.all(
    Array.from(byFolder, async ([folder, inFolder]) => {
      const names = await namesIn(vscode.Uri.parse(folder, true));
      const lowerCase = new Set(Array.from(names, (name) => name.toLowerCase()));
      for (const file of inFolder) {
        const isThere = candidateNames(posix.basename(file.path)).some((name) => names.has(name));
        if (isThere || (await isThereInOtherCase(file, lowerCase))) continue;
        missing.add(file.toString());
      }
    }),
  );
  return missing;
}

const graphicsExtensions = ['.pdf', '.png', '.jpg', '.jpeg', '.eps', '.svg', '.webp'];

function candidateNames(name: string): readonly string[] {
  return posix.extname(name) === ''
    ? [name, ...graphicsExtensions.map((extension) => name + extension)]
    : [name];
}

/** Of everything but folders. On disk without VS Code, which would ask its window first. */
async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    if (folder.scheme === 'file') {
      const entries = await readdir(folder.fsPath, { withFileTypes: true });
      return new Set(entries.filter((each) => !each.isDirectory()).map(({ name }) => name));
    }
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return new Set(
      entries.filter(([, type]) => type !== vscode.FileType.Directory).map(([name]) => name),
    );
  } catch {
    return new Set();
  }
}

/** Only the file system knows whether it holds two names for the same. */
async function isThereInOtherCase(
  file: vscode.Uri,
  lowerCase: ReadonlySet<string>,
): Promise<boolean> {
  if (!lowerCase.has(posix.basename(file.path).toLowerCase())) return false;
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where links may find their files: first where one would be made. Links that come in order cost no more than the text
 * between them.
 */
export function fileFinder(
  document: LinkingDocument,
  site: Site | undefined,
): (link: Pick<ImageLink, 'start' | 'target'>) => vscode.Uri[] {
  const uri = fileUriAt(document.uri);
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const format = linkFormatFor(document.languageId, document.fileName);
  const isLatex = format.languageIds.includes('latex');
  const text = format.baseFolder || isLatex ? document.getText() : '';
  let graphics: readonly string[] | undefined;
  let base: string | undefined;
  let readTo = 0;
  const baseAt = (start: number): string => {
    if (start < readTo) {
      base = undefined;
      readTo = 0;
    }
    base = format.baseFolder?.(text.slice(readTo, start), base);
    readTo = start;
    return base ?? '.';
  };
  return ({ target, start }) => {
    if (target === '' || !isLocalTarget(target) || target.includes('\0')) return [];
    // Half a character can be in no URI.
    if (!target.isWellFormed()) return [];
    if (/^file:/i.test(target)) return fileOfUrl(target);
    // Elsewhere a backslash is a letter of the name.
    const path = process.platform === 'win32' ? target.replaceAll('\\', '/') : target;
    // Another computer would be told that somebody looks at the link.
    if (path.startsWith('//')) return [];
    if (/^[a-z]:/i.test(path)) return [vscode.Uri.file(path)];
    if (path.startsWith('/')) {
      return isLatex ? [at(uri, path)] : fromRoot(path, root, site, uri);
    }
    if (uri.scheme === 'untitled') return [];
    const folder = posix.resolve(posix.dirname(uri.path), baseAt(start));
    graphics ??= isLatex ? graphicsFolders(text) : [];
    const folders = path.startsWith('.') ? [] : graphics;
    return [...folders, '.'].map((each) => at(uri, posix.resolve(folder, each, path)));
  };
}

function at(document: vscode.Uri, path: string): vscode.Uri {
  return document.with({ path, query: '', fragment: '' });
}

/** A computer in the address would be told that somebody looks at the link. */
function fileOfUrl(target: string): vscode.Uri[] {
  try {
    const { authority, path } = vscode.Uri.parse(
      target.replace(/[?#%]/g, encodeURIComponent),
      true,
    );
    // Windows takes either slash.
    const isHere = /^(?:localhost)?$/i.test(authority) && !/^[\\/]{2}/.test(path);
    return isHere ? [vscode.Uri.file(path)] : [];
  } catch {
    return [];
  }
}

function fromRoot(
  path: string,
  root: vscode.Uri | undefined,
  site: Site | undefined,
  document: vscode.Uri,
): vscode.Uri[] {
  const files: vscode.Uri[] = [];
  if (site && path.startsWith(site.prefix)) {
    files.push(vscode.Uri.joinPath(site.root, path.slice(site.prefix.length)));
  }
  if (root) files.push(vscode.Uri.joinPath(root, path));
  // What has no project can only mean the file system; inside one, that is where a link may point as well.
  if (document.scheme === 'file') files.push(at(document, path));
  return files;
}

/** Where LaTeX looks for images, beside the folder of the main document. */
function graphicsFolders(text: string): readonly string[] {
  const list = /^[^%\n]*\\graphicspath\s*\{((?:\s*\{[^{}]*\})*)\s*\}/m.exec(text)?.[1] ?? '';
  return Array.from(list.matchAll(/\{([^{}]*)\}/g), ([, folder = '']) => folder.trim()).filter(
    (folder) => folder !== '' && !folder.startsWith('/'),
  );
}
