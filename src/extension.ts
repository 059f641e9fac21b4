import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from './commands/commandIds';
import { detailsScheme } from './commands/detailsScheme';
import { registerImageActions } from './documents/registerImageActions';
import { registerOwnImagePaste } from './documents/registerOwnImagePaste';
import type { Easel } from './easel';
import { recordsFolder } from './journal/recordsFolder';
import { studioViewType } from './panel/studioViewType';

// Easel starts with every window, because what was paid for must not wait for somebody to run a command. So only this
// file is read then; the rest is a bundle of its own, which the first use loads.

/** What a document has in it where images are still to come. */
const waitingMark = /\beasel:[\da-f]{8}\b/;

/** How often it is looked whether a window has left jobs behind, in milliseconds. */
const lookAgainMs = 60_000;

export function activate(context: vscode.ExtensionContext): void {
  let easel: Easel | undefined;
  const load = (): Easel => {
    // Not a dynamic import, which would come a moment later and another way.
    const { createEasel }: typeof import('./easel') = require('./easel');
    easel ??= createEasel(context);
    return easel;
  };
  const folder = recordsFolder(context.globalStorageUri.fsPath);
  const resumeJobs = async (): Promise<void> => {
    const names = await readdir(folder).catch(() => []);
    if (names.some((name) => path.extname(name) === '.json')) await load().resumeJobs();
  };
  const resume = (): void => {
    resumeJobs().catch((error: unknown) => console.error(error));
  };
  resume();
  const settle = (document: vscode.TextDocument): void => {
    if (!waitingMark.test(document.getText())) return;
    load()
      .documents.settleWaiting(document)
      .catch((error: unknown) => console.error(error));
  };
  vscode.workspace.textDocuments.forEach(settle);
  const timer = setInterval(resume, lookAgainMs);
  context.subscriptions.push(
    { dispose: () => clearInterval(timer) },
    vscode.workspace.onDidOpenTextDocument(settle),
    vscode.window.registerWebviewPanelSerializer(studioViewType, {
      deserializeWebviewPanel: (panel) => load().restoreStudio(panel),
    }),
    registerOwnImagePaste(() => load().documents.ownImages),
    registerImageActions(() => load().documents),
    vscode.workspace.registerTextDocumentContentProvider(detailsScheme, {
      provideTextDocumentContent: (uri) => load().documents.detailsText(uri),
    }),
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, (argument: unknown, selected: unknown) =>
        load().runCommand(id, argument, selected),
      ),
    ),
  );
}
