import assert from 'node:assert/strict';
import type { HistoryJob } from '../../../src/history/historyJob';
import { expectedDuration } from '../../../src/history/jobDurations';
import type { ImageRequest } from '../../../src/imageModel/imageModel';

const square = { width: 1024, height: 1024 };

function lasted(seconds: number, request: Partial<ImageRequest> = {}): HistoryJob {
  return {
    id: 'a',
    request: { modelId: 'm', prompt: '', size: square, count: 1, ...request },
    startedAt: 10_000,
    endedAt: 10_000 + seconds * 1000,
    regionId: 'r',
    requestId: '',
    images: [],
  };
}

function expected(jobs: readonly HistoryJob[], request: Partial<ImageRequest> = {}): number {
  const subject = { modelId: 'm', size: square, count: 1, ...request };
  return (expectedDuration(jobs, subject) ?? Number.NaN) / 1000;
}

describe('how long a job is expected to take', () => {
  it('is not known without another job of the model that has ended', () => {
    const { endedAt: _, ...running } = lasted(5);
    assert.equal(expected([]), Number.NaN);
    assert.equal(expected([lasted(5, { modelId: 'other' }), running, lasted(-3)]), Number.NaN);
  });

  it('is the median of the last twenty', () => {
    assert.equal(expected([lasted(9), lasted(1), lasted(5)]), 5);
    assert.equal(expected([lasted(1), lasted(4)]), 2.5);
    const old = Array.from({ length: 30 }, () => lasted(100));
    assert.equal(expected([...Array.from({ length: 20 }, () => lasted(7)), ...old]), 7);
  });

  it('goes by jobs of the same area where there are three, and of the same number too', () => {
    const wide = { size: { width: 2048, height: 512 } };
    const large = { size: { width: 2048, height: 2048 } };
    const jobs = [50, 60, 70].map((seconds) => lasted(seconds, large));
    assert.equal(expected([...jobs, lasted(4), lasted(5, wide)]), 50);
    assert.equal(expected([...jobs, lasted(4), lasted(5, wide), lasted(6)]), 5);
    const many = [11, 12, 13].map((seconds) => lasted(seconds, { count: 4 }));
    assert.equal(expected([lasted(4), ...many], { count: 4 }), 12);
    assert.equal(expected([lasted(4, { size: '2K' }), ...many], { size: '2K' }), 11.5);
  });
});
