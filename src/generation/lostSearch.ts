import { ImageGenerationError } from '../imageModel/errors';
import type { AcceptedTask, ImageModel, ImageRequest } from '../imageModel/imageModel';
import type { Logger } from '../util/logger';
import { atOnce, type RunInTurn } from './atOnce';
import { lostTask } from './jobEnd';
import type { JobJournal } from './jobJournal';

/** What a search is made of. */
export interface LostSearch {
  readonly model: ImageModel;
  readonly jobId: string;
  readonly request: ImageRequest;
  /** When the request left, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Why its answer is not there. */
  readonly reason: ImageGenerationError;
  readonly signal: AbortSignal;
}

/** Looks for the tasks of submits whose answers were lost: for those of a model one after the other, so that no two take the same. */
export class LostSearches {
  readonly #turns = new Map<string, RunInTurn>();

  constructor(
    private readonly journal: Pick<JobJournal, 'reserveTask' | 'knownTasks' | 'othersSending'>,
    private readonly logger: Logger,
  ) {}

  /** @throws ImageGenerationError where the task cannot be told: the person is to decide then */
  find(search: LostSearch): Promise<AcceptedTask> {
    const { key } = search.model.limits;
    const inTurn = this.#turns.get(key) ?? atOnce(1);
    this.#turns.set(key, inTurn);
    return inTurn(async () => {
      try {
        return await this.#find(search);
      } catch (error) {
        if (search.signal.aborted || isTelling(error, search)) throw error;
        this.logger.warn(`the list of tasks could not be read: ${String(error)}`);
        throw search.reason;
      }
    });
  }

  async #find(search: LostSearch): Promise<AcceptedTask> {
    const { model, jobId, request, sentAt, reason, signal } = search;
    signal.throwIfAborted();
    const lost = { sentAt, request, knownTasks: () => this.journal.knownTasks({ jobId, sentAt }) };
    const result = await model.findLostTask(lost, { signal });
    if (!result.found) throw lostTask(result.candidates, reason);
    const { found, isProven } = result;
    // It may as well be the task of another job whose answer has not come, or was lost too.
    const others = isProven ? 0 : await this.journal.othersSending(jobId, request.modelId);
    if (others > 0) throw lostTask(1 + others, reason);
    if (!(await this.journal.reserveTask(found.taskId, jobId))) throw lostTask(0, reason);
    return found;
  }
}

/** Whether it says more than that the answer was lost. */
function isTelling(error: unknown, { reason }: LostSearch): boolean {
  if (!(error instanceof ImageGenerationError)) return false;
  return error.cause === reason || error.code === 'ListExpired';
}
