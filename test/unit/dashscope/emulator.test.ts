import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { modelCatalog } from '../../../src/dashscope/modelCatalog';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import { regions } from '../../../src/dashscope/regions';
import type {
  DownloadedImage,
  ImageDelivery,
  ImageModel,
  ImageRequest,
  RequestedSize,
} from '../../../src/imageModel/imageModel';
import { defaultParameters } from '../../../src/imageModel/parameters';
import { checkRequest } from '../../../src/imageModel/requestRules';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';
import { png } from './pictures';

const signal = new AbortController().signal;

function modelOf(emulator: Emulator, modelId: string, regionId = 'cn-beijing'): ImageModel {
  const environment = new FakeEnvironment((url, init) => globalThis.fetch(url, init));
  const provider = new DashScopeProvider({
    ...providerOptions(environment),
    baseUrlFor: () => emulator.url,
    getApiKey: async () => 'sk-emulator',
    timeoutSignal: AbortSignal.timeout,
    readImage: async () => png(1024, 1024),
  });
  return modelIn(provider, modelId, regionId);
}

/** The first image of a delivery, in a file that is gone afterwards. */
async function fetchWith(model: ImageModel, delivery: ImageDelivery): Promise<DownloadedImage> {
  const [first = { url: '' }] = delivery.images;
  const folder = await mkdtemp(join(tmpdir(), 'easel-'));
  try {
    return await model.download(first, join(folder, 'image.part'), { signal });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const input = {
  uri: 'file:///in.png',
  format: 'png',
  size: { width: 1024, height: 1024 },
} as const;

/** One that is soon drawn, where the model takes it. */
function smallSize(row: ModelRow): RequestedSize {
  const size = { width: 1024, height: 640 };
  const issues = checkRequest(row, request(row.id, { size, images: [input] }), 'cn-beijing');
  const isTaken = issues.every(({ field }) => field !== 'size');
  return isTaken ? size : (row.sizeRule.presets.at(-1) ?? row.defaultSize);
}

function request(modelId: string, more: Partial<ImageRequest> = {}): ImageRequest {
  return { modelId, prompt: '雪中的狐狸', size: { width: 1280, height: 1280 }, count: 1, ...more };
}

for (const { id: regionId } of regions) {
  describe(`the client and the emulator in ${regionId}`, () => {
    let emulator: Emulator;

    before(async () => {
      emulator = await startEmulator({ region: regionId });
    });
    after(() => emulator.stop());
    afterEach(() => emulator.reset());

    for (const row of modelCatalog.filter(({ regions: in_ }) =>
      in_.some((id) => id === regionId),
    )) {
      it(`make with ${row.id} two images where it can, of the size asked for`, async () => {
        const model = modelOf(emulator, row.id, regionId);
        const count = Math.min(2, row.maxImagesPerCall);
        const size = smallSize(row);
        const images = Array.from(
          { length: row.images ? Math.max(1, row.images.min) : 0 },
          () => input,
        );
        const delivery = await generateWith(
          model,
          request(row.id, {
            ...defaultParameters(row.parameters),
            ...{ size, count, images, seed: 7, negativePrompt: '模糊', watermark: true },
          }),
        );
        strictEqual(delivery.images.length, count);
        const image = await fetchWith(model, delivery);
        // Without a size of its own, the output is as the input.
        const expected = size === 'auto' ? input.size : size;
        deepStrictEqual([image.mediaType, image.size], ['image/png', expected]);
        strictEqual(emulator.ledger().length, count);
      });
    }
  });
}

describe('the client, when the emulator misbehaves', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  afterEach(() => emulator.reset());

  const submits = () => emulator.requests().filter(({ method }) => method === 'POST').length;

  async function make(modelId: string, more: Partial<ImageRequest> = {}): Promise<ImageDelivery> {
    return generateWith(modelOf(emulator, modelId), request(modelId, more));
  }

  function fetchFirst(delivery: ImageDelivery): Promise<DownloadedImage> {
    return fetchWith(modelOf(emulator, 'wan2.6-t2i'), delivery);
  }

  for (const modelId of ['qwen-image-2.0', 'wan2.6-t2i']) {
    for (const kind of ['loseAnswer', 'truncate', 'malformedJson'] as const) {
      it(`buys ${modelId} once when its answer is lost (${kind}), and says that it may be billed`, async () => {
        emulator.addFault({ phase: 'submit', kind });
        await rejects(make(modelId), { name: 'ImageGenerationError', billed: 'maybe' });
        strictEqual(submits(), 1);
      });
    }

    it(`buys ${modelId} once after a throttled request`, async () => {
      const code = 'Throttling.RateQuota';
      emulator.addFault({
        phase: 'submit',
        kind: 'refuse',
        status: 429,
        code,
        message: 'm',
        times: 4,
      });
      strictEqual((await make(modelId)).images.length, 1);
      deepStrictEqual([submits(), emulator.ledger().length], [5, 1]);
    });
  }

  it('finds the task of a submit whose answer was lost, and its images, for nothing more', async () => {
    const model = modelOf(emulator, 'wan2.2-t2i-flash');
    const wanted = request('wan2.2-t2i-flash', { size: { width: 1024, height: 1024 } });
    await model.submit({ ...wanted, prompt: 'a red fox' }, { signal });
    emulator.addFault({ phase: 'submit', kind: 'loseAnswer' });
    let sentAt = 0;
    // The clock of the tests is months away from the emulator's.
    const beforeSend = async () => {
      sentAt = Date.UTC(2026, 0, 1);
    };
    await rejects(model.submit(wanted, { signal, beforeSend }), { billed: 'maybe' });
    const lost = { sentAt, request: wanted, knownTasks: async () => new Set<string>() };
    const search = await model.findLostTask(lost, { signal });
    if (!search.found) throw new Error('not found');
    const { found, isProven } = search;
    strictEqual(isProven, true);
    strictEqual((await model.wait(found, wanted, { signal })).images.length, 1);
    deepStrictEqual([submits(), emulator.ledger().length], [2, 2]);
  });

  it('keeps asking for a task through every kind of broken poll', async () => {
    for (const kind of ['reset', 'loseAnswer', 'truncate', 'malformedJson', 'html'] as const) {
      emulator.addFault({ phase: 'poll', kind });
    }
    strictEqual((await make('wan2.6-t2i')).images.length, 1);
  });

  it('keeps the good images of a set', async () => {
    emulator.addFault({ phase: 'submit', kind: 'partial', failed: 2 });
    const { images, failures } = await make('wanx-v1', {
      size: { width: 1024, height: 1024 },
      count: 4,
    });
    deepStrictEqual([images.length, failures.length, emulator.ledger().length], [2, 2, 2]);
  });

  it('names the reason of a task that fails later', async () => {
    emulator.addFault({
      phase: 'submit',
      kind: 'failTask',
      code: 'DataInspectionFailed',
      message: 'Output data may contain inappropriate content.',
    });
    await rejects(make('wan2.6-t2i'), { kind: 'contentFilter', billed: 'no' });
  });

  it('goes on after a task that is not known yet', async () => {
    emulator.addFault({ phase: 'poll', kind: 'unknownTask', times: 2 });
    strictEqual((await make('wan2.6-t2i')).images.length, 1);
  });

  it('does not know what became of a task that the service does not know', async () => {
    emulator.addFault({ phase: 'poll', kind: 'unknownTask', times: 3 });
    await rejects(make('wan2.6-t2i'), { code: 'TaskUnknown', billed: 'maybe' });
  });

  for (const kind of [
    'reset',
    'loseAnswer',
    'truncate',
    'wrongContent',
    'empty',
    'redirect',
    'html',
  ] as const) {
    it(`fetches the image in spite of a broken download (${kind})`, async () => {
      const delivery = await make('wan2.6-t2i');
      emulator.addFault({ phase: 'download', kind });
      deepStrictEqual((await fetchFirst(delivery)).size, { width: 1280, height: 1280 });
    });
  }
});
