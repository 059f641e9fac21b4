import type { FillItem } from '../../documents/fillPlan';
import type { CancelOutcome, GenerationJob } from '../../generation/generationJob';
import type { FillEntry } from './fillEntry';

/** A job of the plan that has ended. */
export interface EndedFill {
  readonly job: GenerationJob;
  readonly isLinkMissing: boolean;
}

/** What a session does its work with. */
export interface FillPorts {
  /** Whether the entry could be sent as it is. */
  isReady(entry: FillEntry): boolean;
  isStillMissing(item: FillItem): Promise<boolean>;
  /** @returns undefined when the person cancelled a question. @throws ImageGenerationError before anything was sent */
  start(entry: FillEntry): Promise<GenerationJob | undefined>;
  /** Waits for the end of a job, and links its image. */
  follow(item: FillItem, jobId: string): Promise<EndedFill>;
  cancel(jobId: string): Promise<CancelOutcome>;
  /** Gives a failed job another try. */
  retry(jobId: string): void;
  isRunning(jobId: string): boolean;
  /** Whether nothing of a failed job is paid for, so that another request may take its place. */
  mayReplace(jobId: string): boolean;
  onBug(error: unknown): void;
}
