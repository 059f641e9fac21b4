import type { Fields } from './fields';
import type { ModelRow } from './models/modelRow';
import { invalidParameter } from './refusal';

/** Fields of the flat body that mean the same as a parameter of the native one. */
const sameParameters = [
  'n',
  'negative_prompt',
  'seed',
  'prompt_extend',
  'prompt_extend_mode',
  'enable_thinking',
  'watermark',
];

const otherFields = ['model', 'prompt', 'image', 'size', 'response_format', 'stream'];

/** Turns the flat body of the OpenAI-compatible path into a native one. Throws a Refusal. */
export function toNativeBody(row: ModelRow, flat: Fields, warn: (warning: string) => void): Fields {
  for (const name of Object.keys(flat)) {
    if (![...sameParameters, ...otherFields].includes(name)) {
      warn(`${name} is not known to ${row.id} and was ignored`);
    }
  }
  if (flat.response_format !== undefined && flat.response_format !== 'url') {
    warn('response_format is ignored: images are always URLs');
  }
  if (flat.stream === true) throw invalidParameter('stream is not supported.');
  const parameters = Object.entries(flat).filter(([name]) => sameParameters.includes(name));
  const size = readFlatSize(flat.size);
  const images = readFlatImages(flat.image).map((image) => ({ image }));
  const content = [...images, { text: flat.prompt }];
  return {
    model: row.id,
    input: { messages: [{ role: 'user', content }] },
    parameters: { ...Object.fromEntries(parameters), ...(size === undefined ? {} : { size }) },
  };
}

function readFlatSize(value: unknown): string | undefined {
  if (value === undefined || value === 'auto') return undefined;
  const match = /^(\d+)x(\d+)$/.exec(String(value));
  if (match) return `${match[1]}*${match[2]}`;
  throw invalidParameter(`Invalid size '${value}'. Expected format: '<width>x<height>' or 'auto'`);
}

function readFlatImages(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  const images: unknown = typeof value === 'string' ? [value] : value;
  if (Array.isArray(images) && images.length > 0) return images;
  throw invalidParameter('image must be a string or a list of at least one string.');
}
