import assert from 'node:assert/strict';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import type { SubmitOptions } from '../../../src/imageModel/imageModel';
import { taskOf } from '../../fakes/fakeImageProvider';
import { input, reaches, setUp, untilAborted } from './serviceSetUp';

/** Submits a task that goes on until it is stopped, in this phase. */
function withTask(phase: 'queued' | 'running') {
  const parts = setUp();
  const { provider } = parts;
  provider.submit = async (_request, { beforeSend }) => {
    await beforeSend?.('task');
    return { task: taskOf('task-1') };
  };
  provider.wait = (_task, { signal, onProgress }) => {
    onProgress?.({ phase, taskId: 'task-1' });
    return untilAborted(signal);
  };
  return parts;
}

describe('cancelling a job', () => {
  it('that waits for a slot costs nothing, and sends nothing', async () => {
    const { ledger, provider, service, journal } = setUp();
    ledger.free = 0;
    const { id } = service.start(input);
    await reaches(service, id, 'waiting');
    assert.equal(await service.cancel(id), 'cancelled');
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'no' });
    assert.deepEqual(journal.steps, ['job-1 waiting', 'job-1 -']);
    assert.equal(provider.cancelled.length, 0);
  });

  it('that is queued cancels the task at the service', async () => {
    const { provider, service, journal } = withTask('queued');
    const { id } = service.start(input);
    await reaches(service, id, 'queued');
    assert.equal(await service.cancel(id), 'cancelled');
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'no' });
    assert.deepEqual(provider.cancelled, ['task-1']);
    assert.equal(journal.records.size, 0);
  });

  it('that runs says that it has begun, and goes on until it is let go', async () => {
    const { provider, service } = withTask('running');
    provider.cancel = async () => false;
    const { id } = service.start(input);
    await reaches(service, id, 'running');
    assert.equal(await service.cancel(id), 'begun');
    assert.equal(service.job(id)?.state.status, 'running');
    service.letGo(id);
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'yes' });
  });

  it('that cannot be asked of the service says so, and goes on', async () => {
    const { provider, service } = withTask('queued');
    provider.cancel = () =>
      Promise.reject(new ImageGenerationError('network', 'offline', { code: 'ENOTFOUND' }));
    const { id } = service.start(input);
    await reaches(service, id, 'queued');
    assert.equal(await service.cancel(id), 'unknown');
    assert.equal(service.job(id)?.state.status, 'running');
    service.letGo(id);
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'maybe' });
  });

  it('that the poll sees before the cancel is answered is cancelled', async () => {
    const { provider, service } = setUp();
    let poll = (_error: Error): void => {};
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      return { task: taskOf('task-1') };
    };
    provider.wait = (_task, { onProgress }) => {
      onProgress?.({ phase: 'queued', taskId: 'task-1' });
      return new Promise((_, reject) => {
        poll = reject;
      });
    };
    provider.cancel = async () => {
      poll(new ImageGenerationError('server', 'cancelled', { code: 'TaskCanceled' }));
      return true;
    };
    const { id } = service.start(input);
    await reaches(service, id, 'queued');
    await service.cancel(id);
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'no' });
  });

  it('of another try goes back to what the first one may have bought', async () => {
    const { provider, ledger, journal, service } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('call');
      throw new ImageGenerationError('network', 'gone', { code: 'ECONNRESET', billed: 'maybe' });
    };
    const { id } = service.start(input);
    const failed = await service.finished(id);
    ledger.free = 0;
    service.retry(id);
    await reaches(service, id, 'waiting');
    assert.equal(await service.cancel(id), 'cancelled');
    assert.deepEqual((await service.finished(id)).state, failed.state);
    assert.equal(journal.records.get(id)?.step.at, 'failed');
  });

  it('that is being sent waits for the task, and cancels that', async () => {
    const { provider, service } = withTask('queued');
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const sent = new Promise<void>((resolve) => {
      provider.submit = async (_request, { beforeSend }) => {
        await beforeSend?.('task');
        resolve();
        await answered;
        return { task: taskOf('task-1') };
      };
    });
    const { id } = service.start(input);
    await sent;
    const cancelled = [service.cancel(id), service.cancel(id)];
    answer();
    assert.equal((await Promise.all(cancelled))[0], 'cancelled');
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'no' });
  });

  it('that is being sent and refused sends it no more', async () => {
    const { provider, service } = setUp();
    let refuse = (): void => {};
    const sent = new Promise<void>((resolve) => {
      provider.submit = async (_request, { beforeSend, onRefused }: SubmitOptions) => {
        await beforeSend?.('task');
        await new Promise<void>((refused) => {
          refuse = refused;
          resolve();
        });
        onRefused?.();
        await beforeSend?.('task');
        assert.fail('sent again');
      };
    });
    const { id } = service.start(input);
    await sent;
    const outcome = service.cancel(id);
    refuse();
    assert.equal(await outcome, 'cancelled');
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'no' });
  });

  it('whose call is under way cannot be cancelled; let go, it may be billed', async () => {
    const { provider, service, journal } = setUp();
    provider.submit = async (_request, { beforeSend, signal, onProgress }) => {
      await beforeSend?.('call');
      onProgress?.({ phase: 'running' });
      return untilAborted(signal);
    };
    const { id } = service.start(input);
    await reaches(service, id, 'running');
    assert.equal(await service.cancel(id), 'begun');
    service.letGo(id);
    assert.deepEqual((await service.finished(id)).state, { status: 'cancelled', billed: 'maybe' });
    assert.equal(journal.records.size, 0);
  });

  it('that downloads stops, and keeps what is paid for', async () => {
    const { provider, service, journal } = setUp();
    provider.download = (_image, _file, { signal }) => untilAborted(signal);
    const { id } = service.start(input);
    await reaches(service, id, 'downloading');
    assert.equal(await service.cancel(id), 'ended');
    const { state } = await service.finished(id);
    assert.ok(state.status === 'failed' && state.delivery);
    assert.equal(state.error.code, 'DownloadStopped');
    assert.equal(journal.records.get(id)?.step.at, 'failed');
  });

  it('that has ended does nothing', async () => {
    const { service } = setUp();
    const { id } = service.start(input);
    await service.finished(id);
    assert.equal(await service.cancel(id), 'ended');
    assert.equal(service.job(id)?.state.status, 'saved');
  });

  it('that fails while the task is waited for ends', async () => {
    const { provider, service } = setUp();
    let fail = (_error: Error): void => {};
    const sent = new Promise<void>((resolve) => {
      provider.submit = async (_request, { beforeSend }) => {
        await beforeSend?.('task');
        return new Promise((_, reject) => {
          fail = reject;
          resolve();
        });
      };
    });
    const { id } = service.start(input);
    await sent;
    const outcome = service.cancel(id);
    fail(new ImageGenerationError('auth', 'no', { code: 'InvalidApiKey', httpStatus: 401 }));
    assert.equal(await outcome, 'ended');
    assert.equal((await service.finished(id)).state.status, 'failed');
  });
});
