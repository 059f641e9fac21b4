import { unmetCondition } from '../imageModel/conditions';
import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import { type InputImage, isWebImage } from '../imageModel/inputImage';
import { rulesFor } from '../imageModel/modelDescriptor';
import { isAbortError } from '../util/abort';
import { inspectImage } from '../util/inspectImage';
import type { ModelRow } from './modelRow';
import type { WireImages } from './protocol';
import { forgetUpload, type UploadContext, uploadFile } from './upload';
import { inputTooLarge, uploadUnavailable } from './uploadErrors';

/** Of Base64 text, in one data URL. "Exceeded limit on max bytes per data-uri item : 10485760" */
const maxDataUrlLength = 10_485_760;
/** Of all data URLs of a request, decoded. https://help.aliyun.com/zh/model-studio/rate-limit */
const maxDecodedBytes = 16 * 1024 * 1024;

/** What carrying works with. */
export interface CarrierContext {
  readonly readImage: ((uri: string) => Promise<Uint8Array>) | undefined;
  /** Absent where there is no temporary storage. */
  readonly upload: UploadContext | undefined;
}

/** The input images, ready to be sent. */
export interface CarriedImages {
  readonly wireImages: WireImages;
  /** That the request needs because of them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Not to be called again with the uploads of this request: the service refused it, maybe for their sake. */
  readonly forgetUploads: () => void;
}

/** An image as it stands in the request, or the bytes of one that has to be uploaded first. */
type Plan = { readonly address: string } | { readonly bytes: Uint8Array; readonly format: string };

/**
 * Reads the request's images and brings them where the service can take them; those that the model has no use for are
 * left out. @throws ImageGenerationError, billed `no`; the signal's reason when it fires
 */
export async function carryImages(
  row: ModelRow,
  request: ImageRequest,
  context: CarrierContext,
  signal: AbortSignal,
): Promise<CarriedImages> {
  const takesImages = rulesFor(row, request).images !== undefined;
  const images = takesImages ? (request.images ?? []) : [];
  const takesMask = row.maskWhen !== undefined && !unmetCondition(row.maskWhen, request);
  const mask = takesMask ? request.mask : undefined;
  const inputs = mask ? [...images, mask] : images;
  const files = await Promise.all(inputs.map((image) => readInput(image, context)));
  signal.throwIfAborted();
  const plans = planCarriers(row, files, context.upload !== undefined);
  const { addresses, cacheKeys } = await uploadPlans(row.id, plans, context.upload, signal);
  const maskAddress = mask && addresses.at(-1);
  return {
    wireImages: {
      images: addresses.slice(0, images.length),
      ...(maskAddress !== undefined && { mask: maskAddress }),
    },
    headers: addresses.some((address) => address.startsWith('oss:'))
      ? { 'X-DashScope-OssResourceResolve': 'enable' }
      : {},
    forgetUploads: () => {
      for (const key of cacheKeys) if (context.upload) forgetUpload(key, context.upload);
    },
  };
}

async function readInput(image: InputImage, { readImage }: CarrierContext): Promise<Plan> {
  if (isWebImage(image)) return { address: image.uri };
  let bytes: Uint8Array;
  try {
    if (!readImage) throw new Error('no way to read files was given');
    bytes = await readImage(image.uri);
  } catch (error) {
    if (error instanceof ImageGenerationError || isAbortError(error)) throw error;
    throw inputError('InputNotReadable', 'An input image cannot be read; choose it anew.', error);
  }
  const { format } = inspectImage(bytes);
  const isSameLength = image.byteLength === undefined || image.byteLength === bytes.length;
  const isSameFormat = image.format === undefined || image.format === format;
  if (!isSameLength || !isSameFormat) {
    throw inputError('InputChanged', 'An input image has changed since it was checked; try again.');
  }
  if (format) return { bytes, format };
  throw inputError(
    'InputNotAnImage',
    'An input file is no picture of a known format; choose a PNG, JPEG or WebP file.',
  );
}

/** In the order of the request, each the first way of the model that is open to it. */
function planCarriers(row: ModelRow, files: readonly Plan[], canUpload: boolean): Plan[] {
  const carriers = row.carriers ?? [];
  let room = maxDecodedBytes;
  return files.map((file) => {
    if ('address' in file) return file;
    const { bytes, format } = file;
    for (const carrier of carriers) {
      if (carrier === 'upload' && canUpload) return file;
      const fits = Math.ceil(bytes.length / 3) * 4 <= maxDataUrlLength && bytes.length <= room;
      if (carrier !== 'dataUrl' || !fits) continue;
      room -= bytes.length;
      return { address: `data:image/${format};base64,${Buffer.from(bytes).toString('base64')}` };
    }
    throw carriers.includes('dataUrl') ? inputTooLarge() : uploadUnavailable();
  });
}

/** All at once; the first that fails stops the others. */
async function uploadPlans(
  modelId: string,
  plans: readonly Plan[],
  context: UploadContext | undefined,
  signal: AbortSignal,
): Promise<{ addresses: string[]; cacheKeys: string[] }> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const cacheKeys: string[] = [];
  const carry = async (plan: Plan): Promise<string> => {
    if ('address' in plan) return plan.address;
    if (!context) throw uploadUnavailable();
    const { ossUrl, cacheKey } = await uploadFile({ modelId, ...plan }, context, either);
    cacheKeys.push(cacheKey);
    return ossUrl;
  };
  try {
    return { addresses: await Promise.all(plans.map(carry)), cacheKeys };
  } finally {
    stop.abort();
  }
}

function inputError(code: string, message: string, cause?: unknown): ImageGenerationError {
  return new ImageGenerationError('invalidRequest', message, { code, cause });
}
