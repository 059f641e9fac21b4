import {
  type ModelRow,
  type Size,
  type Strictness,
  type SubmitRoute,
  submitRoutes,
} from './models';
import { invalidField, invalidParameter, Refusal } from './refusal';

/** A call that was understood, with the service's defaults filled in: what is made, and paid for. */
export interface ImageOrder {
  readonly model: string;
  readonly prompt: string;
  readonly size: Size;
  readonly count: number;
  readonly seed: number;
  readonly promptExtend: boolean;
  readonly watermark: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks input and parameters in the service's order. What the service lets pass without a word (cut texts,
 * unknown fields) goes to `warn`. Throws a Refusal.
 */
export function readImageOrder(
  row: ModelRow,
  route: SubmitRoute,
  body: Fields,
  strictness: Strictness,
  warn: (warning: string) => void,
): ImageOrder {
  const input = isFields(body.input) ? body.input : {};
  const parameters = readParameters(body);
  const isMessages = submitRoutes[route].input === 'messages';
  const prompt = isMessages ? readMessages(row, input) : readPrompt(input);
  const negativePrompt = isMessages
    ? parameters.negative_prompt
    : (input.negative_prompt ?? parameters.negative_prompt);
  if (negativePrompt !== undefined && typeof negativePrompt !== 'string') {
    throw invalidField('negative_prompt');
  }
  cut('negative_prompt', negativePrompt ?? '', { max: 500, unit: 'characters' }, warn);
  warnOfUnknownFields(row, isMessages, body, input, parameters, warn);

  let size: Size;
  let count: number;
  if (row.checksFirst === 'size') {
    size = readSize(row, parameters.size, strictness);
    count = readCount(row, parameters.n);
  } else {
    count = readCount(row, parameters.n);
    size = readSize(row, parameters.size, strictness);
  }
  const seed = readSeed(row, parameters.seed);
  if (row.styles && !row.styles.includes(String(parameters.style ?? '<auto>'))) {
    throw invalidParameter('The style is invalid.');
  }
  const extend = readFlag('prompt_extend', parameters.prompt_extend, true);
  const isMarked = readFlag('watermark', parameters.watermark, false);
  return {
    model: row.id,
    prompt: cut('the prompt', prompt, row.promptLimit, warn),
    size,
    count,
    seed,
    promptExtend: row.hasPromptExtend && extend,
    watermark: isMarked ? row.watermark : undefined,
  };
}

/** True for a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The number of images that a call asks for, even if it is wrong in other ways. */
export function orderedCount(row: ModelRow, body: Fields): number {
  const count = isFields(body.parameters) ? body.parameters.n : undefined;
  return typeof count === 'number' ? count : row.count.default;
}

function readParameters(body: Fields): Fields {
  if (body.parameters === undefined) return {};
  if (!isFields(body.parameters)) throw invalidField('parameters');
  return body.parameters;
}

function readPrompt(input: Fields): string {
  if (input.prompt === undefined) throw invalidParameter('Field required: input.prompt');
  if (typeof input.prompt !== 'string' || input.prompt.trim() === '') throw invalidField('prompt');
  return input.prompt;
}

/** One user message whose content is one text, and for some models images. */
function readMessages(row: ModelRow, input: Fields): string {
  if (!Array.isArray(input.messages)) throw invalidParameter('Field required: input.messages');
  const [message, second]: unknown[] = input.messages;
  if (message === undefined) throw invalidParameter('No messages found in input');
  if (second !== undefined) throw invalidParameter('messages length only support 1');
  const content = isFields(message) ? message.content : undefined;
  if (!isFields(message) || message.role !== 'user' || !Array.isArray(content)) {
    throw new Refusal(
      400,
      'ServiceUnavailableError',
      'Role must be user or assistant and Content length must be greater than 0',
    );
  }
  const items = content.filter(isFields);
  const texts = items.filter((item) => item.text !== undefined);
  const images = items.filter((item) => item.image !== undefined);
  const [text] = texts.map((item) => item.text);
  if (typeof text !== 'string' || text.trim() === '') {
    throw invalidParameter('lack of image or text');
  }
  const most = row.inputImages?.max ?? 0;
  if (row.inputImages && images.length > most) {
    throw invalidParameter(
      `Model '${row.inputImages.innerName}' supports 0~${most} image content items. ` +
        `Got ${images.length} image items. (0 images = T2I mode, 1~${most} images = I2I mode)`,
    );
  }
  if (texts.length > 1 || images.length > most || items.length !== texts.length + images.length) {
    throw invalidParameter('content length only support 2');
  }
  return text;
}

