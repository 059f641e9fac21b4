import type * as vscode from 'vscode';

/** A web site that a document belongs to. */
export interface Site {
  /** The folder whose files lie at the root of the site, such as `static` or `public`. */
  readonly root: vscode.Uri;
  /** What stands before a path from the root, such as `/`. */
  readonly prefix: string;
}

/** The site of a document, by the setting or by what its project is built with; undefined where there is none. */
export async function siteOf(_document: vscode.Uri): Promise<Site | undefined> {
  return undefined;
}
