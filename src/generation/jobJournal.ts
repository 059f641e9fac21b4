import type { ErrorDetails, ErrorKind } from '../imageModel/errors';
import type { AcceptedTask, ImageDelivery, SubmitMode } from '../imageModel/imageModel';
import type { GenerationJob, LostAnswer, SavedImage } from './generationJob';

/** What is written down of a job, whatever becomes of it. */
type JournaledJob = Pick<
  GenerationJob,
  'id' | 'request' | 'place' | 'folder' | 'file' | 'price' | 'startedAt' | 'link'
>;

/** A failure as it is written down: without its cause. */
export interface JournaledError extends Omit<ErrorDetails, 'issue' | 'cause'> {
  readonly kind: ErrorKind;
  readonly message: string;
}

/** How far a job has come. The next step is written before it is taken, so that what happened is known at any moment. */
export type JobStep =
  /** Nothing has left; but of an earlier try, whose answer was `lost`, that is looked up first. */
  | { readonly at: 'waiting'; readonly lost?: LostAnswer | undefined }
  /** It may have left: found like this after a crash, it may have been billed. */
  | { readonly at: 'sending'; readonly mode: SubmitMode; readonly sentAt: number }
  | { readonly at: 'task'; readonly task: AcceptedTask }
  /** Paid for; the links live 24 hours. */
  | {
      readonly at: 'delivered';
      readonly delivery: ImageDelivery;
      readonly deliveredAt: number;
      readonly images: readonly SavedImage[];
      /** URI strings, by position in the delivery, under which a file may have appeared since. */
      readonly chosen: Readonly<Record<string, string>>;
    }
  /** The person decides how it goes on. */
  | {
      readonly at: 'failed';
      readonly error: JournaledError;
      readonly endedAt: number;
      readonly images: readonly SavedImage[];
      readonly delivery?: ImageDelivery | undefined;
      /** Can be asked after again. */
      readonly task?: AcceptedTask | undefined;
      readonly chosen?: Readonly<Record<string, string>> | undefined;
      readonly lost?: LostAnswer | undefined;
      readonly isTold?: boolean | undefined;
    };

/** A job that is not over, as it is written down. No key is in it. */
export interface JobRecord {
  readonly job: JournaledJob;
  readonly step: JobStep;
}

/** The port to what survives the end of the extension host; one window owns each record. */
export interface JobJournal {
  /**
   * Writes a new record, or the next step of one that this window owns; resolves once it is on disk.
   * @throws JobTakenOver when another window owns it by now; any other error when it cannot be written
   */
  write(record: JobRecord): Promise<void>;
  /** Forgets a job that is over. @throws when another window may still go on with it */
  remove(jobId: string): Promise<void>;
  /** Takes over the records that belong to this window's workspace or to none, and that no living window owns. */
  claim(): Promise<readonly JobRecord[]>;
  /** Takes a task for a job, among all windows and for a day after that is over; false where another job has it. */
  reserveTask(taskId: string, jobId: string): Promise<boolean>;
  /** The ids of all tasks that were reserved in the last day or two, but for those that this try of the job has taken. */
  knownTasks(own: {
    readonly jobId: string;
    readonly sentAt: number;
  }): Promise<ReadonlySet<string>>;
  /** How many other jobs of that model, in whatever window, have sent for a task that nobody knows yet, or have lost it. */
  othersSending(jobId: string, modelId: string): Promise<number>;
}

/** Another window goes on with the job; this one must not touch it. */
export class JobTakenOver extends Error {
  override readonly name = 'JobTakenOver';
}
