import * as z from 'zod/mini';
import type { ImageRequest } from '../imageModel/imageModel';
import { type InputImage, isWebImage } from '../imageModel/inputImage';
import { parameterShape } from '../imageModel/parameterSchema';
import { sizeSchema } from '../imageModel/sizeSchema';
import type { Recipe } from './recipe';

/** In UTF-16 units; far above what any model reads. */
const maxText = 100_000;

const text = z.string().check(z.maxLength(maxText));
const inputImage = z.object({ uri: text });

const requestSchema = z.object({
  ...parameterShape,
  modelId: text,
  prompt: text,
  size: sizeSchema,
  count: z.number(),
  seed: z.optional(z.number()),
  negativePrompt: z.optional(text),
  images: z.optional(z.array(inputImage)),
  mask: z.optional(inputImage),
  typed: z.optional(z.object({ prompt: text, style: text, negativePrompt: z.optional(text) })),
});

/** What a recipe of Easel's is as JSON; later versions may add fields, which earlier ones do not see. */
const recipeSchema = z.object({
  easel: z.literal(1),
  prompt: text,
  negativePrompt: z.optional(text),
  model: z.optional(text),
  seed: z.optional(z.number()),
  request: z.optional(z.unknown()),
  regionId: z.optional(text),
  requestId: z.optional(text),
  madeAt: z.optional(z.string()),
  isPlaceholder: z.optional(z.boolean()),
});

/** A recipe of Easel's as one line of JSON, without what is nobody else's business. */
export function formatRecipe({ source: _, other: __, request, madeAt, ...recipe }: Recipe): string {
  const stored = {
    easel: 1,
    ...recipe,
    ...(request && { request: withoutFiles(request) }),
    ...(madeAt !== undefined && { madeAt: new Date(madeAt).toISOString() }),
  };
  // XML knows no such characters, however they are written; JSON.stringify escapes all others that it does not know.
  return JSON.stringify(stored).replace(
    /[\u007f-\u009f\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Undefined for what is no recipe of Easel's. */
export function parseRecipe(json: string): Recipe | undefined {
  const parsed = z.safeParse(recipeSchema, parseJson(json));
  if (!parsed.success) return undefined;
  const { easel: _, request, madeAt, ...recipe } = parsed.data;
  const sure = z.safeParse(requestSchema, request);
  const time = madeAt === undefined ? Number.NaN : Date.parse(madeAt);
  return {
    source: 'easel',
    ...definedOnly(recipe),
    ...(sure.success && { request: definedOnly(sure.data) }),
    ...(Number.isFinite(time) && { madeAt: time }),
  };
}

/** Undefined for what is no JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Only what lies in the web, and needs no secret to be seen, can be found by whoever gets the image. */
function withoutFiles({ images, mask, ...request }: ImageRequest): ImageRequest {
  const shared = images?.filter(isPublic).map(({ uri }) => ({ uri }));
  return {
    ...request,
    ...(shared?.length && { images: shared }),
    ...(mask && isPublic(mask) && { mask: { uri: mask.uri } }),
  };
}

function isPublic(image: InputImage): boolean {
  const url = isWebImage(image) ? URL.parse(image.uri) : null;
  return url !== null && url.search === '' && url.username === '' && url.password === '';
}

type Defined<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: Defined<Exclude<T[K], undefined>> }
    : T;

/** What came from JSON has no `undefined` in it, though the schema's types do. */
function definedOnly<T extends object>(value: T): Defined<T> {
  return value as Defined<T>; // so it is, as said
}
