import { foreignName, foreignOthers, foreignPrompt, foreignSeed, isObject } from './foreignText';
import type { Recipe } from './recipe';
import { maxPromptLength, parseJson } from './recipeText';

/** What InvokeAI has written since its third version. */
export function readInvokeAi(text: string): Recipe | undefined {
  const json = parseJson(text);
  if (!isObject(json)) return undefined;
  const { positive_prompt, negative_prompt, model, seed, ...others } = json;
  const name = isObject(model) ? (model.name ?? model.model_name) : model;
  return recipe(foreignPrompt(positive_prompt), {
    ...{ negativePrompt: foreignPrompt(negative_prompt), model: name, seed, others },
  });
}

/** What it wrote before. A negative prompt stood in brackets in the prompt. */
export function readOldInvokeAi(text: string): Recipe | undefined {
  const json = parseJson(text);
  if (!isObject(json) || !isObject(json.image)) return undefined;
  const { prompt, seed, ...others } = json.image;
  const parts: readonly unknown[] = Array.isArray(prompt) ? prompt : [prompt];
  const texts = parts.map((part) => (isObject(part) ? part.prompt : part));
  const whole = texts.every((each) => typeof each === 'string') ? texts.join(' ') : undefined;
  return recipe(foreignPrompt(whole), { model: json.model_weights, seed, others });
}

/** What it wrote first of all: a command line, `"the prompt" -s 50 -S 123`. */
export function readDream(text: string): Recipe | undefined {
  if (text.length > 2 * maxPromptLength) return undefined;
  const end = text.lastIndexOf('" -');
  if (!text.startsWith('"') || end < 1) return undefined;
  const options = text.slice(end + 2).matchAll(/-(\w+) ?([^\s-]\S{0,100})/g);
  const { S: seed, ...others } = Object.fromEntries(
    Array.from(options, ([, name = '', value = '']) => [name, value] as const),
  );
  return recipe(foreignPrompt(text.slice(1, end)), { seed, others });
}

interface Facts {
  readonly negativePrompt?: string | undefined;
  readonly model?: unknown;
  readonly seed?: unknown;
  readonly others: Readonly<Record<string, unknown>>;
}

function recipe(prompt: string | undefined, facts: Facts): Recipe | undefined {
  if (prompt === undefined) return undefined;
  const { negativePrompt, others } = facts;
  const model = foreignName(facts.model);
  const seed = foreignSeed(facts.seed);
  return {
    source: 'invokeai',
    prompt,
    ...(negativePrompt && { negativePrompt }),
    ...(model && { model }),
    ...(seed !== undefined && { seed }),
    ...foreignOthers(Object.entries(others)),
  };
}
