import * as z from 'zod/mini';
import type { ImageRequest } from '../imageModel/imageModel';
import { parameterShape } from '../imageModel/parameterSchema';
import { publicRequest } from '../imageModel/publicRequest';
import { sizeSchema } from '../imageModel/sizeSchema';
import type { Recipe } from './recipe';

/** Longer ones are not read, whoever wrote them. */
export const maxPromptLength = 50_000;

/** Of a whole recipe, in UTF-16 units. */
const maxRecipeLength = 500_000;

/** Counts up when older versions of Easel would misread what is written. */
const version = 1;

const prompt = z.string().check(z.maxLength(maxPromptLength));
const name = z.string().check(z.maxLength(1000));

/** A field that is left out where it is not what it should be. */
function maybe<T>(schema: z.ZodMiniType<T>) {
  return z.catch(z.optional(schema), undefined);
}

const inputImage = z.object({ uri: z.url({ protocol: /^https?$/ }).check(z.maxLength(4000)) });

const requestSchema = z.object({
  ...parameterShape,
  modelId: z.optional(name),
  prompt: z.optional(prompt),
  size: sizeSchema,
  count: z.int().check(z.minimum(1), z.maximum(100)),
  seed: z.optional(z.number()),
  negativePrompt: z.optional(prompt),
  images: z.optional(z.array(inputImage).check(z.maxLength(50))),
  mask: z.optional(inputImage),
  typed: z.optional(z.object({ prompt, style: name, negativePrompt: z.optional(prompt) })),
});

const recipeSchema = z.object({
  version: z.literal(version),
  prompt,
  negativePrompt: maybe(prompt),
  model: maybe(name),
  seed: maybe(z.number()),
  request: maybe(requestSchema),
  regionId: maybe(name),
  requestId: maybe(name),
  madeAt: maybe(z.iso.datetime()),
  isPlaceholder: maybe(z.boolean()),
});

/**
 * A recipe as the text that files carry, the same for the same recipe; `short` is what goes where there is little room.
 * What of a request is private stays out. Undefined for what could not be read again.
 */
export function recipeText(recipe: Recipe, short = false): string | undefined {
  const { prompt, negativePrompt, model, seed, request, regionId, requestId } = recipe;
  const time = recipe.madeAt === undefined ? undefined : new Date(recipe.madeAt);
  const json = JSON.stringify({
    ...{ version, prompt, negativePrompt, model, seed },
    ...(request && !short && { request: storedRequest(recipe, request) }),
    ...{ regionId, requestId },
    ...(time && Number.isFinite(time.getTime()) && { madeAt: time.toISOString() }),
    ...(recipe.isPlaceholder && { isPlaceholder: true }),
  });
  // What XML does not take, and what a person who reads the file would not see.
  const text = json.replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
  return readRecipeText(text) && text;
}

/** A recipe of Easel's from its text, which anybody may have written; undefined where it is none. */
export function readRecipeText(text: string): Recipe | undefined {
  if (text.length > maxRecipeLength) return undefined;
  const parsed = z.safeParse(recipeSchema, parseJson(text));
  if (!parsed.success) return undefined;
  const { version: _, request, madeAt, isPlaceholder, ...fields } = parsed.data;
  return {
    source: 'easel',
    ...defined(fields),
    ...(request && readRequest(request, fields)),
    ...(madeAt !== undefined && { madeAt: Date.parse(madeAt) }),
    ...(isPlaceholder && { isPlaceholder }),
  };
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands beside it already is left out. */
function storedRequest({ prompt, model }: Recipe, request: ImageRequest): Partial<ImageRequest> {
  const { prompt: sent, modelId, images, mask, ...rest } = publicRequest(request);
  return {
    ...(sent !== prompt && { prompt: sent }),
    ...(modelId !== model && { modelId }),
    ...rest,
    ...(images && { images: images.map(({ uri }) => ({ uri })) }),
    ...(mask && { mask: { uri: mask.uri } }),
  };
}

function readRequest(
  request: z.infer<typeof requestSchema>,
  { prompt, model }: { readonly prompt: string; readonly model?: string | undefined },
): { readonly request: ImageRequest } | undefined {
  const modelId = request.modelId ?? model;
  if (modelId === undefined) return undefined;
  // The schema has the fields of a request; zod's own type allows `undefined` in them, which JSON does not have.
  const read = { prompt, ...request, modelId } as ImageRequest;
  return { request: publicRequest(read) };
}

/** Without the fields that are undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Its fields are those of T that are there; the type says no more than that.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
