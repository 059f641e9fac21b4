import { isFields } from './fields';
import type { Strictness } from './models/modelRow';

/** What can be changed while the emulator runs; new values also hold for tasks that are not finished yet. */
export interface Settings {
  /** Milliseconds that a task is PENDING. */
  queueMs: number;
  /** Milliseconds that a task is RUNNING, and that a synchronous call takes. */
  runMs: number;
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
}

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
