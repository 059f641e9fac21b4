import assert from 'node:assert/strict';
import type { GenerationJob } from '../../../../src/generation/generationJob';
import { stopJob } from '../../../../src/panel/fill/stopJob';

describe('a job whose run is stopped', () => {
  const size = { width: 8, height: 8 };
  const running = { status: 'running', progress: { phase: 'waiting' }, images: [] } as const;
  const delivery = { images: [], failures: [], requestId: 'r' };
  const jobOf = (id: string): GenerationJob => ({
    ...{ id, folder: 'file:///w', startedAt: 0 },
    request: { modelId: 'm', prompt: '', size, count: 1 },
    place: { regionId: 'r', baseUrl: 'https://example.com' },
    state: id === 'delivered' ? { ...running, delivery } : running,
  });

  it('is cancelled, unless its image is delivered and only to be fetched', async () => {
    const cancelled: string[] = [];
    const service = {
      job: jobOf,
      cancel: async (id: string) => {
        cancelled.push(id);
        return 'cancelled' as const;
      },
    };
    assert.equal(await stopJob(service, 'delivered'), 'begun');
    assert.equal(await stopJob(service, 'asked'), 'cancelled');
    assert.deepEqual(cancelled, ['asked']);
  });
});
