import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GenerationJob } from '../../src/generation/generationJob';
import { ImageGenerationError } from '../../src/imageModel/errors';
import type { GenerationProgress } from '../../src/imageModel/imageModel';
import { deliveryOf, taskOf } from '../fakes/fakeImageProvider';
import { FakeWindow } from './fakeWindow';
import { jobInput, openService } from './followedService';

/** A service whose task reaches a phase and then waits for the test. */
function openAt(phase: 'queued' | 'running') {
  const parts = openService();
  const { provider } = parts;
  let finish: () => void = () => {};
  const progress: GenerationProgress = { phase, taskId: 't' };
  const isThere = new Promise<void>((resolve) => {
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      return { task: taskOf('t') };
    };
    provider.wait = (_task, { signal, onProgress }) =>
      new Promise((done, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        finish = () => done(deliveryOf('one'));
        onProgress?.(progress);
        resolve();
      });
  });
  provider.cancel = async () => phase === 'queued';
  return { ...parts, isThere, finish: () => finish() };
}

describe('Cancel', () => {
  let window: FakeWindow;
  beforeEach(() => {
    window = new FakeWindow();
  });
  afterEach(() => window.restore());

  /** Starts a job and presses Cancel in its progress as soon as that can be. */
  const cancelAt = async (phase: 'queued' | 'running') => {
    const parts = openAt(phase);
    const job = parts.service.start(jobInput());
    const followed = parts.follower.follow(job, undefined);
    await parts.isThere;
    window.progress[0]?.cancel();
    const ended = (): GenerationJob | undefined => parts.service.job(job.id);
    return { ...parts, job, followed, ended };
  };

  it('of a queued task is free, and asks nothing', async () => {
    const { followed, ended, provider } = await cancelAt('queued');
    await followed;
    assert.deepEqual(ended()?.state, { status: 'cancelled', billed: 'no' });
    assert.deepEqual(provider.cancelled, ['t']);
    assert.deepEqual(window.messages, []);
    assert.deepEqual(window.statusTexts, [
      'Cancelled before the service began; nothing is billed.',
    ]);
  });

  it('of a running task says that it is billed, shows its progress again and keeps the image', async () => {
    const { followed, ended, finish } = await cancelAt('running');
    await window.until(({ messages, progress }) => messages.length + progress.length === 3);
    const [told] = window.messages;
    assert.equal(told?.text, 'The service has begun, so "a red fox" is billed in any case.');
    assert.deepEqual(told?.buttons, ['Keep the Image', 'Let It Go']);
    assert.deepEqual(
      window.progress.map(({ isOpen }) => isOpen),
      [false, true],
    );
    finish();
    await followed;
    assert.equal(ended()?.state.status, 'saved');
  });

  it('lets a running task go only when the person says so', async () => {
    window.toPress.push('Let It Go');
    const { followed, ended, sink } = await cancelAt('running');
    await followed;
    assert.deepEqual(ended()?.state, { status: 'cancelled', billed: 'yes' });
    assert.deepEqual(sink.saved, []);
    assert.equal(window.messages.length, 1, 'it was said before');
  });

  it('of a request whose answer was lost says that it may be billed, and goes on looking', async () => {
    const parts = openService();
    const { provider, service, follower, journal } = parts;
    let answer: () => void = () => {};
    const isSearching = new Promise<void>((resolve) => {
      provider.findLostTask = () =>
        new Promise((done) => {
          answer = () => done({ found: taskOf('t'), isProven: true });
          resolve();
        });
    });
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      throw new ImageGenerationError('network', 'lost', { code: 'ECONNRESET', billed: 'maybe' });
    };
    const job = service.start(jobInput());
    const followed = follower.follow(job, undefined);
    await isSearching;
    window.progress[0]?.cancel();
    await window.until(({ messages, progress }) => messages.length + progress.length === 3);
    assert.match(window.texts()[0] ?? '', /looked up .* may have been billed\.$/);
    assert.deepEqual(window.messages[0]?.buttons, ['Keep Looking', 'Let It Go']);
    answer();
    await followed;
    assert.equal(service.job(job.id)?.state.status, 'saved');
    assert.deepEqual(provider.waited, ['t']);
    assert.equal(journal.records.size, 0);
  });

  it('pressed twice on a running task still keeps it', async () => {
    const { followed, ended, finish } = await cancelAt('running');
    await window.until(({ progress }) => progress.length === 2);
    window.progress[1]?.cancel();
    await window.until(({ progress }) => progress.length === 3);
    finish();
    await followed;
    assert.equal(ended()?.state.status, 'saved');
    assert.equal(window.progress[2]?.location, vscode.ProgressLocation.Notification);
  });
});
