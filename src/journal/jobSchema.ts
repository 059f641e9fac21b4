import * as z from 'zod/mini';
import type {
  LostAnswer,
  ReplacedText,
  SavedImage,
  WaitingText,
} from '../generation/generationJob';
import type { JobRecord, JobStep } from '../generation/jobJournal';
import type { Billed, ErrorKind } from '../imageModel/errors';
import type {
  AcceptedTask,
  ImageDelivery,
  ImageMediaType,
  ImageRequest,
  ImageSize,
  SubmitMode,
  TypedPrompt,
} from '../imageModel/imageModel';
import type { ImageFormat, InputImage } from '../imageModel/inputImage';
import { parameterShape } from '../imageModel/parameterSchema';
import type { ModelPrice } from '../imageModel/price';
import { sizeSchema } from '../imageModel/sizeSchema';

// Each object is checked against the type that it stands for: a field that a type gets does not compile until it is here.

/** A schema for each field of a type. */
type Shape<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K>
    ? z.ZodMiniOptional<z.ZodMiniType<Exclude<T[K], undefined>>>
    : z.ZodMiniType<T[K]>;
};

/** An object with these fields; others are let through as they are. */
export function loose<T>(shape: Shape<T>): z.ZodMiniType<T> {
  // The shape has the type's fields; zod adds the unknown ones, and an `undefined` that JSON does not have.
  return z.looseObject(shape) as unknown as z.ZodMiniType<T>;
}

/** One of these words, all of which have to be named. */
function oneOf<T extends string>(words: Readonly<Record<T, true>>): z.ZodMiniType<T> {
  return z.enum(Object.keys(words) as T[]); // its keys are the words
}

/** Milliseconds since the epoch; in the file as people write a time. */
const time = z.codec(z.string(), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});

const pixels = loose<ImageSize>({ width: z.number(), height: z.number() });

const errorKind = oneOf<ErrorKind>({
  auth: true,
  billing: true,
  quota: true,
  rateLimit: true,
  contentFilter: true,
  invalidRequest: true,
  modelUnavailable: true,
  network: true,
  timeout: true,
  server: true,
  badResponse: true,
  download: true,
  storage: true,
});

const inputImage = loose<InputImage>({
  uri: z.string(),
  format: z.optional(
    oneOf<ImageFormat>({ png: true, jpeg: true, webp: true, bmp: true, gif: true, tiff: true }),
  ),
  byteLength: z.optional(z.number()),
  size: z.optional(pixels),
  hasAlpha: z.optional(z.boolean()),
});

/** What a person asked for. */
export const requestSchema = loose<ImageRequest>({
  ...parameterShape,
  modelId: z.string(),
  prompt: z.string(),
  size: sizeSchema,
  count: z.number(),
  seed: z.optional(z.number()),
  negativePrompt: z.optional(z.string()),
  images: z.optional(z.array(inputImage)),
  mask: z.optional(inputImage),
  typed: z.optional(
    loose<TypedPrompt>({
      prompt: z.string(),
      style: z.string(),
      negativePrompt: z.optional(z.string()),
    }),
  ),
});

const price = loose<ModelPrice>({
  currency: oneOf<ModelPrice['currency']>({ CNY: true, USD: true }),
  image: z.number(),
  largeImage: z.optional(z.number()),
  extendedImage: z.optional(z.number()),
  inputImage: z.optional(z.number()),
  asOf: z.string(),
  source: oneOf<ModelPrice['source']>({
    official: true,
    thirdParty: true,
    otherRegion: true,
    user: true,
  }),
});

const replacedText = loose<ReplacedText>({
  text: z.string(),
  target: z.optional(
    z.looseObject({ start: z.number(), end: z.number(), isField: z.optional(z.boolean()) }),
  ),
  waiting: z.optional(
    loose<WaitingText>({
      lead: z.string(),
      trail: z.string(),
      original: z.string(),
      wasRemoved: z.optional(z.boolean()),
    }),
  ),
});

