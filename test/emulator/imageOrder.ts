import { type CallInput, inputFields, readFields, readMessages } from './callInput';
import { type Fields, isFields } from './fields';
import type { InputImage, ReadingDesk } from './inputImages';
import {
  type CountRule,
  type ModelRow,
  type ParameterName,
  type Size,
  type SubmitRoute,
  submitRoutes,
  type Use,
} from './models/modelRow';
import { type Margins, readMargins, readSize } from './outputSize';
import { checkParameters } from './parameters';
import { invalidField, invalidParameter, invalidRange } from './refusal';
import { cutText } from './textLimit';

/** A call that was understood, with the service's defaults filled in: what is made, and paid for. */
export interface ImageOrder {
  readonly model: string;
  readonly prompt: string;
  readonly size: Size;
  /** Images; for texts with images the most of them. */
  readonly count: number;
  readonly seed: number;
  readonly promptExtend: boolean;
  readonly watermark: string | undefined;
  readonly inputs: readonly InputImage[];
  readonly margins: Margins;
  /** A text with images in it, instead of images. */
  readonly isInterleaved: boolean;
}

/**
 * Checks input and parameters in the service's order. What the service lets pass without a word (cut texts,
 * unknown fields) goes to the desk's `warn`. Throws a Refusal.
 */
export function readImageOrder(
  row: ModelRow,
  route: SubmitRoute,
  body: Fields,
  desk: ReadingDesk,
): ImageOrder {
  const { warn } = desk;
  const input = isFields(body.input) ? body.input : {};
  const parameters = readParameters(body);
  const isMessages = submitRoutes[route].input === 'messages';
  const isOn = (name: ParameterName, byDefault = false): boolean =>
    row.parameters.includes(name) && (parameters[name] ?? byDefault) === true;
  const isInterleaved = isOn('enable_interleave');
  const call: CallInput = isMessages
    ? readMessages(row, input, isInterleaved, desk)
    : readFields(row, input, desk);
  const use: Use = {
    strictness: desk.strictness,
    images: call.images.length,
    isSequential: isOn('enable_sequential'),
    isInterleaved,
    ...(call.editFunction ? { editFunction: call.editFunction } : {}),
  };
  checkNegativePrompt(row, isMessages, input, parameters, warn);
  warnOfUnknownFields(row, isMessages, body, input, parameters, warn);
  const { size, count } = readSizeAndCount(row, use, parameters, call.images);
  const seed = readSeed(row, parameters.seed);
  if (row.styles && !row.styles.includes(String(parameters.style ?? '<auto>'))) {
    throw invalidParameter('The style is invalid.');
  }
  checkParameters(row, use, parameters, input, warn);
  return {
    model: row.id,
    prompt: cutText('the prompt', call.prompt, row.promptLimit, warn),
    size,
    count: isInterleaved ? Number(parameters.max_images ?? 5) : count,
    seed,
    promptExtend: isOn('prompt_extend', row.promptExtendDefault) && !isInterleaved,
    watermark: isOn('watermark') ? row.watermark : undefined,
    inputs: call.images,
    margins: readMargins(parameters, use),
    isInterleaved,
  };
}

/** The number of images that a call asks for, even if it is wrong in other ways. */
export function orderedCount(row: ModelRow, body: Fields, strictness: Use['strictness']): number {
  const count = isFields(body.parameters) ? body.parameters.n : undefined;
  return typeof count === 'number' ? count : row.count.default[strictness];
}

function readParameters(body: Fields): Fields {
  if (body.parameters === undefined) return {};
  if (!isFields(body.parameters)) throw invalidField('parameters');
  return body.parameters;
}

/** It is only cut: what it says changes nothing here. */
function checkNegativePrompt(
  row: ModelRow,
  isMessages: boolean,
  input: Fields,
  parameters: Fields,
  warn: (warning: string) => void,
): void {
  if (!row.negativePrompt) return;
  const ofInput = isMessages ? undefined : input.negative_prompt;
  const text = ofInput ?? parameters.negative_prompt ?? '';
  if (typeof text !== 'string') throw invalidField('negative_prompt');
  cutText('negative_prompt', text, row.negativePrompt.limit, warn);
}

function readSizeAndCount(
  row: ModelRow,
  use: Use,
  parameters: Fields,
  images: readonly InputImage[],
): { readonly size: Size; readonly count: number } {
  const rule =
    (use.isSequential ? row.sequentialCount : undefined) ??
    (use.isInterleaved ? row.interleavedCount : undefined) ??
    row.count;
  if (row.checksFirst === 'size') {
    const size = readSize(row, use, parameters, images);
    return { size, count: readCount(rule, parameters.n, use) };
  }
  const count = readCount(rule, parameters.n, use);
  return { size: readSize(row, use, parameters, images), count };
}

function readCount(rule: CountRule, value: unknown, { strictness }: Use): number {
  if (value === undefined) return rule.default[strictness];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > rule.max) {
    throw invalidParameter(rule.refusal);
  }
  return value;
}

function readSeed({ seedMax }: ModelRow, value: unknown): number {
  if (value === undefined || seedMax === undefined) return Math.floor(Math.random() * 2 ** 31);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > seedMax) {
    throw invalidRange('seed', 0, seedMax);
  }
  return value;
}

function warnOfUnknownFields(
  row: ModelRow,
  isMessages: boolean,
  body: Fields,
  input: Fields,
  parameters: Fields,
  warn: (warning: string) => void,
): void {
  const knownParameters = [
    'n',
    ...(row.size ? ['size'] : []),
    ...(row.seedMax === undefined ? [] : ['seed']),
    ...(row.negativePrompt ? ['negative_prompt'] : []),
    ...(row.styles ? ['style'] : []),
    ...row.parameters,
  ];
  const places: readonly (readonly [string, Fields, readonly string[]])[] = [
    ['', body, ['model', 'input', 'parameters']],
    ['input.', input, inputFields(row, isMessages)],
    ['parameters.', parameters, knownParameters],
  ];
  for (const [place, fields, known] of places) {
    for (const name of Object.keys(fields)) {
      if (!known.includes(name)) warn(`${place}${name} is not known to ${row.id} and was ignored`);
    }
  }
}
