import * as z from 'zod/mini';
import type { SubmitLimits } from '../imageModel/imageModel';

/** What is known of the submits under one key of limits. Times are in milliseconds since the epoch. */
export interface SlotBook {
  /** When the last submit was let through; one that was a little late counts from when it was due. */
  readonly lastSubmitAt?: number | undefined;
  /** Nobody submits in this time. */
  readonly hold?: { readonly from: number; readonly until: number } | undefined;
  /** By job id: who has a place among the tasks that are queued or running. */
  readonly places: Readonly<Record<string, SlotPlace>>;
}

/** A job's place, and the window that took it. */
export interface SlotPlace {
  readonly since: number;
  readonly windowId: string;
}

const bookSchema = z.object({
  lastSubmitAt: z.optional(z.number()),
  hold: z.optional(z.object({ from: z.number(), until: z.number() })),
  places: z.record(z.string(), z.object({ since: z.number(), windowId: z.string() })),
});

/** A book in which nothing has happened. */
export const emptyBook: SlotBook = { places: {} };

/** How much more than the shortest distance lies between submits, so that the service's own count is never exceeded. */
const margin = 0.02;
/** When a place may be free that nobody here can tell of. */
const askAgainMs = 1_000;

/** Undefined for what is no book. */
export function parseBook(text: string): SlotBook | undefined {
  try {
    const parsed = z.safeParse(bookSchema, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Without what cannot have happened yet: the clock was set back since. */
export function withoutFuture({ lastSubmitAt, hold, places }: SlotBook, now: number): SlotBook {
  return {
    lastSubmitAt: lastSubmitAt !== undefined && lastSubmitAt <= now ? lastSubmitAt : undefined,
    hold: hold && hold.from <= now ? hold : undefined,
    places: Object.fromEntries(Object.entries(places).filter(([, { since }]) => since <= now)),
  };
}

/** The book with one more submit and its place; or how many milliseconds it takes until another try makes sense. */
export function takeSlot(
  book: SlotBook,
  limits: SubmitLimits,
  taker: { readonly jobId: string; readonly windowId: string },
  now: number,
): SlotBook | number {
  const shortest = 60_000 / limits.perMinute;
  const due = (book.lastSubmitAt ?? Number.NEGATIVE_INFINITY) + shortest * (1 + margin);
  const others = Object.keys(book.places).filter((jobId) => jobId !== taker.jobId);
  const isFull = limits.concurrentTasks !== undefined && others.length >= limits.concurrentTasks;
  const freeAt = Math.max(due, book.hold?.until ?? due, isFull ? now + askAgainMs : due);
  if (freeAt > now) return Math.ceil(freeAt - now);
  const place = { since: now, windowId: taker.windowId };
  const isBatch = now - due < shortest;
  return {
    ...book,
    // Timers are late by some milliseconds each time. The margin pays for that, or a batch would fall behind.
    lastSubmitAt: isBatch ? Math.max(due, now - shortest * margin) : now,
    places:
      limits.concurrentTasks === undefined ? book.places : { ...book.places, [taker.jobId]: place },
  };
}
