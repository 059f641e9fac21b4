import assert from 'node:assert/strict';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import { deliveryOf } from '../../fakes/fakeImageProvider';
import { input, setUp } from './serviceSetUp';

describe('a job that is dismissed', () => {
  it('leaves the list and the journal, also where something of it could still be fetched', async () => {
    const { provider, journal, service } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('call');
      throw new ImageGenerationError('network', 'gone', { code: 'ECONNRESET', billed: 'maybe' });
    };
    const { id } = service.start(input);
    await service.finished(id);
    assert.equal(journal.records.get(id)?.step.at, 'failed');
    await service.dismiss(id);
    assert.deepEqual(service.jobs(), []);
    assert.equal(journal.records.size, 0);
    await service.dismiss(id);
  });

  it('stays while it runs', async () => {
    const { provider, service } = setUp();
    let deliver: () => void = () => {};
    const isAsked = new Promise<void>((resolve) => {
      provider.submit = async (_request, { beforeSend }) => {
        await beforeSend?.('call');
        resolve();
        await new Promise<void>((done) => {
          deliver = done;
        });
        return { delivery: deliveryOf('one') };
      };
    });
    const { id } = service.start(input);
    await isAsked;
    await service.dismiss(id);
    assert.equal(service.job(id)?.state.status, 'running');
    deliver();
    assert.equal((await service.finished(id)).state.status, 'saved');
  });
});
