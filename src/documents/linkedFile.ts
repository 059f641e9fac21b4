import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ImageLink } from './imageLink';
import { isLocalTarget } from './imageLinks';
import { fileUriOf } from './insertionPoint';
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
  return linkedFiles(document, link, site)[0];
}

/** Whether a file lies in the workspace. */
export function isInWorkspace(file: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(file) !== undefined;
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
  const located = links
    .filter(({ target }) => isLocalTarget(target))
    .map((link) => ({ link, files: linkedFiles(document, link, site) }))
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
    byFolder.set(key, [...(byFolder.get(key) ?? []), file]);
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

const graphics = ['.pdf', '.png', '.jpg', '.jpeg', '.eps', '.svg', '.webp'];

function candidateNames(name: string): readonly string[] {
  return posix.extname(name) === ''
    ? [name, ...graphics.map((extension) => name + extension)]
    : [name];
}

async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return new Set(
      entries.filter(([, type]) => !(type === vscode.FileType.Directory)).map(([name]) => name),
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

/** Where a link may find its file: first where it would be made. */
function linkedFiles(
  document: LinkingDocument,
  { target, start }: Pick<ImageLink, 'start' | 'target'>,
  site: Site | undefined,
): vscode.Uri[] {
  if (target === '' || !isLocalTarget(target) || target.includes('\0')) return [];
  if (/^file:/i.test(target)) return fileOfUrl(target);
  // Elsewhere a backslash is a letter of the name.
  const path = process.platform === 'win32' ? target.replaceAll('\\', '/') : target;
  if (/^[a-z]:/i.test(path)) return [vscode.Uri.file(path)];
  const uri = fileOf(document);
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const format = linkFormatFor(document.languageId, document.fileName);
  const isLatex = format.languageIds.includes('latex');
  if (path.startsWith('/')) {
    return isLatex
      ? [uri.with({ path, query: '', fragment: '' })]
      : fromRoot(path, root, site, uri);
  }
  if (uri.scheme === 'untitled') return [];
  const text = format.baseFolder || isLatex ? document.getText() : '';
  const folder = posix.resolve(
    posix.dirname(uri.path),
    format.baseFolder?.(text.slice(0, start)) ?? '.',
  );
  const folders = isLatex && !path.startsWith('.') ? graphicsFolders(text) : [];
  return [...folders, '.'].map((each) =>
    uri.with({ path: posix.resolve(folder, each, path), query: '', fragment: '' }),
  );
}

/** A cell counts as lying where its notebook does. */
function fileOf({ uri }: LinkingDocument): vscode.Uri {
  const open = vscode.workspace.textDocuments.find(
    (each) => each.uri.toString() === uri.toString(),
  );
  return open ? fileUriOf(open) : uri;
}

function fileOfUrl(target: string): vscode.Uri[] {
  try {
    return [vscode.Uri.file(vscode.Uri.parse(target.replace(/[?#%]/g, encodeURIComponent)).fsPath)];
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
  if (document.scheme === 'file') files.push(document.with({ path, query: '', fragment: '' }));
  return files;
}

/** Where LaTeX looks for images, beside the folder of the main document. */
function graphicsFolders(text: string): readonly string[] {
  const list = /^[^%\n]*\\graphicspath\s*\{((?:\s*\{[^{}]*\})*)\s*\}/m.exec(text)?.[1] ?? '';
  return Array.from(list.matchAll(/\{([^{}]*)\}/g), ([, folder = '']) => folder.trim()).filter(
    (folder) => folder !== '' && !folder.startsWith('/'),
  );
}