/** What is written down of a job from its start. */
export const jobSchema = loose<JobRecord['job']>({
  id: z.string(),
  request: requestSchema,
  place: loose<JobRecord['job']['place']>({
    regionId: z.string(),
    baseUrl: z.string(),
    workspaceId: z.optional(z.string()),
  }),
  folder: z.string(),
  file: z.optional(
    loose<NonNullable<JobRecord['job']['file']>>({
      base: z.string(),
      replaces: z.optional(z.string()),
    }),
  ),
  price: z.optional(price),
  startedAt: time,
  link: z.optional(
    loose<NonNullable<JobRecord['job']['link']>>({
      document: z.string(),
      offset: z.number(),
      place: z.enum(['cursor', 'belowSelection']),
      replaces: z.optional(replacedText),
      before: z.string(),
      after: z.string(),
      linked: z.array(z.string()),
    }),
  ),
});

const delivery = loose<ImageDelivery>({
  images: z.array(
    loose<ImageDelivery['images'][number]>({
      url: z.string(),
      actualPrompt: z.optional(z.string()),
    }),
  ),
  failures: z.array(
    loose<ImageDelivery['failures'][number]>({
      kind: errorKind,
      code: z.string(),
      message: z.string(),
    }),
  ),
  requestId: z.string(),
  taskId: z.optional(z.string()),
  parts: z.optional(z.array(z.union([z.string(), z.number()]))),
  usage: z.optional(
    loose<NonNullable<ImageDelivery['usage']>>({
      images: z.optional(z.number()),
      size: z.optional(pixels),
      isLarge: z.optional(z.boolean()),
      inputImages: z.optional(z.number()),
    }),
  ),
});

const savedImages = z.array(
  loose<SavedImage>({
    id: z.string(),
    position: z.number(),
    uri: z.string(),
    mediaType: oneOf<ImageMediaType>({ 'image/png': true, 'image/jpeg': true, 'image/webp': true }),
    size: pixels,
    keptBecause: z.optional(z.string()),
  }),
);

const acceptedTask = loose<AcceptedTask>({
  taskId: z.string(),
  requestId: z.string(),
  submittedAt: time,
});

const lost = loose<LostAnswer>({ sentAt: time });

const chosen = z.record(z.string(), z.string());

type Step<At extends JobStep['at']> = Extract<JobStep, { at: At }>;

const steps = {
  waiting: loose<Step<'waiting'>>({ at: z.literal('waiting'), lost: z.optional(lost) }),
  sending: loose<Step<'sending'>>({
    at: z.literal('sending'),
    mode: oneOf<SubmitMode>({ task: true, call: true }),
    sentAt: time,
  }),
  task: loose<Step<'task'>>({
    at: z.literal('task'),
    task: acceptedTask,
  }),
  delivered: loose<Step<'delivered'>>({
    at: z.literal('delivered'),
    delivery,
    deliveredAt: time,
    images: savedImages,
    chosen,
  }),
  failed: loose<Step<'failed'>>({
    at: z.literal('failed'),
    error: loose<Step<'failed'>['error']>({
      kind: errorKind,
      message: z.string(),
      code: z.string(),
      requestId: z.optional(z.string()),
      taskId: z.optional(z.string()),
      httpStatus: z.optional(z.number()),
      retryable: z.optional(z.boolean()),
      billed: z.optional(oneOf<Billed>({ no: true, maybe: true, yes: true })),
      serviceMessage: z.optional(z.string()),
    }),
    endedAt: time,
    images: savedImages,
    delivery: z.optional(delivery),
    task: z.optional(acceptedTask),
    chosen: z.optional(chosen),
    lost: z.optional(lost),
    isTold: z.optional(z.boolean()),
  }),
} satisfies { readonly [At in JobStep['at']]: z.ZodMiniType<Step<At>> };

/** How far a job has come. */
export const stepSchema: z.ZodMiniType<JobStep> = z.union(Object.values(steps));
