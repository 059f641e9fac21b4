import { ImageGenerationError } from '../imageModel/errors';
import type { DownloadedImage } from '../imageModel/imageModel';
import type { ImageFile } from '../util/imageFile';
import { startTimeout } from '../util/timeout';
import { backOffMs } from './backOff';
import { BrokenDownload, givenUp, maxImageBytes, statusError, tooLarge } from './downloadErrors';
import { isExpired, openLink } from './downloadUrl';
import { toNetworkFailure } from './networkErrors';
import { ResultFile } from './resultFile';
import { StallWatch } from './stallWatch';
import type { ClientEnvironment } from './transport';

/** What a download needs to know besides the URL. */
export interface DownloadOptions {
  readonly environment: ClientEnvironment;
  /** The person's own loopback service may deliver from loopback, also over http. */
  readonly allowLoopback: boolean;
  readonly signal: AbortSignal;
}

/** What one try tells the next of the object behind the link. */
interface KnownObject {
  etag?: string | undefined;
  byteLength?: number | undefined;
  /** In base64. */
  md5?: string | undefined;
}

const maxTries = 4;

/**
 * Fetches one result into a file, and checks it. Where the file holds a part already, only the rest is fetched; where it
 * holds the whole picture, nothing is. The URL is signed, so nothing is sent along but the range: no key, no header of
 * ours. The part stays when another try may mend it, and when the signal fires. The bytes are on disk at the end.
 * @throws ImageGenerationError of kind `download`, or `storage` where the file could not be written; `billed: 'yes'`
 * both; the signal's reason when it fires
 */
export async function downloadImage(
  url: string,
  path: string,
  options: DownloadOptions,
): Promise<DownloadedImage> {
  const { environment, signal } = options;
  const file = new ResultFile(path);
  const known: KnownObject = {};
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await fetchOnce(url, file, known, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BrokenDownload)) {
        if (isFinal(error)) await file.remove();
        throw error;
      }
      environment.logger.warn(`download: ${error.message} (try ${tries} of ${maxTries})`);
      if (tries >= maxTries) throw givenUp(error);
      await environment.pause(backOffMs(tries, environment.random), signal);
    }
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof ImageGenerationError && !error.retryable;
}

async function fetchOnce(
  url: string,
  file: ResultFile,
  known: KnownObject,
  options: DownloadOptions,
): Promise<DownloadedImage> {
  const before = await file.inspect();
  if (before.state === 'whole') {
    // Whoever wrote it may have been cut off before it was on disk.
    await file.sync();
    return delivered(file, before);
  }
  await fetchRest(url, file, before.state === 'begun' ? before.byteLength : 0, known, options);
  // The disk has its work while the bytes are looked at.
  const [after] = await Promise.all([check(file, known), file.sync()]);
  if (after.state === 'whole') return delivered(file, after);
  if (after.state === 'begun') throw new BrokenDownload('a picture that breaks off');
  // There is nothing in it to go on from.
  await file.remove();
  throw new BrokenDownload('not a whole PNG, JPEG or WebP picture');
}

function delivered(
  { path }: ResultFile,
  {
    byteLength,
    header,
  }: { byteLength: number; header: Omit<DownloadedImage, 'file' | 'byteLength'> },
): DownloadedImage {
  return { file: path, byteLength, ...header };
}

/** What is in the file at the end. One whose digest is another is broken, however whole it looks. */
async function check(file: ResultFile, { md5 }: KnownObject): Promise<ImageFile> {
  const [found, digest = md5] = await Promise.all([
    file.inspect(),
    md5 === undefined ? undefined : file.md5(),
  ]);
  return found.state === 'whole' && digest !== md5 ? { state: 'broken' } : found;
}

