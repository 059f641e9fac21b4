import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer';
import { Refusal } from './refusal';
import type { Settings } from './settings';

/** A policy is good for so long. */
const policyLifetimeMs = 300_000;

/** An uploaded file is kept for so long. */
const fileLifetimeMs = 48 * 60 * 60 * 1000;

const accessKeyId = 'LTAIemulator';

/** Whose files lie in an upload folder, and for what. */
interface Owner {
  readonly key: string;
  readonly model: string;
}

/** What a policy allows, which a form cannot change. */
interface Grant extends Owner {
  readonly folder: string;
  readonly expires: number;
}

interface UploadedFile extends Owner {
  readonly bytes: Buffer;
  readonly expires: number;
}

/** The form of an upload, as far as it was looked at. */
export interface UploadForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { readonly name: string; readonly bytes: Buffer };
}

/** The object store for input images: files come by a form with a signed policy, and can only be used, not read. */
export class UploadStore {
  /** By the text of the policy. */
  readonly #grants = new Map<string, Grant>();
  readonly #files = new Map<string, UploadedFile>();
  readonly #secret = randomBytes(20);

  constructor(
    private readonly settings: Readonly<Settings>,
    private readonly now: () => number,
  ) {}

  /** The fields that a form needs for files of this key and model; `host` is where it is to be sent. */
  grantPolicy(owner: Owner, host: string): object {
    const date = new Date(this.now()).toISOString().slice(0, 10);
    const folder = `dashscope-instant/${randomBytes(16).toString('hex')}/${date}/${randomUUID()}`;
    const expires = this.now() + policyLifetimeMs;
    const maxBytes = this.settings.maxUploadMebibytes * 1024 ** 2;
    const rules = {
      expiration: new Date(expires).toISOString(),
      conditions: [
        ['content-length-range', 0, maxBytes],
        ['starts-with', '$key', folder],
      ],
    };
    const policy = Buffer.from(JSON.stringify(rules)).toString('base64');
    this.#grants.set(policy, { ...owner, folder, expires });
    return {
      policy,
      signature: this.#sign(policy),
      upload_dir: folder,
      upload_host: host,
      expire_in_seconds: policyLifetimeMs / 1000,
      max_file_size_mb: this.settings.maxUploadMebibytes,
      capacity_limit_mb: 999_999_999,
      oss_access_key_id: accessKeyId,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    };
  }

  /** Keeps the file of a form, if its policy allows that. Throws a Refusal. */
  receive({ fields, file }: UploadForm): Answer {
    const policy = fields.get('policy') ?? '';
    const grant = this.#grants.get(policy);
    const isSigned = fields.get('Signature') === this.#sign(policy);
    if (!grant || !isSigned || fields.get('OSSAccessKeyId') !== accessKeyId) {
      const reason = 'The request signature we calculated does not match the one you provided.';
      throw new Refusal(403, 'SignatureDoesNotMatch', reason);
    }
    if (grant.expires <= this.now()) throw againstPolicy('Policy expired.');
    const key = fields.get('key') ?? '';
    if (!key.startsWith(`${grant.folder}/`)) {
      throw againstPolicy('Policy Condition failed: ["starts-with", "$key"].');
    }
    if (file.bytes.length > this.settings.maxUploadMebibytes * 1024 ** 2) {
      const reason = 'Your proposed upload exceeds the maximum allowed size.';
      throw new Refusal(400, 'EntityTooLarge', reason);
    }
    if (this.#files.has(key) && fields.get('x-oss-forbid-overwrite') === 'true') {
      const reason = 'The object you specified already exists and can not be overwritten.';
      throw new Refusal(409, 'FileAlreadyExists', reason);
    }
    const expires = this.now() + fileLifetimeMs;
    this.#files.set(key, { key: grant.key, model: grant.model, bytes: file.bytes, expires });
    const status = fields.get('success_action_status') === '200' ? 200 : 204;
    return { status, headers: {}, body: Buffer.alloc(0) };
  }

  /** The file behind an `oss://` address; undefined for what is gone, or was uploaded for another key or model. */
  find(address: string, { key, model }: Owner): Buffer | undefined {
    const file = this.#files.get(address.replace(/^oss:\/\//, ''));
    const isTheirs = file?.key === key && file.model === model;
    return file && isTheirs && file.expires > this.now() ? file.bytes : undefined;
  }

  /** The model that a form's file is for. */
  modelOf({ fields }: UploadForm): string | undefined {
    return this.#grants.get(fields.get('policy') ?? '')?.model;
  }

  clear(): void {
    this.#grants.clear();
    this.#files.clear();
  }

  #sign(policy: string): string {
    return createHmac('sha1', this.#secret).update(policy).digest('base64');
  }
}

function againstPolicy(reason: string): Refusal {
  return new Refusal(403, 'AccessDenied', `Invalid according to Policy: ${reason}`);
}

/** Reads a multipart form whose last part is `file`. Throws a Refusal. */
export async function readUploadForm(
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<UploadForm> {
  if (headers.authorization !== undefined) {
    const reason = 'Only one auth mechanism allowed; a form must not come with Authorization.';
    throw new Refusal(400, 'InvalidArgument', reason);
  }
  const form = await new Response(body, {
    headers: { 'content-type': headers['content-type'] ?? '' },
  })
    .formData()
    .catch(() => undefined);
  if (!form) {
    const reason = 'The body of your POST request is not well-formed multipart/form-data.';
    throw new Refusal(400, 'MalformedPOSTRequest', reason);
  }
  const fields = new Map<string, string>();
  const parts = [...form];
  const [name, file] = parts.pop() ?? [];
  for (const [field, value] of parts) if (typeof value === 'string') fields.set(field, value);
  if (name !== 'file' || typeof file !== 'object' || fields.size !== parts.length) {
    const reason = 'POST requires exactly one file upload per request, as the last field.';
    throw new Refusal(400, 'InvalidArgument', reason);
  }
  return { fields, file: { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) } };
}
