import { type ImageFile, readImageFile } from './imageFile';
import type { Carrier, InputImageRule, Strictness } from './models/modelRow';
import { invalidField, invalidParameter, Refusal } from './refusal';

/** One input image; those at an address elsewhere are never fetched, so their file is not known. */
export interface InputImage {
  readonly address: string;
  readonly file?: ImageFile;
}

/** What reading a call needs to know about the world. */
export interface ReadingDesk {
  readonly strictness: Strictness;
  readonly warn: (warning: string) => void;
  /** The uploaded file of an `oss://` address, if the caller may use it for this model. */
  readonly findUpload: (address: string) => Buffer | undefined;
  /** Whether the call has the header without which `oss://` is not understood. */
  readonly resolvesUploads: boolean;
}

/** Checks one input image as the model's row has it; throws a Refusal. */
export function readInputImage(
  name: string,
  value: unknown,
  rule: InputImageRule,
  desk: ReadingDesk,
): InputImage {
  if (typeof value !== 'string' || value === '') throw invalidField(name);
  const carrier = carrierOf(value);
  if (!carrier || !rule.carriers.includes(carrier)) throw invalidUrl();
  if (carrier === 'url') {
    checkAddress(value, rule);
    return { address: value };
  }
  const bytes = carrier === 'data' ? decodeDataUrl(value) : findUpload(value, desk);
  const file = readImageFile(bytes);
  if (!file) throw invalidParameter('Invalid image format or corrupted file');
  checkFile(file, rule, desk);
  return { address: value, file };
}

function carrierOf(address: string): Carrier | undefined {
  if (/^https?:\/\//i.test(address)) return 'url';
  if (address.startsWith('data:')) return 'data';
  return address.startsWith('oss://') ? 'oss' : undefined;
}

function invalidUrl(): Refusal {
  const message = 'The request URL is invalid, please check the request URL is available.';
  return new Refusal(400, 'InvalidURL', message);
}

function checkAddress(address: string, rule: InputImageRule): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isForeign = rule.isPlainAddress && /[\u2e80-\uffef]/.test(address);
  if (!url || url.hostname.endsWith('.invalid') || isForeign) throw invalidUrl();
}

/** Characters of Base64. */
const greatestDataUrl = 10_485_760;

function decodeDataUrl(address: string): Buffer {
  const comma = address.indexOf(',');
  const data = address.slice(comma + 1);
  if (!/^data:image\/[\w.+-]+;base64$/.test(address.slice(0, comma))) {
    throw invalidParameter('image format error');
  }
  if (data.length > greatestDataUrl) {
    throw invalidParameter(`Exceeded limit on max bytes per data-uri item : ${greatestDataUrl}`);
  }
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(data)) throw invalidParameter('image format error');
  return Buffer.from(data, 'base64');
}

function findUpload(address: string, { findUpload, resolvesUploads }: ReadingDesk): Buffer {
  if (!resolvesUploads) {
    throw new Refusal(
      400,
      'invalid_parameter_error',
      'InternalError.Algo.InvalidParameter: The provided URL does not appear to be valid. Ensure it is correctly formatted.',
    );
  }
  const bytes = findUpload(address);
  if (bytes) return bytes;
  throw new Refusal(
    400,
    'InvalidParameter.DataInspection',
    'The media format is not supported or incorrect for the data inspection.',
  );
}

function checkFile(file: ImageFile, rule: InputImageRule, desk: ReadingDesk): void {
  const { width, height, format, bytes, hasAlpha } = file;
  const { minSide, maxSide, maxRatio = Number.POSITIVE_INFINITY, maxMebibytes } = rule;
  if (format === 'other' || !rule.formats.includes(format)) {
    throw invalidParameter('image format error');
  }
  if (bytes.length > maxMebibytes * 1024 ** 2) {
    const message = `The image must not be larger than ${maxMebibytes} MB.`;
    throw new Refusal(400, 'BadRequest.TooLarge', message);
  }
  const shorter = Math.min(width, height);
  const longer = Math.max(width, height);
  if (shorter < minSide || longer > maxSide) {
    const range = `between ${minSide} and ${maxSide} pixels`;
    if (!rule.areSidesAdvice) throw invalidResolution(`Width and height must be ${range}.`);
    desk.warn(`an input image of ${width}*${height} has sides that are not ${range}`);
  }
  if (longer > shorter * maxRatio) {
    throw invalidResolution(`The aspect ratio must be between 1:${maxRatio} and ${maxRatio}:1.`);
  }
  if (rule.isOpaque && hasAlpha && desk.strictness === 'doc') {
    throw invalidParameter('image format error');
  }
}

function invalidResolution(message: string): Refusal {
  return new Refusal(400, 'InvalidImageResolution', message);
}