/** Leaves all bytes that came in the file. */
async function fetchRest(
  url: string,
  file: ResultFile,
  held: number,
  known: KnownObject,
  { environment, allowLoopback, signal }: DownloadOptions,
): Promise<void> {
  const { fetch, logger, now, timeoutSignal } = environment;
  const watch = new StallWatch(signal, (ms) => startTimeout(ms, timeoutSignal));
  const onAnswer = (): void => watch.moved();
  const ask = (headers: Readonly<Record<string, string>>) =>
    openLink(url, { fetch, allowLoopback, onAnswer, init: { headers, signal: watch.signal } });
  const startedAt = now();
  try {
    let { response, host } = await ask(held > 0 ? rangeHeaders(held, known) : {});
    let offset = held;
    if (offset > 0 && !fits(response, offset, known)) {
      offset = 0;
      if (response.status === 206 || response.status === 416) {
        await response.body?.cancel();
        ({ response, host } = await ask({}));
      }
    }
    if (offset === 0 && response.ok) learn(known, response);
    const problem = problemOf(response, offset, known, isExpired(url, now()));
    if (problem) {
      await response.body?.cancel();
      throw problem;
    }
    const end = await file.append(offset, watched(response, offset, watch));
    const count = `${end - offset} bytes${offset > 0 ? ` behind ${offset}` : ''}`;
    logger.info(`download: ${count} from ${host} in ${now() - startedAt} ms`);
    if (end === 0) throw new BrokenDownload('no bytes');
    if (known.byteLength !== undefined && end !== known.byteLength) {
      throw new BrokenDownload(`${end} of ${known.byteLength} bytes`);
    }
  } catch (error) {
    if (error instanceof BrokenDownload || error instanceof ImageGenerationError) throw error;
    const reason = watch.hasStalled ? 'Timeout' : toNetworkFailure(error).error.code;
    throw new BrokenDownload(reason, { cause: error });
  } finally {
    watch.end();
  }
}

/** Why the body is not worth fetching, if so. */
function problemOf(
  { ok, status }: Response,
  offset: number,
  { byteLength = 0 }: KnownObject,
  isLinkExpired: boolean | undefined,
): Error | undefined {
  if (!ok) return statusError(status, isLinkExpired);
  if (status === 206 && offset === 0) return new BrokenDownload('a part that was not asked for');
  return byteLength > maxImageBytes ? tooLarge() : undefined;
}

/**
 * Within a download the ETag makes sure that the rest is of the same object. It is not kept over a restart, as nothing
 * replaces the object behind a signed URL: the service writes it once, under the request's own id. The total length
 * and the checks of the whole file are enough there.
 */
function rangeHeaders(held: number, { etag }: KnownObject): Record<string, string> {
  return { Range: `bytes=${held}-`, ...(etag !== undefined && { 'If-Range': etag }) };
}

/** Whether an answer is the rest of what is held; takes the total length from it then. */
function fits({ status, headers }: Response, held: number, known: KnownObject): boolean {
  if (status !== 206 || headers.has('content-encoding')) return false;
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '');
  const total = Number(range?.[2]);
  if (Number(range?.[1]) !== held || !(total > held)) return false;
  if (known.byteLength !== undefined && known.byteLength !== total) return false;
  const etag = headers.get('etag');
  if (known.etag !== undefined && etag !== null && etag !== known.etag) return false;
  known.byteLength = total;
  // Of the whole object, as object stores mean it. One of the part alone costs a download from the start, and no more.
  known.md5 ??= readHeader(headers, 'content-md5', md5Pattern);
  return true;
}

/** What a whole answer says of the object. With a content encoding it speaks of the packed form, which is not kept. */
function learn(known: KnownObject, { headers }: Response): void {
  const isPacked = headers.has('content-encoding');
  const read = (name: string, pattern: RegExp): string | undefined =>
    isPacked ? undefined : readHeader(headers, name, pattern);
  const length = read('content-length', /^\d+$/);
  known.byteLength = length === undefined ? undefined : Number(length);
  // A weak one does not promise the same bytes.
  known.etag = read('etag', /^"[^"]*"$/);
  known.md5 = read('content-md5', md5Pattern);
}

const md5Pattern = /^[\w+/]{22}==$/;

function readHeader(headers: Headers, name: string, pattern: RegExp): string | undefined {
  const value = headers.get(name)?.trim();
  return value !== undefined && pattern.test(value) ? value : undefined;
}

async function* watched(
  { body }: Response,
  offset: number,
  watch: StallWatch,
): AsyncGenerator<Uint8Array> {
  let end = offset;
  for await (const chunk of body ?? []) {
    watch.moved();
    end += chunk.length;
    if (end > maxImageBytes) throw tooLarge();
    yield chunk;
  }
}
