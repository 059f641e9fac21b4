import * as vscode from 'vscode';

// As much of the built-in extension's API (extensions/git/src/api/git.d.ts in VS Code) as is used here.

/** A commit that touched a file. */
export interface GitCommit {
  readonly hash: string;
  readonly authorDate?: Date | undefined;
}

/** An open repository. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** Newest first; rejects where there is no commit yet. */
  log(options: { path: string; maxEntries: number }): Promise<readonly GitCommit[]>;
  /** Rejects for a file that the commit does not have. */
  getObjectDetails(ref: string, path: string): Promise<{ readonly size: number }>;
  buffer(ref: string, path: string): Promise<Uint8Array>;
}

/** The extension's API, version 1. */
export interface GitApi {
  /** Until the extension has looked through the workspace it opens nothing. */
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<GitApi['state']>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  /** The one that a folder lies in; null outside any, and for one that Git or the person does not trust. */
  openRepository(folder: vscode.Uri): Promise<GitRepository | null>;
}

interface GitExports {
  readonly enabled: boolean;
  /** @throws while Git is turned off */
  getAPI(version: 1): GitApi;
}

/** The API of VS Code's Git extension; undefined where it is missing, turned off, or has found no Git. */
export async function findGit(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExports>('vscode.git');
  if (!extension) return undefined;
  try {
    const git = await extension.activate();
    if (!git.enabled) return undefined;
    const api = git.getAPI(1);
    await untilReady(api);
    return api;
  } catch {
    return undefined;
  }
}

async function untilReady(api: GitApi): Promise<void> {
  if (api.state === 'initialized') return;
  await new Promise<void>((resolve) => {
    const subscription = api.onDidChangeState(() => {
      subscription.dispose();
      resolve();
    });
  });
}
