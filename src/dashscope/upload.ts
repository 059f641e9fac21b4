import { createHash } from 'node:crypto';
import { ImageGenerationError } from '../imageModel/errors';
import { backOffMs } from './backOff';
import { isLoopbackUrl } from './hostScope';
import type { ClientEnvironment, DashScopeTransport } from './transport';
import { inputTooLarge, uploadError, uploadUnavailable } from './uploadErrors';
import { postFile } from './uploadForm';
import { type UploadPolicy, uploadPolicySchema } from './wireSchemas';

// https://help.aliyun.com/zh/model-studio/get-temporary-file-url

/** A file in the service's temporary storage, which its owner's calls can name but nobody can read back. */
export interface StoredUpload {
  readonly ossUrl: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Remembers uploads; a Map is one. Its keys are made of model, origin, a mark of the account and a hash of the bytes. */
export interface UploadCache {
  get(key: string): StoredUpload | undefined;
  /** What it returns may be a promise that fails. */
  set(key: string, upload: StoredUpload): unknown;
}

/** What an upload works with. */
export interface UploadContext {
  readonly transport: DashScopeTransport;
  readonly environment: ClientEnvironment;
  /** An origin. */
  readonly baseUrl: string;
  readonly cache: UploadCache;
}

/** A file to upload for a model. */
export interface UploadFile {
  readonly modelId: string;
  readonly bytes: Uint8Array;
  /** Of its name; also its media type's second half. */
  readonly format: string;
}

/** 48 h, but for a margin in which a request may still wait. */
const lifetimeMs = 46 * 60 * 60 * 1_000;
const maxTries = 3;

/**
 * Brings a file to temporary storage, or finds it there, and resolves with its `oss://` address and its key in the cache.
 * @throws ImageGenerationError, billed `no`; the signal's reason when it fires
 */
export async function uploadFile(
  file: UploadFile,
  context: UploadContext,
  signal: AbortSignal,
): Promise<{ readonly ossUrl: string; readonly cacheKey: string }> {
  const { environment, cache, baseUrl, transport } = context;
  const digest = createHash('sha256').update(file.bytes).digest('hex');
  const cacheKey = `${file.modelId} ${baseUrl} ${await transport.accountMark()} ${digest}`;
  const known = cache.get(cacheKey);
  if (known && known.expiresAt > environment.now()) return { ossUrl: known.ossUrl, cacheKey };
  for (let tries = 1; ; tries += 1) {
    try {
      const expiresAt = environment.now() + lifetimeMs;
      const ossUrl = await uploadOnce(
        file,
        `${digest.slice(0, 16)}.${file.format}`,
        context,
        signal,
      );
      remember(cacheKey, { ossUrl, expiresAt }, context);
      return { ossUrl, cacheKey };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const mayPass = error instanceof ImageGenerationError && error.retryable;
      if (!mayPass || tries >= maxTries) throw error;
      environment.logger.warn(`upload: ${error.code} (try ${tries} of ${maxTries})`);
    }
    await environment.pause(backOffMs(tries, environment.random), signal);
  }
}

/** Not to be used again. */
export function forgetUpload(cacheKey: string, context: UploadContext): void {
  remember(cacheKey, { ossUrl: '', expiresAt: 0 }, context);
}

/** What cannot be remembered is uploaded once more, so a failure is only logged. */
function remember(
  cacheKey: string,
  upload: StoredUpload,
  { cache, environment }: UploadContext,
): void {
  const set = async (): Promise<unknown> => cache.set(cacheKey, upload);
  set().catch((error: unknown) => environment.logger.warn(`upload: not remembered: ${error}`));
}

/** Both steps; each try has a new policy, and with it a place of its own. */
async function uploadOnce(
  { modelId, bytes, format }: UploadFile,
  name: string,
  { transport, environment, baseUrl }: UploadContext,
  signal: AbortSignal,
): Promise<string> {
  const policy = await getPolicy(transport, modelId, signal);
  const maxMegabytes = policy.max_file_size_mb ?? Number.POSITIVE_INFINITY;
  if (bytes.length > maxMegabytes * 1024 * 1024) throw inputTooLarge();
  const key = `${policy.upload_dir}/${name}`;
  const options = { environment, allowLoopback: isLoopbackUrl(baseUrl), signal };
  await postFile({ policy, key, bytes, mediaType: `image/${format}` }, options);
  return `oss://${key}`;
}

async function getPolicy(
  transport: DashScopeTransport,
  modelId: string,
  signal: AbortSignal,
): Promise<UploadPolicy> {
  const query = new URLSearchParams({ action: 'getPolicy', model: modelId });
  let reply: Awaited<ReturnType<DashScopeTransport['get']>>;
  try {
    reply = await transport.get(`/api/v1/uploads?${query}`, signal);
  } catch (error) {
    if (!(error instanceof ImageGenerationError)) throw error;
    if (error.httpStatus === 404) throw uploadUnavailable(error);
    // Only a question was asked: whatever became of it, it costs nothing.
    throw error.billed === 'no' ? error : uploadError('UploadFailed', { cause: error });
  }
  const { data: policy } = uploadPolicySchema.safeParse(reply.data);
  if (policy) return policy;
  throw uploadError('UploadUnreadable', { requestId: reply.request_id });
}
