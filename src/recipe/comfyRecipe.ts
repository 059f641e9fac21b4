import * as z from 'zod/mini';
import type { Recipe } from './recipe';
import { parseJson } from './recipeText';

const graphSchema = z.record(
  z.string(),
  z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);

type Graph = z.infer<typeof graphSchema>;
type Inputs = Graph[string]['inputs'];

/** How far a link of the graph is followed; a graph may go round in a circle. */
const maxSteps = 20;

/** The texts that lead to the sampler of ComfyUI's graph, which it writes into its images as JSON. */
export function comfyRecipe(json: string | undefined): Recipe | undefined {
  const parsed = json === undefined ? undefined : z.safeParse(graphSchema, parseJson(json));
  if (!parsed?.success) return undefined;
  const graph = parsed.data;
  const nodes = Object.values(graph);
  const sampler = nodes.find(({ inputs }) => isLink(inputs.positive));
  if (!sampler) return undefined;
  const prompt = textBehind(graph, sampler.inputs.positive);
  const negativePrompt = textBehind(graph, sampler.inputs.negative);
  const seed = sampler.inputs.seed ?? sampler.inputs.noise_seed;
  const model = nodes.map(({ inputs }) => inputs.ckpt_name ?? inputs.unet_name).find(isText);
  return {
    source: 'comfyui',
    prompt: prompt ?? '',
    ...(negativePrompt && { negativePrompt }),
    ...(model && { model }),
    ...(typeof seed === 'number' && { seed }),
  };
}

/** The first text on the way back from an input. */
function textBehind(graph: Graph, input: unknown): string | undefined {
  let from = input;
  for (let step = 0; step < maxSteps; step++) {
    if (isText(from)) return from;
    if (!isLink(from)) return undefined;
    const inputs: Inputs = graph[String(from[0])]?.inputs ?? {};
    from = [inputs.text, inputs.text_g, inputs.prompt, inputs.string, inputs.value].find(
      (each) => isText(each) || isLink(each),
    );
    from ??= Object.values(inputs).find(isLink);
  }
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A node's id and which of its outputs. */
function isLink(value: unknown): value is readonly [string | number, number] {
  return Array.isArray(value) && value.length === 2 && typeof value[1] === 'number';
}
