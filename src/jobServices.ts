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
import { pause } from './util/abort';
import type { Logger } from './util/logger';
import { ImageStore } from './workspace/imageStore';

/** How this window is known to the others of the user; made anew at each activation. */
export function createWindowMark(storage: vscode.Uri, logger: Logger): WindowMark {
  const windowId = crypto.randomUUID();
  return new WindowMark({ folder: storage.fsPath, windowId, every, now: Date.now, logger });
}

/** What the jobs are built from. */
export interface JobServicesOptions {
  readonly provider: ImageProvider;
  readonly mark: WindowMark;
  /** Easel's own storage, which all windows share. */
  readonly storage: vscode.Uri;
  /** The workspace's own storage, which tells it apart from others; absent without a folder. */
  readonly workspaceStorage: vscode.Uri | undefined;
  readonly logger: Logger;
}

/** How often it is looked whether another window has left jobs behind, in milliseconds. */
const lookAgainMs = 60_000;

/** The part of the composition that runs jobs, on files in Easel's own storage. */
export function createJobServices({
  provider,
  mark,
  storage,
  workspaceStorage,
  logger,
}: JobServicesOptions) {
  const folder = storage.fsPath;
  const downloads = path.join(folder, 'downloads');
  const keptFolder = vscode.Uri.joinPath(storage, 'kept');
  const now = Date.now;
  const workspace = workspaceStorage?.toString();
  const journal = new FileJournal({ folder, workspace, mark, now, logger });
  const elapsed = (): number => performance.now();
  const lock = new FileLock({ mark, pause, elapsed, random: Math.random });
  const ledger = new FileSlotLedger({ folder, mark, lock, now, logger });
  const service = new GenerationService({
    ...{ provider, journal, now, logger },
    sink: new ImageStore(keptFolder, logger),
    scheduler: new Scheduler({ ledger, pause }),
    partFile: (jobId, position) => path.join(downloads, `${jobId}-${position}.part`),
    createId: () => crypto.randomUUID(),
  });
  /** Calls back at once and then each minute while the journal has anything; what it rejects with is a bug. */
  const whenJobsAreLeft = (resume: () => Promise<void>): vscode.Disposable => {
    const look = async (): Promise<void> => {
      try {
        await clearStrayParts(downloads, folder, now());
        if (await journal.hasRecords()) await resume();
      } catch (error) {
        logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    };
    void look();
    const timer = every(lookAgainMs, look);
    return new vscode.Disposable(() => timer.dispose());
  };
  return { service, keptFolder, whenJobsAreLeft };
}
