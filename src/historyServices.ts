import type * as vscode from 'vscode';
import type { GenerationJob } from './generation/generationJob';
import type { GenerationService } from './generation/generationService';
import { History } from './history/history';
import { Thumbnails } from './history/thumbnails';
import type { FileLock } from './journal/fileLock';
import type { WindowMark } from './journal/windowMark';
import type { RequestDefaults } from './settings/requestDefaults';
import type { DisposableLike } from './util/disposable';
import type { Logger } from './util/logger';
import { jobCost } from './workspace/jobCost';
import { workspaceName } from './workspace/workspaceName';

/** What the history is built from. */
export interface HistoryServicesOptions {
  readonly service: Pick<GenerationService, 'onDidChangeJob'>;
  readonly requests: Pick<RequestDefaults, 'findModel'>;
  readonly mark: WindowMark;
  readonly lock: FileLock;
  /** Easel's own storage, which all windows share. */
  readonly storage: vscode.Uri;
  readonly logger: Logger;
}

/** The part of the composition that remembers what was made, in Easel's own storage. */
export function createHistoryServices(options: HistoryServicesOptions) {
  const { service, requests, mark, lock, storage, logger } = options;
  const folder = storage.fsPath;
  const { windowId } = mark;
  const history = new History({
    ...{ folder, windowId, logger },
    exclusively: async (file, action) => {
      // The lock of a window that others do not know would be broken at once.
      await mark.begin();
      await lock.run(file, action);
    },
    labelOf: (modelId) => requests.findModel(modelId)?.label ?? modelId,
  });
  const thumbnails = new Thumbnails(folder, windowId);
  const remember = (job: GenerationJob): void => {
    const facts = { workspace: workspaceName(), cost: jobCost(job, requests) };
    history.add(job, facts).catch((error: unknown) => {
      logger.warn(`A job could not be added to the history: ${error}.`);
    });
  };
  const subscription: DisposableLike = service.onDidChangeJob((job) => {
    if (job.endedAt !== undefined) remember(job);
  });
  return { history, thumbnails, subscription };
}
