import * as z from 'zod/mini';
import type { Recipe } from './recipe';
import { parseJson } from './recipeText';

const modelName = z.union([
  z.string(),
  z.object({ name: z.optional(z.string()), model_name: z.optional(z.string()) }),
]);

const metadataSchema = z.object({
  positive_prompt: z.string(),
  negative_prompt: z.optional(z.nullable(z.string())),
  seed: z.optional(z.nullable(z.number())),
  model: z.optional(z.nullable(modelName)),
});

/** Of versions before the third. */
const olderSchema = z.object({
  model_weights: z.optional(z.string()),
  image: z.object({
    prompt: z.union([z.string(), z.array(z.object({ prompt: z.string() }))]),
    seed: z.optional(z.number()),
  }),
});

/** What InvokeAI writes into its images. @param find the text under a keyword */
export function invokeRecipe(find: (keyword: string) => string | undefined): Recipe | undefined {
  const metadata = z.safeParse(metadataSchema, parseJson(find('invokeai_metadata') ?? ''));
  if (metadata.success) {
    const { positive_prompt: prompt, negative_prompt: negative, seed, model } = metadata.data;
    const name = typeof model === 'object' ? (model?.name ?? model?.model_name) : model;
    return invokeai(prompt, { negative, seed, name });
  }
  const older = z.safeParse(olderSchema, parseJson(find('sd-metadata') ?? ''));
  if (older.success) {
    const { image, model_weights: name } = older.data;
    const { prompt, seed } = image;
    const words = typeof prompt === 'string' ? prompt : prompt.map((each) => each.prompt).join(' ');
    return invokeai(words, { seed, name });
  }
  // A command line, with the prompt in quotes in front of its options.
  const dream = /^"([^"]*)"/.exec(find('Dream') ?? '')?.[1];
  return dream === undefined ? undefined : invokeai(dream, {});
}

interface InvokeFacts {
  readonly negative?: string | null | undefined;
  readonly seed?: number | null | undefined;
  readonly name?: string | undefined;
}

function invokeai(prompt: string, { negative, seed, name }: InvokeFacts): Recipe {
  return {
    source: 'invokeai',
    prompt,
    ...(negative && { negativePrompt: negative }),
    ...(typeof seed === 'number' && { seed }),
    ...(name && { model: name }),
  };
}
