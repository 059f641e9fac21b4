import { posix } from 'node:path';
import * as vscode from 'vscode';
import { linkSettings } from '../settings/linkSettings';
import { resolveAssetsFolder } from '../workspace/savePath';
import { type FolderNames, isProjectPage, siteIn } from './siteRules';

/** A web site that a document belongs to. */
export interface Site {
  /** The folder whose files lie at the root of the site, such as `static` or `public`. */
  readonly root: vscode.Uri;
  /** What stands before a path from the root, such as `/`. */
  readonly prefix: string;
}

/** Projects get their files seldom, and a plan asks for many documents of one. */
const namesLifetime = 5000;
const maxFolders = 500;
const known = new Map<string, { readonly names: Promise<FolderNames>; readonly until: number }>();

/** The site of a document, by the setting or by what its project is built with; undefined where there is none. */
export async function siteOf(document: vscode.Uri): Promise<Site | undefined> {
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (!workspaceFolder) return undefined;
  const { siteRoot } = linkSettings(document);
  if (siteRoot === 'off') return undefined;
  const folder = posix.dirname(document.path);
  const isPage = !isProjectPage(posix.basename(document.path));
  if (siteRoot !== '') {
    const chosen = resolveAssetsFolder(siteRoot, workspaceFolder.path);
    if (chosen.kind === 'folder') {
      const isShown = isPage || folder !== posix.join(workspaceFolder.path);
      return isShown ? siteAt(document.with({ path: chosen.path })) : undefined;
    }
  }

  for (const path of foldersUpTo(folder, workspaceFolder.path)) {
    const project = workspaceFolder.with({ path });
    const found = siteIn(await namesIn(project));
    if (!found) continue;
    if (found.root === undefined) return undefined;
    if (!isPage && folder === path && !found.hasReadmePages) return undefined;
    return siteAt(vscode.Uri.joinPath(project, found.root));
  }
  return undefined;
}

function siteAt(root: vscode.Uri): Site {
  return { root: root.with({ query: '', fragment: '' }), prefix: '/' };
}

/** From the folder to the workspace folder, both included. */
function foldersUpTo(folder: string, workspaceFolder: string): string[] {
  const top = workspaceFolder.replace(/(?<=.)\/$/, '');
  const folders = [folder];
  for (let path = folder; path !== top && path !== posix.dirname(path); ) {
    path = posix.dirname(path);
    folders.push(path);
  }
  return folders;
}

function namesIn(folder: vscode.Uri): Promise<FolderNames> {
  const key = folder.toString();
  const now = Date.now();
  const remembered = known.get(key);
  if (remembered && remembered.until > now) return remembered.names;
  if (known.size >= maxFolders) known.clear();
  const names = readNames(folder);
  known.set(key, { names, until: now + namesLifetime });
  return names;
}

async function readNames(folder: vscode.Uri): Promise<FolderNames> {
  const files = new Set<string>();
  const folders = new Set<string>();
  try {
    for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
      // A symbolic link has the bit of what it leads to as well.
      (type & vscode.FileType.Directory ? folders : files).add(name);
    }
  } catch {
    // The document's folder may not be there yet, or not any more; then it tells nothing.
  }
  return { files, folders };
}
