import { isFields } from './fields';
import type { Strictness } from './models/modelRow';

/** What can be changed while the emulator runs; new values also hold for tasks that are not finished yet. */
export interface Settings {
  /** Milliseconds that a task is PENDING. */
  queueMs: number;
  /** Milliseconds that a task is RUNNING, and that a synchronous call takes: half of them take longer. */
  runMs: number;
  /** How much that varies: the standard deviation of its logarithm; 0 is not at all. */
  runSigma: number;
  /** The same seed gives the same durations in the same order. */
  runSeed: number;
  /** Bytes that an image is padded to; 0 leaves it as it was drawn. */
  imageBytes: number;
  /** Milliseconds until a result URL expires. */
  resultLifetimeMs: number;
  /** Input and parameters of async calls are only checked in the task, which then fails. */
  deferChecks: boolean;
  /** How closely calls are checked. */
  strictness: Strictness;
  /** A call in tasks of a model without tasks is throttled (429) instead of refused (403). */
  throttlesAsync: boolean;
  /** MiB of an uploaded file. */
  maxUploadMebibytes: number;
  /** Keeps the documented limits: submits per model, tasks that run at once, and 20 questions about tasks a second. */
  limitsRates: boolean;
  /** With those: a task above the number that run at once is refused (429) instead of left PENDING. */
  refusesConcurrent: boolean;
  /** Milliseconds until a new task is in the list of tasks. */
  listLagMs: number;
}

/** What holds unless something else is asked for. */
export const defaultSettings: Readonly<Settings> = {
  queueMs: 0,
  runMs: 0,
  runSigma: 0,
  runSeed: 1,
  imageBytes: 0,
  resultLifetimeMs: 24 * 60 * 60 * 1000,
  deferChecks: false,
  strictness: 'doc',
  throttlesAsync: false,
  maxUploadMebibytes: 1024,
  limitsRates: false,
  refusesConcurrent: false,
  listLagMs: 0,
};

/** Checks settings that came as JSON; throws an Error that names what is wrong with them. */
export function parseSettings(value: unknown, current: Settings): Partial<Settings> {
  if (!isFields(value)) throw new Error('settings are a JSON object');
  for (const [name, setting] of Object.entries(value)) {
    const known = Object.entries(current).find(([key]) => key === name);
    if (!known) throw new Error(`there is no setting ${name}`);
    if (typeof setting !== typeof known[1]) throw new Error(`${name} must be a ${typeof known[1]}`);
    if (name === 'strictness' && setting !== 'doc' && setting !== 'live') {
      throw new Error('strictness must be doc or live');
    }
  }
  return value; // names and types are those of the current settings
}
