import path from 'node:path';
import * as vscode from 'vscode';
import { GenerationService } from './generation/generationService';
import { Scheduler } from './generation/scheduler';
import type { ImageProvider } from './imageModel/imageModel';
import { FileJournal } from './journal/fileJournal';
import { FileLock } from './journal/fileLock';
import { FileSlotLedger } from './journal/fileSlotLedger';
import { clearStrayParts } from './journal/strayFiles';
import { every, WindowMark } from './journal/windowMark';
import type { Settings } from './settings/settings';
import { pause } from './util/abort';
import type { Logger } from './util/logger';
import { ImageStore } from './workspace/imageStore';
import { recipeWriter } from './workspace/recipeWriter';
import { workspaceName } from './workspace/workspaceName';

/** How this window is known to the others of the user; made anew at each activation. */
export function createWindowMark(storage: vscode.Uri, logger: Logger): WindowMark {
  const windowId = crypto.randomUUID();
  // Any command that the window itself answers.
  const answers = () => vscode.commands.executeCommand('setContext', 'easel.isLoaded', true);
  const options = { folder: storage.fsPath, windowId, every, answers, now: Date.now, logger };
  return new WindowMark(options);
}

/** What the jobs are built from. */
export interface JobServicesOptions {
  readonly provider: ImageProvider;
  readonly mark: WindowMark;
  /** Easel's own storage, which all windows share. */
  readonly storage: vscode.Uri;
  readonly logger: Logger;
  readonly settings: Pick<Settings, 'embedsRecipe'>;
}

/** The part of the composition that runs jobs, on files in Easel's own storage. */
export function createJobServices({
  provider,
  mark,
  storage,
  logger,
  settings,
}: JobServicesOptions) {
  const folder = storage.fsPath;
  const downloads = path.join(folder, 'downloads');
  const keptFolder = vscode.Uri.joinPath(storage, 'kept');
  const now = Date.now;
  const workspace = workspaceName();
  const journal = new FileJournal({ folder, workspace, mark, now, logger });
  const elapsed = (): number => performance.now();
  const lock = new FileLock({ mark, pause, elapsed, random: Math.random });
  const ledger = new FileSlotLedger({ folder, mark, lock, now, logger });
  const service = new GenerationService({
    ...{ provider, journal, now, logger },
    sink: new ImageStore(keptFolder, logger),
    scheduler: new Scheduler({ ledger, pause, now: elapsed }),
    partFile: (jobId, position) => path.join(downloads, `${jobId}-${position}.part`),
    inscribe: recipeWriter({
      isWanted: (uri) => settings.embedsRecipe(vscode.Uri.parse(uri, true)),
      logger,
    }),
    createId: () => crypto.randomUUID(),
  });
  /** Removes what crashed windows have left behind of downloads. */
  const tidyUp = (): Promise<void> => clearStrayParts(downloads, folder, now());
  return { service, keptFolder, tidyUp, lock };
}
