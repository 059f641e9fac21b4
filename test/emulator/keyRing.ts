import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal';

/** Accepted keys, each with its region, or `any`. */
export type Keys = Readonly<Record<string, string>>;

/** Whoever sent a request. */
export interface Caller {
  readonly key: string;
  /** Where the call takes place; undefined when every region's models are served. */
  readonly region: string | undefined;
}

/**
 * Finds out who calls. `region` is the one that the emulator stands for, if it is only one: keys of the others are
 * not valid there. Throws a Refusal.
 */
export function identifyCaller(
  headers: IncomingHttpHeaders,
  keys: Keys,
  region: string | undefined,
): Caller {
  const authorization = headers.authorization?.trim() ?? '';
  if (authorization === '' || authorization === 'Bearer') {
    throw new Refusal(401, 'InvalidApiKey', 'No API-key provided.');
  }
  const key = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
  const home = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (home === undefined || (region !== undefined && home !== 'any' && home !== region)) {
    throw new Refusal(401, 'InvalidApiKey', 'Invalid API-key provided.');
  }
  return { key, region: region ?? (home === 'any' ? undefined : home) };
}
