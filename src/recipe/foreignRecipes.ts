import { comfyRecipe } from './comfyRecipe';
import { exifComment } from './exifComment';
import { invokeRecipe } from './invokeRecipe';
import type { Recipe } from './recipe';

// What other programs write is untrusted text: it is read as text only, and cut to a length.

/** A text of a PNG with its keyword. */
export interface KeyedText {
  readonly keyword: string;
  readonly text: string;
}

/** In UTF-16 units. */
const maxPrompt = 20_000;
const maxOther = 500;

/** The recipe of another program among a PNG's texts. */
export function foreignText(texts: readonly KeyedText[]): Recipe | undefined {
  const find = (keyword: string): string | undefined =>
    texts.find((each) => each.keyword === keyword)?.text;
  const parameters = find('parameters');
  const found =
    (parameters === undefined ? undefined : webuiRecipe(parameters)) ??
    invokeRecipe(find) ??
    comfyRecipe(find('prompt'));
  return found && cut(found);
}

/** The recipe of AUTOMATIC1111 and its kin in the Exif data of a JPEG or WebP. */
export function foreignExif(tiff: Buffer | undefined): Recipe | undefined {
  const comment = tiff && exifComment(tiff);
  const found = comment === undefined ? undefined : webuiRecipe(comment);
  return found && cut(found);
}

/** The prompt, `Negative prompt: …`, and a line of settings that begins with `Steps:`. */
function webuiRecipe(text: string): Recipe | undefined {
  const lines = text.trim().split(/\r?\n/);
  const settingsAt = lines.findLastIndex((line) => /^Steps: \d/.test(line));
  if (settingsAt < 0) return undefined;
  const settings = readSettings(lines[settingsAt] ?? '');
  const words = lines.slice(0, settingsAt);
  const negativeAt = words.findIndex((line) => line.startsWith('Negative prompt:'));
  const prompt = words.slice(0, negativeAt < 0 ? undefined : negativeAt).join('\n');
  const negative = negativeAt < 0 ? '' : words.slice(negativeAt).join('\n').slice(16).trim();
  const { Seed, Model, ...other } = settings;
  return {
    source: 'automatic1111',
    prompt: prompt.trim(),
    ...(negative && { negativePrompt: negative }),
    ...(Model && { model: Model }),
    ...(Seed && Number.isFinite(Number(Seed)) && { seed: Number(Seed) }),
    other,
  };
}

/** `Name: value, Name: "value, with a comma"`. */
function readSettings(line: string): Record<string, string> {
  const pairs = line.slice(0, maxPrompt).matchAll(/([A-Z][\w ]{0,40}): ("[^"]*"|[^,]*)(?:, |$)/g);
  return Object.fromEntries(
    Array.from(pairs, ([, name = '', value = '']) => [name, value.replace(/^"|"$/g, '')]),
  );
}

function cut(recipe: Recipe): Recipe | undefined {
  const { prompt, negativePrompt, model, other = {} } = recipe;
  if (prompt === '') return undefined;
  const kept = Object.entries(other).slice(0, 40);
  return {
    ...recipe,
    prompt: prompt.slice(0, maxPrompt),
    ...(negativePrompt !== undefined && { negativePrompt: negativePrompt.slice(0, maxPrompt) }),
    ...(model !== undefined && { model: model.slice(0, maxOther) }),
    ...(kept.length > 0 && {
      other: Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, maxOther)])),
    }),
  };
}
