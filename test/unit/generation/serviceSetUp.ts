import type { GenerationJob } from '../../../src/generation/generationJob';
import { GenerationService } from '../../../src/generation/generationService';
import { Scheduler } from '../../../src/generation/scheduler';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { asDelivered } from '../../fakes/asDelivered';
import { FakeImageProvider } from '../../fakes/fakeImageProvider';
import { MemoryImageSink } from '../../fakes/memoryImageSink';
import { MemoryJournal } from '../../fakes/memoryJournal';
import { MemoryLedger } from '../../fakes/memoryLedger';
import { RecordingLogger } from '../../fakes/recordingLogger';

export const request: ImageRequest = {
  modelId: 'fake-model',
  prompt: 'a red fox',
  size: { width: 64, height: 32 },
  count: 1,
};

/** What a job is started with. */
export const input = { request, regionId: 'cn-beijing', folder: 'file:///assets' };

/** A service on fakes; its clock moves a millisecond with each look, and its pauses take no time. */
export function setUp() {
  const provider = new FakeImageProvider();
  const sink = new MemoryImageSink();
  const logger = new RecordingLogger();
  const journal = new MemoryJournal();
  const ledger = new MemoryLedger();
  let clock = 0;
  let id = 0;
  const service = new GenerationService({
    ...{ provider, sink, journal, logger },
    scheduler: new Scheduler({
      ledger,
      pause: () => new Promise((done) => setImmediate(done)),
      now: () => 0,
    }),
    inscribe: asDelivered,
    partFile: (jobId, position) => `/parts/${jobId}-${position}`,
    now: () => ++clock,
    createId: () => `job-${++id}`,
  });
  const changes: GenerationJob[] = [];
  service.onDidChangeJob((job) => changes.push(job));
  return { provider, sink, logger, journal, ledger, service, changes };
}

/** Resolves once a job shows a phase. */
export function reaches(
  service: GenerationService,
  id: string,
  phase: string,
): Promise<GenerationJob> {
  return new Promise((resolve) => {
    const look = (job: GenerationJob | undefined): void => {
      const isThere = job?.state.status === 'running' && job.state.progress.phase === phase;
      if (job?.id === id && isThere) resolve(job);
    };
    service.onDidChangeJob(look);
    look(service.job(id));
  });
}

/** Rejects with the signal's reason when it fires, and not before. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
