import { ImageGenerationError } from '../imageModel/errors';
import type { GeneratedImage } from '../imageModel/imageModel';
import { readImageHeader } from '../util/imageHeader';
import { backOffMs } from './backOff';
import { hostScope } from './hostScope';
import { toNetworkFailure } from './networkErrors';
import { readBody } from './readBody';
import type { ClientEnvironment } from './transport';

/** What a download needs to know besides the URL. */
export interface DownloadOptions {
  readonly environment: ClientEnvironment;
  /** The person's own loopback service may deliver from loopback, also over http. */
  readonly allowLoopback: boolean;
  readonly signal: AbortSignal;
}

const maxBytes = 64 * 1024 * 1024;
const maxRedirects = 3;
const maxTries = 4;
/** For one try, of which 8 MB on a slow line need a good part. */
const tryTimeoutMs = 300_000;

/** Worth another try: the same URL may give the whole picture next time. */
class BrokenDownload extends Error {}

/**
 * Fetches and checks one result. The URL is signed, so nothing is sent along: no key, no header of ours.
 * @throws ImageGenerationError of kind `download`, `billed: 'yes'`; the signal's reason when it fires.
 */
export async function downloadImage(
  url: string,
  options: DownloadOptions,
): Promise<GeneratedImage> {
  const { environment, signal } = options;
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await fetchOnce(url, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BrokenDownload)) throw error;
      environment.logger.warn(`download: ${error.message} (try ${tries} of ${maxTries})`);
      if (tries >= maxTries) {
        throw downloadError(
          'BrokenDownload',
          'The image was made and paid for, but it could not be fetched whole; fetch it again within 24 hours.',
          { retryable: true, cause: error },
        );
      }
      await environment.pause(backOffMs(tries, environment.random), signal);
    }
  }
}

async function fetchOnce(
  url: string,
  { environment, allowLoopback, signal }: DownloadOptions,
): Promise<GeneratedImage> {
  const { fetch, logger, now, timeoutSignal } = environment;
  const timeout = timeoutSignal?.(tryTimeoutMs) ?? AbortSignal.timeout(tryTimeoutMs);
  const init: RequestInit = { redirect: 'manual', signal: AbortSignal.any([signal, timeout]) };
  const startedAt = now();
  let target = checkUrl(url, undefined, allowLoopback);
  try {
    let response = await fetch(target.href, init);
    for (let hops = 0; isRedirect(response); hops += 1) {
      await response.body?.cancel();
      if (hops === maxRedirects) throw refused('too many redirects');
      target = checkUrl(response.headers.get('location') ?? '', target, allowLoopback);
      response = await fetch(target.href, init);
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw statusError(response.status);
    }
    const bytes = await readWhole(response);
    const header = readImageHeader(bytes);
    if (!header) throw new BrokenDownload('not a whole PNG, JPEG or WebP picture');
    logger.info(`download: ${bytes.length} bytes from ${target.host} in ${now() - startedAt} ms`);
    return { bytes, ...header };
  } catch (error) {
    if (error instanceof BrokenDownload || error instanceof ImageGenerationError) throw error;
    const reason = timeout.aborted ? 'Timeout' : toNetworkFailure(error).error.code;
    throw new BrokenDownload(reason, { cause: error });
  }
}

/** Upgrades http to https, and refuses what a result link has no business to be. */
function checkUrl(text: string, base: URL | undefined, allowLoopback: boolean): URL {
  if (!URL.canParse(text, base?.href)) throw refused('not a URL');
  const url = new URL(text, base);
  const scope = hostScope(url.hostname);
  if (scope === 'private') throw refused('a private address');
  if (scope === 'loopback' && !allowLoopback) throw refused('an address of this machine');
  if (url.protocol === 'http:' && scope !== 'loopback') url.protocol = 'https:';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused(`${url.protocol} link`);
  if (url.username || url.password) throw refused('a link with a password');
  return url;
}

async function readWhole(response: Response): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? Number.NaN);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const bytes = await readBody(response, maxBytes);
  if (!bytes) throw tooLarge();
  // With a content encoding the announced length is that of the packed form.
  const isPacked = response.headers.has('content-encoding');
  if (!isPacked && announced >= 0 && bytes.length !== announced) {
    throw new BrokenDownload(`${bytes.length} of ${announced} bytes`);
  }
  return bytes;
}

function isRedirect({ status }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function statusError(httpStatus: number): Error {
  if (httpStatus >= 500 || httpStatus === 429 || httpStatus === 408) {
    return new BrokenDownload(`HTTP ${httpStatus}`);
  }
  return downloadError(
    `Http${httpStatus}`,
    'The image was made and paid for, but its link is no longer valid (a link lives 24 hours); generate it again.',
    { httpStatus },
  );
}

function tooLarge(): ImageGenerationError {
  return downloadError(
    'ImageTooLarge',
    `The image was made and paid for, but it is larger than ${maxBytes / 1024 / 1024} MB and was not fetched.`,
    {},
  );
}

function refused(reason: string): ImageGenerationError {
  return downloadError(
    'LinkRefused',
    `The image was made and paid for, but its link is not safe to follow (${reason}).`,
    {},
  );
}

function downloadError(
  code: string,
  message: string,
  details: { httpStatus?: number; retryable?: boolean; cause?: unknown },
): ImageGenerationError {
  return new ImageGenerationError('download', message, { ...details, code, billed: 'yes' });
}
