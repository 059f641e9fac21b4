import * as vscode from 'vscode';
import { JobFollower } from '../../src/commands/jobFollower';
import { JobResumer } from '../../src/commands/jobResumer';
import type { LinkSpot } from '../../src/generation/generationJob';
import { GenerationService } from '../../src/generation/generationService';
import type { JobRecord, JobStep } from '../../src/generation/jobJournal';
import { Scheduler } from '../../src/generation/scheduler';
import { ErrorNotifier } from '../../src/ui/errorNotifier';
import { ImageActions } from '../../src/ui/imageActions';
import { asDelivered } from '../fakes/asDelivered';
import { FakeImageProvider, taskOf } from '../fakes/fakeImageProvider';
import { MemoryImageSink } from '../fakes/memoryImageSink';
import { MemoryJournal } from '../fakes/memoryJournal';
import { MemoryLedger } from '../fakes/memoryLedger';
import { RecordingLogger } from '../fakes/recordingLogger';
import { workspaceRoot } from './workspaceFiles';

const prompt = 'a red fox';

/** A new window's service, with the follower and the resumer as the extension builds them; only the service is fake. */
export function openService(createId = (id: number) => `job-${id}`) {
  const provider = new FakeImageProvider();
  const journal = new MemoryJournal();
  const sink = new MemoryImageSink();
  const logger = new RecordingLogger();
  let id = 0;
  const service = new GenerationService({
    ...{ provider, sink, journal, logger },
    scheduler: new Scheduler({
      ledger: new MemoryLedger(),
      pause: () => new Promise((done) => setImmediate(done)),
      now: Date.now,
    }),
    inscribe: asDelivered,
    partFile: (jobId, position) => `/parts/${jobId}-${position}`,
    now: Date.now,
    createId: () => createId(++id),
  });
  const actions = new ImageActions();
  const notifier = new ErrorNotifier(logger, () => 'https://console.test');
  const requests = { findModel: () => undefined };
  const left: string[] = [];
  const waiting = { leave: async (id: string) => void left.push(id) };
  const follower = new JobFollower(service, notifier, actions, requests, waiting);
  const resumer = new JobResumer({ service, follower, notifier });
  return { provider, journal, sink, logger, service, follower, resumer, actions, left };
}

/** What a job is started with; its images go to the workspace's assets. */
export function jobInput(link?: LinkSpot) {
  const size = { width: 64, height: 32 };
  return {
    request: { modelId: 'fake-model', prompt, size, count: 1 },
    regionId: 'cn-beijing',
    folder: vscode.Uri.joinPath(workspaceRoot(), 'assets').toString(),
    link,
  };
}

/** A record that an earlier window has left behind: by default of a task that is to be asked after. */
export function leftBehind(
  id: string,
  link: LinkSpot | undefined,
  step: JobStep = { at: 'task', task: taskOf(`task-${id}`) },
): JobRecord {
  const { request, folder } = jobInput();
  const place = { regionId: 'cn-beijing', baseUrl: 'https://fake' };
  return { job: { id, request, place, folder, startedAt: 1, ...(link && { link }) }, step };
}
