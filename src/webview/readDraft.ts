import {
  type ParameterSpec,
  type ParameterValue,
  parameterKinds,
  parameterNames,
} from '../imageModel/parameters';
import type { Draft } from '../shared/panelProtocol';

/** In UTF-16 units; the host refuses a message with a longer text. */
export const maxTextLength = 100_000;

/** Cuts a text that is too long, never in the middle of a character. */
export function cutText(text: string): string {
  return text.length <= maxTextLength
    ? text
    : text.slice(0, maxTextLength).replace(/[\uD800-\uDBFF]$/, '');
}

/** Whether it is a text that the host takes. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxTextLength;
}

/**
 * A draft that a page has kept; undefined for what the host would refuse. Older pages had no images, and three
 * parameters beside the texts.
 */
export function readDraft(value: unknown): Draft | undefined {
  if (!isRecord(value)) return undefined;
  const { modelId, prompt, negativePrompt, size, count, seed } = value;
  const { images = [], mask = null, parameters = olderParameters(value), ownCount } = value;
  // What older pages kept under this name is a parameter.
  const style = 'parameters' in value ? (value.style ?? null) : null;
  if (!isShort(modelId, 200) || !isText(prompt) || !isText(negativePrompt)) return undefined;
  if (!isSize(size) || !isNumber(count) || !(seed === null || isNumber(seed))) return undefined;
  if (!isList(images, 30, isId) || !(mask === null || isId(mask))) return undefined;
  if (!(style === null || isShort(style, 200))) return undefined;
  if (!(ownCount === undefined || isNumber(ownCount)) || !isRecord(parameters)) return undefined;
  const entries = Object.entries(parameters);
  if (!entries.every(([name, entry]) => isParameter(name, entry))) return undefined;
  // Each is a value of its parameter's kind.
  const known = parameters as Draft['parameters'];
  return {
    ...{ modelId, prompt, negativePrompt, size, count, seed },
    ...{ images, mask, parameters: known },
    ...(ownCount !== undefined && { ownCount }),
    ...(style !== null && { style }),
  };
}

function olderParameters({ promptExtend, watermark, style }: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof promptExtend === 'boolean' && { promptExtend }),
    ...(typeof watermark === 'boolean' && { watermark }),
    ...(typeof style === 'string' && style !== '' && { style }),
  };
}

const maxEntries = 50;
const isBox = (value: unknown): boolean => isList(value, 4, isNumber) && value.length === 4;
const isPaletteColor = (value: unknown): boolean =>
  isRecord(value) && isShort(value.hex, 20) && isNumber(value.ratio);

const kindGuards: Readonly<Record<ParameterSpec['kind'], (value: unknown) => boolean>> = {
  flag: (value) => typeof value === 'boolean',
  number: isNumber,
  choice: (value) => isShort(value, 200),
  colors: (value) => isList(value, maxEntries, (color) => isShort(color, 20)),
  palette: (value) => isList(value, maxEntries, isPaletteColor),
  boxes: (value) => isList(value, maxEntries, (own) => isList(own, maxEntries, isBox)),
};

function isParameter(key: string, value: unknown): value is ParameterValue {
  const name = parameterNames.find((candidate) => candidate === key);
  return name !== undefined && kindGuards[parameterKinds[name]](value);
}

function isSize(value: unknown): value is Draft['size'] {
  if (isRecord(value)) return isNumber(value.width) && isNumber(value.height);
  return ['1K', '2K', '4K', 'auto'].some((name) => name === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isShort(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max;
}

function isId(value: unknown): value is string {
  return isShort(value, 100);
}

function isList(value: unknown, max: number): value is unknown[];
function isList<Item>(
  value: unknown,
  max: number,
  isItem: (item: unknown) => item is Item,
): value is Item[];
function isList(
  value: unknown,
  max: number,
  isItem: (item: unknown) => boolean,
): value is unknown[];
function isList(value: unknown, max: number, isItem?: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= max && (!isItem || value.every(isItem));
}
