import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { assertRefused, at, editBody, paths, type Reply, send } from './emulatorClient';
import { samplePng } from './samplePictures';

const model = 'qwen-image-edit';

describe('emulator: uploads', () => {
  let emulator: Emulator;
  let now = Date.UTC(2026, 2, 1);

  before(async () => {
    const keys = { 'sk-emulator': 'any', 'sk-other': 'any' };
    emulator = await startEmulator({ keys, now: () => now });
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.stop());

  const policyPath = `/api/v1/uploads?action=getPolicy&model=${model}`;

  const policy = async (): Promise<Record<string, string>> => {
    const { status, body } = await send(emulator, policyPath);
    assert.equal(status, 200);
    return { ...Object(body.data) };
  };

  /** The fields in their order; `file` is where the caller puts it. */
  const fieldsOf = (data: Record<string, string>): [string, string][] => [
    ['OSSAccessKeyId', data.oss_access_key_id ?? ''],
    ['Signature', data.signature ?? ''],
    ['policy', data.policy ?? ''],
    ['x-oss-object-acl', data.x_oss_object_acl ?? ''],
    ['x-oss-forbid-overwrite', data.x_oss_forbid_overwrite ?? ''],
    ['key', `${data.upload_dir}/a.png`],
    ['success_action_status', '200'],
  ];

  const post = async (
    fields: readonly (readonly [string, string | Blob])[],
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const form = new FormData();
    for (const [name, value] of fields) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, value, 'a.png');
    }
    return await fetch(emulator.resultUrl, { method: 'POST', headers, body: form });
  };

  const file: readonly [string, Blob] = ['file', new Blob([samplePng(400, 400)])];

  const upload = async (): Promise<string> => {
    const data = await policy();
    const response = await post([...fieldsOf(data), file]);
    assert.equal(response.status, 200, await response.text());
    return `oss://${data.upload_dir}/a.png`;
  };

  const use = async (
    address: string,
    headers: Record<string, string | undefined> = {},
    by = model,
  ): Promise<Reply> =>
    await send(emulator, paths.multimodal, {
      body: editBody(by, [address]),
      headers: { 'x-dashscope-ossresourceresolve': 'enable', ...headers },
    });

  const assertDenied = async (response: Response, status: number, code: string): Promise<void> => {
    assert.match(await response.text(), new RegExp(`<Code>${code}</Code>`));
    assert.equal(response.status, status);
  };

  const inspection = 'The media format is not supported or incorrect for the data inspection.';

  it('are allowed by a policy for five minutes', async () => {
    const data = await policy();
    assert.equal(data.upload_host, emulator.resultUrl);
    assert.equal(data.expire_in_seconds, 300);
    assert.equal(data.max_file_size_mb, 1024);
    assert.match(data.upload_dir ?? '', /^dashscope-instant\/[\da-f]{32}\/2026-03-01\//);
    const text = Buffer.from(data.policy ?? '', 'base64').toString();
    assert.equal(at(JSON.parse(text), 'expiration'), '2026-03-01T00:05:00.000Z');
  });

  it('can be used by the same key for the same model, for 48 hours', async () => {
    const address = await upload();
    assert.equal((await use(address)).status, 200);
    const other = { authorization: 'Bearer sk-other' };
    assertRefused(await use(address, other), 400, 'InvalidParameter.DataInspection', inspection);
    const model2 = await use(address, {}, 'qwen-image-2.0');
    assertRefused(model2, 400, 'InvalidParameter.DataInspection', inspection);
    now += 48 * 60 * 60 * 1000 - 1;
    assert.equal((await use(address)).status, 200);
    now += 1;
    assertRefused(await use(address), 400, 'InvalidParameter.DataInspection', inspection);
  });

  it('are not understood without their header', async () => {
    const reply = await use(await upload(), { 'x-dashscope-ossresourceresolve': undefined });
    assert.equal(reply.status, 400);
    assert.equal(reply.body.code, 'invalid_parameter_error');
    assert.match(String(reply.body.message), /The provided URL does not appear to be valid/);
  });

  it('are checked as other input images are', async () => {
    const data = await policy();
    await post([...fieldsOf(data), ['file', new Blob(['no image'])]]);
    const message = 'Invalid image format or corrupted file';
    assertRefused(await use(`oss://${data.upload_dir}/a.png`), 400, 'InvalidParameter', message);
  });

  it('are written to the request log without their bytes', async () => {
    await upload();
    const entry = emulator.requests().at(-1);
    assert.equal(entry?.origin, 'result');
    assert.equal(entry?.method, 'POST');
    assert.equal(entry?.status, 200);
    assert.equal(entry?.headers.authorization, undefined);
    assert.equal(at(entry?.body, 'file', 'name'), 'a.png');
    assert.equal(at(entry?.body, 'success_action_status'), '200');
  });

  it('are refused with a key, without a form, or when the file is not last', async () => {
    const data = await policy();
    const fields = fieldsOf(data);
    const key = { authorization: 'Bearer sk-emulator' };
    await assertDenied(await post([...fields, file], key), 400, 'InvalidArgument');
    const first = [file, ...fields];
    await assertDenied(await post(first), 400, 'InvalidArgument');
    await assertDenied(await post(fields), 400, 'InvalidArgument');
    const text = await fetch(emulator.resultUrl, { method: 'POST', body: 'text' });
    await assertDenied(text, 400, 'MalformedPOSTRequest');
  });

  it('are refused when policy, signature or place do not fit', async () => {
    const data = await policy();
    const changed = (
      name: string,
      value: string,
    ): readonly (readonly [string, string | Blob])[] => [
      ...fieldsOf(data).map(([field, old]) => [field, field === name ? value : old] as const),
      file,
    ];
    await assertDenied(await post(changed('Signature', 'x')), 403, 'SignatureDoesNotMatch');
    await assertDenied(await post(changed('policy', 'x')), 403, 'SignatureDoesNotMatch');
    await assertDenied(await post(changed('key', 'elsewhere/a.png')), 403, 'AccessDenied');
    assert.equal((await post(changed('success_action_status', ''))).status, 204);
    await assertDenied(await post(changed('', '')), 409, 'FileAlreadyExists');
    now += 300_000;
    const late = await post(changed('', ''));
    const text = await late.text();
    assert.match(text, /Invalid according to Policy: Policy expired\./);
  });

  it('are refused when they are too large', async () => {
    emulator.changeSettings({ maxUploadMebibytes: 0.0001 });
    const data = await policy();
    assert.equal(data.max_file_size_mb, 0.0001);
    await assertDenied(await post([...fieldsOf(data), file]), 400, 'EntityTooLarge');
  });

  it('are for Beijing and Singapore, and for whoever names a model', async () => {
    const virginia = await startEmulator({ region: 'us-east-1' });
    assertRefused(await send(virginia, policyPath), 404, 'NotFound', 'Not found!');
    await virginia.stop();
    const nameless = await send(emulator, '/api/v1/uploads?action=getPolicy');
    assert.match(String(nameless.body.message), /^Required parameter\(model\)/);
    const headers = { authorization: undefined };
    const anonymous = await send(emulator, policyPath, { headers });
    assertRefused(anonymous, 401, 'InvalidApiKey', 'No API-key provided.');
  });

  it('can meet faults, also those of one model', async () => {
    const code = 'Throttling.RateQuota';
    const refusal = { kind: 'refuse', status: 429, code, message: 'busy' } as const;
    emulator.addFault({ ...refusal, phase: 'uploadPolicy', model });
    assertRefused(await send(emulator, policyPath), 429, code, 'busy');
    const data = await policy();
    emulator.addFault({ ...refusal, phase: 'upload', model: 'wanx-v1' });
    emulator.addFault({ phase: 'upload', kind: 'loseAnswer', model });
    await assert.rejects(post([...fieldsOf(data), file]), TypeError);
    assert.equal((await use(`oss://${data.upload_dir}/a.png`)).status, 200);
    emulator.addFault({ phase: 'upload', kind: 'reset' });
    const next = await policy();
    emulator.reset();
    emulator.addFault({ phase: 'upload', kind: 'reset' });
    await assert.rejects(post([...fieldsOf(next), file]), TypeError);
    emulator.addFault({
      phase: 'upload',
      kind: 'refuse',
      status: 503,
      code: 'Busy',
      message: 'no',
    });
    await assertDenied(await post([...fieldsOf(next), file]), 503, 'Busy');
  });
});
