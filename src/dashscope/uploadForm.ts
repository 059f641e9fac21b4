import { ImageGenerationError } from '../imageModel/errors';
import { startTimeout } from '../util/timeout';
import { tidy } from './apiErrors';
import { checkStoreUrl } from './hostScope';
import { toNetworkFailure } from './networkErrors';
import { readBody } from './readBody';
import type { ClientEnvironment } from './transport';
import { uploadError } from './uploadErrors';
import type { UploadPolicy } from './wireSchemas';

/** A file on its way, with what the service allows for it. */
export interface FormFile {
  readonly policy: UploadPolicy;
  /** Its path in the storage. */
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What the posting needs to know besides. */
export interface PostOptions {
  readonly environment: ClientEnvironment;
  /** The person's own loopback service may have its storage on loopback, also over http. */
  readonly allowLoopback: boolean;
  readonly signal: AbortSignal;
}

const timeoutMs = 300_000;
const maxReplyBytes = 64 * 1024;

/**
 * Posts the form. The policy in it is all the leave that is needed: no key and no header of ours goes along, and no
 * redirect is followed. @throws ImageGenerationError, billed `no`; the signal's reason when it fires
 */
export async function postFile(
  file: FormFile,
  { environment, allowLoopback, signal }: PostOptions,
): Promise<void> {
  const { fetch, logger, now, timeoutSignal } = environment;
  const url = checkStoreUrl(file.policy.upload_host, allowLoopback);
  if (!url) throw uploadError('UploadUnsafe');
  const { body, contentType } = await encodeForm(file);
  signal.throwIfAborted();
  const timeout = startTimeout(timeoutMs, timeoutSignal);
  const startedAt = now();
  try {
    const response = await fetch(url.href, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout.signal]),
    });
    const reply = await readBody(response, maxReplyBytes);
    const { status } = response;
    logger.info(`upload: ${status} from ${url.host} after ${Math.round(now() - startedAt)} ms`);
    if (!response.ok) throw refusal(status, reply);
  } catch (error) {
    if (error instanceof ImageGenerationError) throw error;
    if (signal.aborted) throw signal.reason;
    if (timeout.signal.aborted) throw uploadError('UploadFailed', { cause: error });
    const failure = toNetworkFailure(error);
    // Of these, the code tells what is the matter with the network.
    if (failure.stage !== 'unknown') throw failure.error;
    throw uploadError('UploadFailed', { cause: failure.error });
  } finally {
    timeout.end();
  }
}

/** As bytes, so that it does not matter whose `fetch` sends them. The file has to be the last field. */
async function encodeForm({
  policy,
  key,
  bytes,
  mediaType,
}: FormFile): Promise<{ body: ArrayBuffer; contentType: string }> {
  const form = new FormData();
  form.append('OSSAccessKeyId', policy.oss_access_key_id);
  form.append('Signature', policy.signature);
  form.append('policy', policy.policy);
  form.append('x-oss-object-acl', policy.x_oss_object_acl);
  form.append('x-oss-forbid-overwrite', policy.x_oss_forbid_overwrite);
  form.append('key', key);
  form.append('success_action_status', '200');
  const name = key.slice(key.lastIndexOf('/') + 1);
  form.append('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), name);
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? 'multipart/form-data';
  return { body: await encoded.arrayBuffer(), contentType };
}

/** The storage words its errors in XML. */
function refusal(httpStatus: number, reply: Uint8Array | undefined): ImageGenerationError {
  const mayPass = httpStatus >= 500 || httpStatus === 429 || httpStatus === 408;
  const text = new TextDecoder().decode(reply ?? new Uint8Array());
  const [, code = ''] = /<Code>(\w{1,100})<\/Code>/.exec(text) ?? [];
  const [, message = ''] = /<Message>([^<]{1,300})<\/Message>/.exec(text) ?? [];
  const serviceMessage = tidy([code, message].filter(Boolean).join(': ')) || undefined;
  return uploadError(mayPass ? 'UploadFailed' : 'UploadRefused', { httpStatus, serviceMessage });
}
