import { foreignName, foreignOthers, foreignPrompt, foreignSeed, isObject } from './foreignText';
import type { Recipe } from './recipe';
import { parseJson } from './recipeText';

interface Node {
  readonly kind: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Graph = ReadonlyMap<string, Node>;

/** More nodes than that are no graph that somebody made. */
const maxNodes = 2000;

/** Inputs by which the conditioning of a sampler comes from a text. */
const textInputs = ['text', 'text_g', 'text_l', 't5xxl', 'clip_l', 'prompt', 'string', 'value'];
const positiveInputs = ['positive', 'conditioning', 'guider'];
const modelNames = ['ckpt_name', 'unet_name', 'model_name'];

/** What ComfyUI writes: the graph that made the image. The prompts are what the links of its sampler lead to. */
export function readComfyUi(text: string): Recipe | undefined {
  const graph = readGraph(text);
  const nodes = graph ? [...graph.values()] : [];
  const sampler =
    nodes.find(({ inputs }) => isLink(inputs.positive) && seedOf(inputs) !== undefined) ??
    nodes.find(({ inputs }) => isLink(inputs.guider)) ??
    nodes.find(({ inputs }) => isLink(inputs.positive));
  if (!graph || !sampler) return undefined;
  const { inputs } = sampler;
  const prompt = textBehind(graph, positiveInputs.map((name) => inputs[name]).find(isLink));
  if (prompt === undefined) return undefined;
  const negativePrompt = textBehind(graph, inputs.negative);
  const model = modelOf(graph, inputs) ?? firstOf(nodes, modelOfNode);
  const seed = seedOf(inputs) ?? firstOf(nodes, (node) => seedOf(node.inputs));
  return {
    source: 'comfyui',
    prompt,
    ...(negativePrompt && { negativePrompt }),
    ...(model && { model }),
    ...(seed !== undefined && { seed }),
    ...foreignOthers(Object.entries(inputs).filter(([name]) => !/seed/.test(name))),
  };
}

function readGraph(text: string): Graph | undefined {
  // Python writes numbers that JSON does not have.
  const json = parseJson(text) ?? parseJson(text.replace(/\b(?:NaN|-?Infinity)\b/g, 'null'));
  if (!isObject(json)) return undefined;
  const entries = Object.entries(json);
  if (entries.length > maxNodes) return undefined;
  return new Map(
    entries.flatMap(([id, node]): [string, Node][] =>
      isObject(node) && isObject(node.inputs) && typeof node.class_type === 'string'
        ? [[id, { kind: node.class_type, inputs: node.inputs }]]
        : [],
    ),
  );
}

/** `[id of the node, which of its outputs]` */
function isLink(value: unknown): value is readonly [string | number, number] {
  return Array.isArray(value) && value.length === 2 && /^(?:string|number)$/.test(typeof value[0]);
}

/** The nearest text on the way that made a value; a graph may run in circles. */
function textBehind(graph: Graph, link: unknown): string | undefined {
  return search(graph, link, ({ inputs }) =>
    firstOf(textInputs, (name) => foreignPrompt(inputs[name]) || undefined),
  );
}

function modelOf(graph: Graph, inputs: Node['inputs']): string | undefined {
  return search(graph, inputs.model, modelOfNode);
}

function modelOfNode({ inputs }: Node): string | undefined {
  return firstOf(modelNames, (name) => foreignName(inputs[name]));
}

function seedOf(inputs: Node['inputs']): number | undefined {
  return foreignSeed(inputs.seed) ?? foreignSeed(inputs.noise_seed);
}

/** Goes up the links, nearest nodes first. */
function search<T>(
  graph: Graph,
  link: unknown,
  find: (node: Node) => T | undefined,
): T | undefined {
  const seen = new Set<string>();
  const waiting = [link];
  for (const each of waiting) {
    const id = isLink(each) ? String(each[0]) : undefined;
    const node = id === undefined ? undefined : graph.get(id);
    if (id === undefined || !node || seen.has(id)) continue;
    seen.add(id);
    const found = find(node);
    if (found !== undefined) return found;
    waiting.push(...inputsBehind(node, Number(isLink(each) && each[1])));
  }
  return undefined;
}

/** A node that passes both conditionings on has them in this order. */
function inputsBehind({ inputs }: Node, output: number): readonly unknown[] {
  const both = [inputs.positive, inputs.negative];
  return both.every(isLink) && both[output] ? [both[output]] : Object.values(inputs).filter(isLink);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
