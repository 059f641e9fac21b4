import * as z from 'zod/mini';
import type { Cost } from '../cost/estimate';
import type { ImageRequest, ImageSize } from '../imageModel/imageModel';
import { requestSchema } from '../journal/jobSchema';
import type { HistoryImage, HistoryJob } from './historyJob';

// A history is read as a whole when the panel opens, thousands of jobs at once, and zod would take four times as long as
// everything else. So the lines are looked at with plain predicates, and a request with its schema when it is asked for.

type Test = (value: unknown) => boolean;

/** A test for each field of a type: one that the type gets does not compile until it is here. */
type Tests<T> = { readonly [K in keyof T]-?: Test };

const isText: Test = (value) => typeof value === 'string';
/** Of a file: what is none could not be shown, and must not keep everything else from being shown. */
const isAddress: Test = (value) =>
  typeof value === 'string' && /^[a-z][\w+.-]*:\/\/.*\//i.test(value);
const isNumber: Test = (value) => Number.isFinite(value);
const isSizeName = oneOf('1K', '2K', '4K', 'auto');
const isPixels = fits<ImageSize>({ width: isNumber, height: isNumber });

const isImage = fits<HistoryImage>({
  id: isText,
  position: isNumber,
  uri: isAddress,
  mediaType: oneOf('image/png', 'image/jpeg', 'image/webp'),
  size: isPixels,
  keptBecause: optional(isText),
  actualPrompt: optional(isText),
});

type BasicRequest = Pick<ImageRequest, 'modelId' | 'prompt' | 'size' | 'count'>;

/** Of the request, only the basic fields are sure; see {@link withSureRequest}. */
export const isStoredJob = fits<HistoryJob>({
  id: isText,
  workspace: optional(isText),
  regionId: isText,
  requestId: isText,
  request: fits<BasicRequest>({
    modelId: isText,
    prompt: isText,
    size: (value) => isPixels(value) || isSizeName(value),
    count: isNumber,
  }),
  startedAt: isNumber,
  endedAt: optional(isNumber),
  cost: optional(
    fits<Cost>({
      amount: isNumber,
      currency: oneOf('CNY', 'USD'),
      isUpTo: (value) => typeof value === 'boolean',
    }),
  ),
  images: (value) => Array.isArray(value) && value.every(isImage),
  parts: optional(
    (value) => Array.isArray(value) && value.every((part) => isText(part) || isNumber(part)),
  ),
});

/** The job with a request that can be sent again; of one that is damaged, the basic fields are left. */
export function withSureRequest(job: HistoryJob): HistoryJob {
  const { modelId, prompt, size, count } = job.request;
  const parsed = z.safeParse(requestSchema, job.request);
  return { ...job, request: parsed.success ? parsed.data : { modelId, prompt, size, count } };
}

function fits<T>(tests: Tests<T>): (value: unknown) => value is T {
  const all = Object.entries<Test>(tests);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = value as Readonly<Record<string, unknown>>; // Any object is one.
    return all.every(([name, test]) => test(fields[name]));
  };
}

function optional(test: Test): Test {
  return (value) => value === undefined || test(value);
}

function oneOf(...words: readonly string[]): Test {
  return (value) => words.some((word) => word === value);
}
