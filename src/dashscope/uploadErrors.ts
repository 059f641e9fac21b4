import { type ErrorDetails, type ErrorKind, ImageGenerationError } from '../imageModel/errors';

interface UploadFault {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly retryable?: boolean;
}

/** What can go wrong on an input image's way to the service's temporary storage. */
const faults = {
  UploadFailed: {
    kind: 'network',
    message:
      'The input image could not be uploaded; nothing was generated. Check the connection and try again.',
    retryable: true,
  },
  UploadRefused: {
    kind: 'server',
    message:
      'The temporary storage of the service refused the input image; nothing was generated. Try again, or give the image by a web address.',
  },
  UploadUnsafe: {
    kind: 'badResponse',
    message:
      'The service named an unsafe address for uploads, so the input image was not sent; check the endpoint.',
  },
  UploadUnreadable: {
    kind: 'badResponse',
    message:
      'The service answered the request for an upload in a way that cannot be read; check the endpoint, or give the image by a web address.',
  },
} satisfies Record<string, UploadFault>;

/** A failed upload: no image was asked for yet, so nothing was billed. */
export function uploadError(
  code: keyof typeof faults,
  details: Omit<ErrorDetails, 'code' | 'billed'> = {},
): ImageGenerationError {
  const { kind, message, retryable = false }: UploadFault = faults[code];
  return new ImageGenerationError(kind, message, { retryable, ...details, code, billed: 'no' });
}

/** Neither in the request nor by an upload. */
export function inputTooLarge(): ImageGenerationError {
  return new ImageGenerationError(
    'invalidRequest',
    'The input image is too large to be sent; make it smaller, or give it by a web address.',
    { code: 'InputTooLarge' },
  );
}

/** The model takes files only by upload, and there is none. */
export function uploadUnavailable(cause?: unknown): ImageGenerationError {
  return new ImageGenerationError(
    'invalidRequest',
    'Files cannot be uploaded in this region or at this endpoint; give the image by a web address.',
    { code: 'UploadUnavailable', cause },
  );
}
