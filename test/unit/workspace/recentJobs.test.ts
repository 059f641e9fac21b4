import assert from 'node:assert/strict';
import type { GenerationJob } from '../../../src/generation/generationJob';
import { RecentJobs } from '../../../src/workspace/recentJobs';
import { MemoryState } from '../../fakes/memoryState';

const image = {
  id: 'image',
  position: 0,
  uri: 'file:///w/images/fox.png',
  mediaType: 'image/png',
  size: { width: 10, height: 10 },
} as const;

/** A job that saved one image, of an answer with these parts. */
function savedJob(parts?: readonly (string | number)[]): GenerationJob {
  return {
    id: 'job',
    request: { modelId: 'm', prompt: 'a fox', size: '1K', count: 1 },
    place: { regionId: 'cn-beijing', baseUrl: 'https://service' },
    folder: 'file:///w/images',
    startedAt: 1,
    endedAt: 2,
    state: {
      status: 'saved',
      images: [image],
      failures: [],
      delivery: { requestId: 'r', images: [], failures: [], ...(parts && { parts }) },
    },
  };
}

/** What is remembered of the job after a reload. */
async function remembered(job: GenerationJob) {
  const state = new MemoryState();
  const requests = { findModel: () => undefined };
  await new RecentJobs(state, requests).add(job);
  const [recent, ...others] = new RecentJobs(state, requests).all();
  assert.ok(recent);
  assert.deepEqual(others, []);
  return recent;
}

describe('the jobs that are remembered over a reload', () => {
  it('have their images, and the text around them in its order', async () => {
    const parts = ['Once', 0, 'upon a time.'];
    const recent = await remembered(savedJob(parts));
    assert.deepEqual([recent.images, recent.parts], [[image], parts]);
    assert.equal((await remembered(savedJob())).parts, undefined);
  });

  it('have no more text than there is room for, and no half characters', async () => {
    const { parts = [] } = await remembered(savedJob(['a', '🦊'.repeat(10_000), 0, 'b', 'c']));
    assert.deepEqual(parts, ['a', '🦊'.repeat(9_999), 0, 'b']);
  });
});