function readSize(row: ModelRow, value: unknown, strictness: Strictness): Size {
  if (value === undefined) return row.defaultSize;
  const match = /^(\d{1,5})\*(\d{1,5})$/.exec(String(value));
  if (!match) throw invalidParameter(row.size.badFormat(String(value)), row.sizeFailsTask);
  const size = { width: Number(match[1]), height: Number(match[2]) };
  const refusal = row.size.refuse(size, strictness);
  if (refusal !== undefined) throw invalidParameter(refusal, row.sizeFailsTask);
  const { step = 1 } = row.size;
  return { width: roundToStep(size.width, step), height: roundToStep(size.height, step) };
}

/** The service rounds a half to the even multiple. */
function roundToStep(side: number, step: number): number {
  const steps = side / step;
  const lower = Math.floor(steps);
  const isUp = steps - lower > 0.5 || (steps - lower === 0.5 && lower % 2 === 1);
  return (isUp ? lower + 1 : lower) * step;
}

function readCount({ count }: ModelRow, value: unknown): number {
  if (value === undefined) return count.default;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > count.max) {
    throw invalidParameter(count.refusal);
  }
  return value;
}

function readSeed({ seedMax }: ModelRow, value: unknown): number {
  if (value === undefined) return Math.floor(Math.random() * 2 ** 31);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > seedMax) {
    throw invalidParameter(`Range of seed should be [0, ${seedMax}]`);
  }
  return value;
}

function readFlag(name: string, value: unknown, byDefault: boolean): boolean {
  if (value === undefined) return byDefault;
  if (typeof value !== 'boolean') throw invalidField(name);
  return value;
}

function cut(
  name: string,
  text: string,
  limit: ModelRow['promptLimit'],
  warn: (warning: string) => void,
): string {
  let length = 0;
  let end = 0;
  for (const character of text) {
    // Of tokens only the rule of thumb is known: one a Chinese character, or one in four Latin letters.
    length += limit.unit === 'characters' || /[\u2e80-\uffef]/.test(character) ? 1 : 0.25;
    if (length > limit.max) {
      warn(`${name} is longer than ${limit.max} ${limit.unit} and was cut`);
      return text.slice(0, end);
    }
    end += character.length;
  }
  return text;
}

function warnOfUnknownFields(
  row: ModelRow,
  isMessages: boolean,
  body: Fields,
  input: Fields,
  parameters: Fields,
  warn: (warning: string) => void,
): void {
  const known = {
    '': ['model', 'input', 'parameters'],
    'input.': isMessages
      ? ['messages']
      : ['prompt', 'negative_prompt', ...(row.styles ? ['ref_img'] : [])],
    'parameters.': [
      ...['size', 'n', 'seed', 'negative_prompt'],
      ...(row.hasPromptExtend ? ['prompt_extend'] : []),
      ...(row.watermark ? ['watermark'] : []),
      ...(row.styles ? ['style', 'ref_strength', 'ref_mode'] : []),
    ],
  };
  const given = { '': body, 'input.': input, 'parameters.': parameters };
  for (const [place, fields] of Object.entries(given)) {
    const names = Object.entries(known).find(([key]) => key === place)?.[1] ?? [];
    for (const name of Object.keys(fields)) {
      if (!names.includes(name)) warn(`${place}${name} is not known to ${row.id} and was ignored`);
    }
  }
}
