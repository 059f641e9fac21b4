import { type ErrorDetails, ImageGenerationError } from '../imageModel/errors';

/** Worth another try: the same link may give the whole picture next time. */
export class BrokenDownload extends Error {}

/** The largest result that is fetched. */
export const maxImageBytes = 64 * 1024 * 1024;

export function givenUp(cause: BrokenDownload): ImageGenerationError {
  return downloadError(
    'The image was made and paid for, but it could not be fetched whole; fetch it again within 24 hours.',
    { code: 'BrokenDownload', retryable: true, cause },
  );
}

/** What an answer that is no success means for the download. @param isExpired as the link itself tells, if it does */
export function statusError(httpStatus: number, isExpired: boolean | undefined): Error {
  if (httpStatus >= 500 || httpStatus === 429 || httpStatus === 408) {
    return new BrokenDownload(`HTTP ${httpStatus}`);
  }
  if (isExpired === false) {
    return downloadError(
      'The image was made and paid for, but its link was refused though it has not expired; fetch it again.',
      { code: 'LinkRejected', httpStatus, retryable: true },
    );
  }
  return downloadError(
    'The image was made and paid for, but its link is no longer valid (a link lives 24 hours); generate it again.',
    { code: `Http${httpStatus}`, httpStatus },
  );
}

export function tooLarge(): ImageGenerationError {
  const megabytes = maxImageBytes / 1024 / 1024;
  return downloadError(
    `The image was made and paid for, but it is larger than ${megabytes} MB and was not fetched.`,
    { code: 'ImageTooLarge' },
  );
}

export function linkRefused(reason: string): ImageGenerationError {
  return downloadError(
    `The image was made and paid for, but its link is not safe to follow (${reason}).`,
    { code: 'LinkRefused' },
  );
}

/** The disk, and not the network, is what failed. */
export function notWritten(cause: unknown): ImageGenerationError {
  return new ImageGenerationError(
    'storage',
    'The image was made and paid for, but it could not be written to disk.',
    { code: 'NotWritten', retryable: true, billed: 'yes', cause },
  );
}

function downloadError(message: string, details: ErrorDetails): ImageGenerationError {
  return new ImageGenerationError('download', message, { ...details, billed: 'yes' });
}
