import * as z from 'zod/mini';
import type { HistoryJob } from './historyJob';
import { isStoredJob } from './storedJob';

/** What a line of the history's log says. */
export type HistoryEvent =
  /** A job with all that it has saved; takes the place of what was said of it before. */
  | { readonly event: 'job'; readonly job: HistoryJob }
  | {
      readonly event: 'favourite';
      readonly imageIds: readonly string[];
      readonly isFavourite: boolean;
    }
  | { readonly event: 'removed'; readonly imageIds: readonly string[] }
  /** The log was written anew; the id tells it from the one before. */
  | { readonly event: 'compacted'; readonly id: string };

/** What a line turned out to be; one of a later Easel is kept as it is. */
export type HistoryLine =
  | HistoryEvent
  | { readonly event: 'newer' }
  | { readonly event: 'damaged' };

const currentVersion = 1;

/** Far above what any job needs; it is not read back when it is longer. */
const maxLineLength = 4_000_000;

const imageIds = z.array(z.string());

/** All but jobs, which have a reader of their own. */
const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('favourite'), imageIds, isFavourite: z.boolean() }),
  z.object({ event: z.literal('removed'), imageIds }),
  z.object({ event: z.literal('compacted'), id: z.string() }),
]);

const knownEvents: readonly string[] = [
  'job',
  'favourite',
  'removed',
  'compacted',
] satisfies HistoryEvent['event'][];

/** Reads a line; whatever stands there, it does not throw. */
export function parseLine(text: string): HistoryLine {
  if (text.length > maxLineLength) return { event: 'damaged' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { event: 'damaged' };
  }
  const { version, event, job } = Object(json) as Readonly<Record<string, unknown>>; // Any object is one.
  if (typeof version !== 'number' || typeof event !== 'string') return { event: 'damaged' };
  // A kind of event that is not known here is newer too.
  if (version > currentVersion || !knownEvents.includes(event)) return { event: 'newer' };
  if (event === 'job') return isStoredJob(job) ? { event, job } : { event: 'damaged' };
  const parsed = z.safeParse(eventSchema, json);
  return parsed.success ? parsed.data : { event: 'damaged' };
}

/** The line of an event, without its end. @throws when it would not be read back */
export function formatLine(event: HistoryEvent): string {
  const text = JSON.stringify({ version: currentVersion, ...event });
  if (text.length > maxLineLength) throw new Error('An entry of the history is too long.');
  return text;
}
