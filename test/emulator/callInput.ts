import { type Fields, isFields } from './fields';
import { type InputImage, type ReadingDesk, readInputImage } from './inputImages';
import type { ModelRow } from './models/modelRow';
import { invalidField, invalidParameter, Refusal } from './refusal';

/** What a call says, and shows. */
export interface CallInput {
  readonly prompt: string;
  readonly images: readonly InputImage[];
  readonly editFunction?: string;
}

/** Reads one user message whose content is one text, and for some models images. Throws a Refusal. */
export function readMessages(
  row: ModelRow,
  input: Fields,
  isInterleaved: boolean,
  desk: ReadingDesk,
): CallInput {
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
  const images = items.filter((item) => item.image !== undefined).map((item) => item.image);
  const [text] = texts.map((item) => item.text);
  if (typeof text !== 'string' || text.trim() === '') {
    throw invalidParameter('lack of image or text');
  }
  const rule = row.inputImages;
  const { min, max } = (isInterleaved ? rule?.interleaved : rule) ?? rule ?? { min: 0, max: 0 };
  if (rule?.countRefusal && (images.length < min || images.length > max)) {
    throw invalidParameter(rule.countRefusal(images.length, isInterleaved));
  }
  if (texts.length > 1 || images.length > max || items.length !== texts.length + images.length) {
    throw invalidParameter('content length only support 2');
  }
  return {
    prompt: text,
    images: rule ? images.map((image) => readInputImage('image', image, rule, desk)) : [],
  };
}

/** Reads the fields of an input without messages. Throws a Refusal. */
export function readFields(row: ModelRow, input: Fields, desk: ReadingDesk): CallInput {
  if (input.prompt === undefined) throw invalidParameter('Field required: input.prompt');
  if (typeof input.prompt !== 'string' || input.prompt.trim() === '') throw invalidField('prompt');
  const editFunction = row.functions?.find((name) => name === input.function);
  if (row.functions && !editFunction) throw invalidField('function');
  return {
    prompt: input.prompt,
    images: readImageFields(row, input, editFunction, desk),
    ...(editFunction ? { editFunction } : {}),
  };
}

function readImageFields(
  row: ModelRow,
  input: Fields,
  editFunction: string | undefined,
  desk: ReadingDesk,
): InputImage[] {
  const rule = row.inputImages;
  if (!rule?.field) return [];
  const value = input[rule.field];
  if (value === undefined && rule.min === 0) return [];
  const values: unknown = rule.field === 'images' ? value : [value];
  if (!Array.isArray(values) || values.length < rule.min || values.length > rule.max) {
    throw invalidField(rule.field);
  }
  const images = values.map((image) => readInputImage(rule.field ?? '', image, rule, desk));
  if (editFunction === 'description_edit_with_mask') {
    readInputImage('mask_image_url', input.mask_image_url, rule, desk);
  }
  return images;
}

/** The names that a call's input can have; others are ignored. */
export function inputFields(row: ModelRow, isMessages: boolean): string[] {
  if (isMessages) return ['messages'];
  const { field } = row.inputImages ?? {};
  return [
    'prompt',
    ...(row.negativePrompt ? ['negative_prompt'] : []),
    ...(field ? [field] : []),
    ...(row.functions ? ['function', 'mask_image_url'] : []),
  ];
}
