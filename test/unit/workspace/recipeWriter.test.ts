import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { InscribedJob } from '../../../src/generation/fetchImages';
import type { DownloadedImage } from '../../../src/imageModel/imageModel';
import { readRecipe, removeRecipe } from '../../../src/recipe/imageRecipe';
import { recipeWriter } from '../../../src/workspace/recipeWriter';
import { RecordingLogger } from '../../fakes/recordingLogger';
import { png } from '../dashscope/pictures';
import { pngChunk, pngWith } from '../recipe/sampleFiles';

const prompt = 'a fox in secret moonlight';

const job: InscribedJob = {
  request: { modelId: 'some-model', prompt, size: { width: 3, height: 2 }, count: 1, seed: 5 },
  place: { regionId: 'cn-beijing', baseUrl: 'https://example.com', workspaceId: 'private' },
  folder: 'file:///project/assets',
  startedAt: 1_800_000_000_000,
  requestId: 'request-1',
};

describe('the writer of recipes', () => {
  let folder: string;
  let file: string;
  let logger: RecordingLogger;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'easel-writer-'));
    file = path.join(folder, 'job-1-0.part');
    logger = new RecordingLogger();
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  function put(bytes: Uint8Array): DownloadedImage {
    writeFileSync(file, bytes);
    const size = { width: 3, height: 2 };
    return { file, byteLength: bytes.length, mediaType: 'image/png', size };
  }

  const writer = (isWanted = true) => recipeWriter({ isWanted: () => isWanted, logger });

  it('writes how an image was made into its file, and says how long that is now', async () => {
    const original = png(3, 2);
    const image = put(original);
    const inscribed = await writer()(image, job);
    const bytes = readFileSync(file);
    assert.deepEqual(inscribed, { ...image, byteLength: bytes.length });
    const { request, startedAt, requestId } = job;
    assert.deepEqual(readRecipe(bytes), {
      ...{ source: 'easel', prompt, model: 'some-model', seed: 5, request },
      ...{ regionId: 'cn-beijing', requestId, madeAt: startedAt },
    });
    assert.deepEqual(Buffer.from(removeRecipe(bytes)), original);
    assert.deepEqual(readdirSync(folder), ['job-1-0.part']);
    assert.ok(!bytes.includes('private') && !bytes.includes('example.com'));
  });

  it('leaves the file alone that an earlier try has finished, also when the job has begun anew since', async () => {
    const image = await writer()(put(png(3, 2)), job);
    const bytes = readFileSync(file);
    // A retry has its own start, but what an earlier try has placed must still be known by its bytes.
    const again = await writer()(image, { ...job, startedAt: job.startedAt + 5000 });
    assert.deepEqual(again, image);
    assert.deepEqual(readFileSync(file), bytes);
  });

  it('writes over what an earlier try has left of its work', async () => {
    writeFileSync(`${file}.recipe`, 'half');
    await writer()(put(png(3, 2)), job);
    assert.equal(readRecipe(readFileSync(file))?.prompt, prompt);
    assert.deepEqual(readdirSync(folder), ['job-1-0.part']);
  });

  it('leaves the bytes of the service where nobody wants a recipe', async () => {
    const image = put(png(3, 2));
    assert.equal(await writer(false)(image, job), image);
    assert.deepEqual(readFileSync(file), png(3, 2));
  });

  it('leaves signed files and files that are no image as they were delivered', async () => {
    for (const bytes of [pngWith(pngChunk('caBX', Buffer.from('jumb'))), Buffer.from('?')]) {
      const image = put(bytes);
      assert.equal(await writer()(image, job), image);
      assert.deepEqual(readFileSync(file), bytes);
    }
  });

  it('says that it failed without saying the prompt, and the image is as it was', async () => {
    const image = { ...put(png(3, 2)), file: path.join(folder, 'gone', 'job-1-0.part') };
    assert.equal(await writer()(image, job), image);
    assert.deepEqual(logger.lines, ['warn: An image was saved without its recipe: ENOENT.']);
    assert.deepEqual(readFileSync(file), png(3, 2));
  });
});
