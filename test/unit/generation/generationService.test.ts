import assert from 'node:assert/strict';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import { deliveryOf, fakeImage, taskOf } from '../../fakes/fakeImageProvider';
import { input, request, setUp } from './serviceSetUp';

const downloadError = () =>
  new ImageGenerationError('download', 'broken', { code: 'ECONNRESET', billed: 'yes' });

describe('GenerationService', () => {
  it('asks the model, fetches what it delivered and saves it', async () => {
    const { provider, sink, service } = setUp();
    const job = service.start(input);
    assert.equal(job.state.status, 'running');
    const ended = await service.finished(job.id);
    assert.deepEqual(provider.requests, [request]);
    assert.deepEqual(sink.saved, [
      { file: '/parts/job-1-0', folder: 'file:///assets', prompt: 'a red fox' },
    ]);
    assert.deepEqual(ended.state, {
      status: 'saved',
      images: [
        {
          id: 'job-1-0',
          position: 0,
          uri: 'file:///assets/1.png',
          mediaType: 'image/png',
          size: { width: 64, height: 32 },
        },
      ],
      failures: [],
      delivery: deliveryOf('one'),
    });
  });

  it('tells of every phase, in order', async () => {
    const { provider, service, changes } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      return { task: taskOf('t') };
    };
    provider.wait = async (_task, { onProgress }) => {
      onProgress?.({ phase: 'queued', taskId: 't' });
      onProgress?.({ phase: 'running', taskId: 't' });
      return deliveryOf('one');
    };
    const { id } = service.start(input);
    await service.finished(id);
    const phases = changes.map(({ state }) =>
      state.status === 'running' ? state.progress.phase : state.status,
    );
    assert.deepEqual(phases, [
      'submitting',
      'submitting',
      'queued',
      'running',
      'downloading',
      'downloading',
      'saved',
    ]);
  });

  it('refuses a request that breaks a rule, before the model is asked', () => {
    const { provider, service } = setUp();
    const broken = { ...input, request: { ...request, count: 5 } };
    assert.throws(
      () => service.start(broken),
      (error: unknown) =>
        error instanceof ImageGenerationError &&
        error.kind === 'invalidRequest' &&
        error.issue?.rule === 'numberOutOfRange',
    );
    assert.deepEqual(provider.requests, []);
    assert.deepEqual(service.jobs(), []);
  });

  it('ends as failed with the error of the model', async () => {
    const { provider, service } = setUp();
    const error = new ImageGenerationError('auth', 'no', { code: 'InvalidApiKey' });
    provider.submit = () => Promise.reject(error);
    const { state } = await service.finished(service.start(input).id);
    assert.deepEqual(state, { status: 'failed', error, images: [] });
  });

  it('keeps the good images when one cannot be fetched, and fetches only that one again', async () => {
    const { provider, sink, service } = setUp();
    provider.submit = async () => ({ delivery: deliveryOf('one', 'two', 'three') });
    provider.download = async (image, file) => {
      if (image.url === 'two') throw downloadError();
      return fakeImage(image, file);
    };
    const { id } = service.start(input);
    const failed = (await service.finished(id)).state;
    assert.equal(failed.status, 'failed');
    assert.deepEqual(
      failed.status === 'failed' && failed.images.map(({ position }) => position),
      [0, 2],
    );
    provider.download = async (image, file) => fakeImage(image, file);
    provider.downloads.length = 0;
    service.retry(id);
    const saved = (await service.finished(id)).state;
    assert.deepEqual(provider.downloads, ['two']);
    assert.deepEqual(provider.requests.length, 1);
    assert.deepEqual(
      sink.saved.map(({ file }) => file),
      ['/parts/job-1-0', '/parts/job-1-2', '/parts/job-1-1'],
    );
    assert.deepEqual(
      saved.status === 'saved' && saved.images.map(({ position }) => position),
      [0, 1, 2],
    );
  });

  it('keeps the delivery when saving fails, so that nothing is bought twice', async () => {
    const { provider, sink, service } = setUp();
    sink.failWith = new ImageGenerationError('storage', 'full', { code: 'NotWritten' });
    const { id } = service.start(input);
    const failed = (await service.finished(id)).state;
    assert.equal(failed.status === 'failed' && failed.error.code, 'NotWritten');
    sink.failWith = undefined;
    service.retry(id);
    assert.equal((await service.finished(id)).state.status, 'saved');
    assert.equal(provider.requests.length, 1);
  });

  it('sends a failed request again when nothing was delivered, and once however often it is pressed', async () => {
    const { provider, service } = setUp();
    const { submit } = provider;
    provider.submit = () =>
      Promise.reject(new ImageGenerationError('server', 'down', { code: 'InternalError' }));
    const { id } = service.start(input);
    await service.finished(id);
    provider.submit = submit;
    service.retry(id);
    service.retry(id);
    const ended = await service.finished(id);
    service.retry(id);
    assert.equal(ended.state.status, 'saved');
    assert.equal(provider.requests.length, 2);
    assert.equal(service.job(id)?.endedAt, ended.endedAt);
  });

  it('asks after a task that was left open, instead of paying again', async () => {
    const { provider, service } = setUp();
    const refused = { code: 'InvalidApiKey', httpStatus: 401, billed: 'maybe' } as const;
    provider.submit = async () => ({ task: taskOf('task-1') });
    const { wait } = provider;
    provider.wait = () => Promise.reject(new ImageGenerationError('auth', 'no', refused));
    const { id } = service.start(input);
    await service.finished(id);
    provider.wait = wait;
    service.retry(id);
    assert.equal((await service.finished(id)).state.status, 'saved');
    assert.deepEqual([provider.waited, provider.requests.length], [['task-1', 'task-1'], 1]);
  });

  it('loses nothing to a listener that throws', async () => {
    const { service, logger } = setUp();
    service.onDidChangeJob(() => {
      throw new Error('listener');
    });
    const { state } = await service.finished(service.start(input).id);
    assert.equal(state.status, 'saved');
    assert.match(logger.lines.join(), /error: Error: listener/);
  });

  it('shows a bug as one, with its stack in the log and no prompt', async () => {
    const { provider, logger, service } = setUp();
    provider.submit = () => Promise.reject(new TypeError('undefined is not a function'));
    const { state } = await service.finished(service.start(input).id);
    assert.equal(state.status === 'failed' && state.error.code, 'Bug');
    assert.match(logger.lines.join('\n'), /error: TypeError: undefined is not a function\n.*at /);
    assert.doesNotMatch(logger.lines.join('\n'), /red fox/);
  });

  it('lists jobs newest first and forgets the oldest finished ones above a hundred', async () => {
    const { service } = setUp();
    for (let number = 0; number < 105; number++) await service.finished(service.start(input).id);
    const ids = service.jobs().map(({ id }) => id);
    assert.equal(ids.length, 100);
    assert.deepEqual([ids.at(0), ids.at(-1)], ['job-105', 'job-6']);
  });
});
