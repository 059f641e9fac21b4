import { graphemes } from '../util/graphemes';
import { fileNameFromPrompt, nameLimits, portableName } from './fileName';
import { fillTemplate } from './template';

/** What the file name setting can name. */
export interface NameValues {
  /** As the person typed it. */
  readonly prompt: string;
  readonly modelId: string;
  readonly seed?: number | undefined;
  /** Absent where the image is for no document. */
  readonly documentBaseName?: string | undefined;
  /** Shown in the local time. */
  readonly now: Date;
}

/**
 * A file name without extension from the file name setting. It is held to the limits of names from prompts, and the
 * prompt makes way for the rest, so that what tells images apart is not what is cut. What has no value is left out with
 * the separators around it; where nothing is left at all, the name is the prompt's.
 */
export function fileNameFromTemplate(template: string, values: NameValues): string {
  const rest = fill(template, values, '');
  const name = fill(template, values, promptFor(template, rest, values));
  // Once more, as a device's name may come to light when what stood around it is gone.
  return portableName(tidy(portableName(name))) || fileNameFromPrompt(values.prompt);
}

/** As much of the prompt as there is room for, so often as the template has it. */
function promptFor(template: string, rest: string, { prompt }: NameValues): string {
  const count = template.split('${prompt').length - 1;
  const room = (limit: number, used: number): number => Math.floor((limit - used) / count);
  const limits = {
    graphemes: room(nameLimits.graphemes, Array.from(graphemes(rest)).length),
    bytes: room(nameLimits.bytes, Buffer.byteLength(rest)),
  };
  if (count === 0 || limits.graphemes <= 0 || limits.bytes <= 0) return '';
  return fileNameFromPrompt(prompt, limits);
}

function fill(template: string, values: NameValues, prompt: string): string {
  const { modelId, seed, documentBaseName, now } = values;
  const known = new Map([
    ['prompt', prompt],
    ['model', modelId],
    ['seed', `${seed ?? ''}`],
    ['documentBaseName', documentBaseName ?? ''],
    ['date', [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(twoDigits).join('-')],
    ['time', [now.getHours(), now.getMinutes(), now.getSeconds()].map(twoDigits).join('-')],
  ]);
  return fillTemplate(template, (name) => known.get(name) ?? '');
}

/** Separators that stand around nothing go. */
function tidy(name: string): string {
  return name.replaceAll(/([-_. ])\1+/g, '$1').replaceAll(/^[-_. ]+|[-_. ]+$/g, '');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
