import assert from 'node:assert/strict';
import { cancelAllJobs } from '../../src/ui/cancelJob';
import { FakeWindow } from './fakeWindow';
import { jobInput, openService } from './followedService';

describe('cancelling all jobs', () => {
  let window: FakeWindow;
  beforeEach(() => {
    window = new FakeWindow();
  });
  afterEach(() => window.restore());

  /** A service with two jobs that the service has begun. */
  async function withTwoCalls() {
    const parts = openService();
    const { provider, service } = parts;
    let begun = 0;
    const areBegun = new Promise<void>((resolve) => {
      provider.submit = async (_request, { beforeSend, signal }) => {
        await beforeSend?.('call');
        begun += 1;
        if (begun === 2) resolve();
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      };
    });
    const ids = [service.start(jobInput()).id, service.start(jobInput()).id];
    await areBegun;
    return { ...parts, ids };
  }

  it('asks once about those that the service has begun, and keeps them where nobody answers', async () => {
    const { service, ids } = await withTwoCalls();
    await cancelAllJobs(service);
    assert.deepEqual(window.texts(), [
      '2 jobs could not be cancelled: the service has begun, and bills them.',
    ]);
    assert.deepEqual(window.messages[0]?.buttons, ['Keep the Images', 'Let Them Go']);
    assert.deepEqual(
      ids.map((id) => service.job(id)?.state.status),
      ['running', 'running'],
    );
    service.dispose();
  });

  it('lets them go by a press', async () => {
    const { service, ids } = await withTwoCalls();
    window.toPress.push('Let Them Go');
    await cancelAllJobs(service);
    const ended = await Promise.all(ids.map((id) => service.finished(id)));
    assert.deepEqual(
      ended.map(({ state }) => state.status),
      ['cancelled', 'cancelled'],
    );
  });

  it('says nothing where nothing runs', async () => {
    await cancelAllJobs(openService().service);
    assert.deepEqual(window.texts(), []);
  });
});
