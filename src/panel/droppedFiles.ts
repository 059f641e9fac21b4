import * as vscode from 'vscode';

/** The dropped files that may become input images, and the names of the others. */
export interface DroppedFiles {
  readonly allowed: readonly vscode.Uri[];
  readonly refused: readonly string[];
}

/**
 * Takes files of the workspace and images that Easel has made. The page is not trusted with paths: anything else that it
 * names could be any file of the machine.
 */
export function sortDroppedFiles(
  uris: readonly string[],
  isOwnImage: (uri: string) => boolean,
): DroppedFiles {
  const files = uris.map(parse);
  const isAllowed = (file: vscode.Uri): boolean =>
    isOwnImage(file.toString()) || isInWorkspace(file);
  return {
    allowed: files.flatMap((file) => (file && isAllowed(file) ? [file] : [])),
    refused: files.flatMap((file, index) =>
      file && isAllowed(file) ? [] : [nameOf(file, uris[index] ?? '')],
    ),
  };
}

/** Undefined for what is no address. */
function parse(text: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(text, true);
    // The window's name for what this host, which runs beside the files, calls a file.
    if (uri.scheme !== 'vscode-remote') return uri;
    // Of a window on another machine, it would be another file of that path.
    const isHere = uri.authority.split('+')[0] === vscode.env.remoteName?.split('+')[0];
    return isHere ? vscode.Uri.file(uri.path) : undefined;
  } catch {
    return undefined;
  }
}

/** A path that climbs is not looked at any further. */
function isInWorkspace(uri: vscode.Uri): boolean {
  const climbs = uri.path.split(/[\\/]/).some((part) => part === '..' || part === '.');
  return !climbs && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

function nameOf(uri: vscode.Uri | undefined, text: string): string {
  const path = uri?.path ?? text;
  return path.slice(path.lastIndexOf('/') + 1) || text;
}
