import type { SubmitLimits } from '../imageModel/imageModel';

/** The port to what is known of the submits of all windows, so that they keep the limits together. */
export interface SlotLedger {
  /** Takes a slot for the job: 0, or else after how many milliseconds another try makes sense at the earliest. */
  take(limits: SubmitLimits, jobId: string): Promise<number>;
  /** Gives the place of a task back; one that has none is none. */
  release(key: string, jobId: string): Promise<void>;
  /** Nobody submits for so many milliseconds: the service has refused a submit for being busy. */
  hold(key: string, ms: number): Promise<void>;
}
