import type { ImageModel } from '../imageModel/imageModel';
import type { Logger } from '../util/logger';
import type { FetchedJob, FetchParts } from './fetchImages';
import type { JobState } from './generationJob';
import type { JobJournal, JobStep } from './jobJournal';
import type { LostSearches } from './lostSearch';
import type { Scheduler } from './scheduler';

/** What every run works with. */
export interface JobRunParts extends Omit<FetchParts, 'model'> {
  readonly journal: Pick<JobJournal, 'reserveTask'>;
  readonly searches: LostSearches;
  readonly scheduler: Scheduler;
  readonly now: () => number;
  readonly logger: Logger;
}

/** What a run has of its own. */
export interface JobRunInput {
  readonly job: FetchedJob;
  /** @throws ImageGenerationError where there is no such model any more */
  readonly createModel: () => ImageModel;
  readonly step: JobStep;
  /** Writes the next step down. */
  readonly write: (step: JobStep) => Promise<void>;
  readonly report: (state: JobState) => void;
}
