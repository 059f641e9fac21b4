import * as z from 'zod/mini';
import type { Cost } from '../cost/estimate';
import { loose, requestSchema, savedImageShape, timeSchema } from '../journal/jobSchema';
import type { HistoryImage, HistoryJob } from './historyJob';

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
export const maxLineLength = 4_000_000;

const imageIds = z.array(z.string());

const job = loose<HistoryJob>({
  id: z.string(),
  workspace: z.optional(z.string()),
  regionId: z.string(),
  requestId: z.string(),
  request: requestSchema,
  startedAt: timeSchema,
  endedAt: z.optional(timeSchema),
  cost: z.optional(
    loose<Cost>({
      amount: z.number(),
      currency: z.enum(['CNY', 'USD']),
      isUpTo: z.boolean(),
    }),
  ),
  images: z.array(
    loose<HistoryImage>({ ...savedImageShape, actualPrompt: z.optional(z.string()) }),
  ),
  parts: z.optional(z.array(z.union([z.string(), z.number()]))),
});

type Named<Name extends HistoryEvent['event']> = Extract<HistoryEvent, { event: Name }>;

// By name and not as a union: there are thousands of lines.
const schemas: { readonly [Name in HistoryEvent['event']]: z.ZodMiniType<Named<Name>> } = {
  job: loose<Named<'job'>>({ event: z.literal('job'), job }),
  favourite: loose<Named<'favourite'>>({
    event: z.literal('favourite'),
    imageIds,
    isFavourite: z.boolean(),
  }),
  removed: loose<Named<'removed'>>({ event: z.literal('removed'), imageIds }),
  compacted: loose<Named<'compacted'>>({ event: z.literal('compacted'), id: z.string() }),
};

const headSchema = z.object({ version: z.int(), event: z.string() });

/** Reads a line; whatever stands there, it does not throw. */
export function parseLine(text: string): HistoryLine {
  if (text.length > maxLineLength) return { event: 'damaged' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { event: 'damaged' };
  }
  const head = z.safeParse(headSchema, json);
  if (!head.success) return { event: 'damaged' };
  const { version, event } = head.data;
  // A kind of event that is not known here is newer too.
  if (version > currentVersion || !isKnown(event)) return { event: 'newer' };
  const parsed = z.safeDecode(schemas[event] as z.ZodMiniType<HistoryEvent>, json);
  return parsed.success ? parsed.data : { event: 'damaged' };
}

function isKnown(event: string): event is HistoryEvent['event'] {
  return Object.hasOwn(schemas, event);
}

/** The line of an event, without its end. @throws when it could not be read back */
export function formatLine(event: HistoryEvent): string {
  const schema: z.ZodMiniType<HistoryEvent> = schemas[event.event] as never; // Of that event.
  const encoded = z.safeEncode(schema, event);
  if (!encoded.success) throw new Error('An entry of the history cannot be written down.');
  const content = encoded.data as Readonly<Record<string, unknown>>; // An encoded object is one.
  const text = JSON.stringify({ version: currentVersion, ...content });
  if (text.length > maxLineLength) throw new Error('An entry of the history is too long.');
  return text;
}
