import assert from 'node:assert/strict';
import type { LinkSpot } from '../../../src/generation/generationJob';
import { type JobRecord, type JobStep, JobTakenOver } from '../../../src/generation/jobJournal';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import { deliveryOf, taskOf } from '../../fakes/fakeImageProvider';
import { input, request, setUp, untilAborted } from './serviceSetUp';

const link: LinkSpot = {
  ...{ document: 'file:///a.md', offset: 3, place: 'cursor' },
  ...{ before: 'abc', after: '', linked: [] },
};

const place = { regionId: 'cn-beijing', baseUrl: 'https://as-it-was' };

function recordAt(step: JobStep): JobRecord {
  return { job: { id: 'old', request, place, folder: 'file:///assets', startedAt: 1 }, step };
}

function lost(): ImageGenerationError {
  return new ImageGenerationError('network', 'gone', { code: 'ECONNRESET', billed: 'maybe' });
}

describe('the journal of a job', () => {
  it('has each step before it is taken, and nothing once the job is over', async () => {
    const { provider, journal, service } = setUp();
    const seen: string[] = [];
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      seen.push(journal.records.get('job-1')?.step.at ?? '');
      return { task: taskOf('task-1') };
    };
    provider.wait = async () => {
      seen.push(journal.records.get('job-1')?.step.at ?? '');
      return deliveryOf('one');
    };
    await service.finished(service.start(input).id);
    assert.deepEqual(seen, ['sending', 'task']);
    assert.deepEqual(journal.steps, [
      'job-1 waiting',
      'job-1 sending',
      'job-1 task',
      'job-1 delivered',
      'job-1 delivered',
      'job-1 delivered',
      'job-1 -',
    ]);
  });

  it('that cannot be written lets nothing leave', async () => {
    const { provider, journal, service } = setUp();
    let sent = 0;
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('call');
      sent += 1;
      return { delivery: deliveryOf('one') };
    };
    journal.onWrite = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };
    const { state } = await service.finished(service.start(input).id);
    assert.equal(sent, 0);
    assert.ok(state.status === 'failed');
    assert.deepEqual([state.error.code, state.error.billed], ['JournalNotWritten', 'no']);
  });

  it('that cannot be written any more loses nothing that is paid for', async () => {
    const { journal, service, sink } = setUp();
    journal.onWrite = ({ step }) => {
      if (step.at === 'delivered') throw new Error('no space');
    };
    const { state } = await service.finished(service.start(input).id);
    assert.equal(state.status, 'saved');
    assert.equal(sink.saved.length, 1);
  });

  it('keeps a saved job until its link is in the document', async () => {
    const { journal, service } = setUp();
    const { id } = service.start({ ...input, link });
    await service.finished(id);
    assert.equal(journal.records.get(id)?.step.at, 'delivered');
    service.setLink(id, { ...link, offset: 9, linked: [`${id}-0`] });
    assert.equal(journal.records.get(id)?.job.link?.offset, 9);
    service.setLink(id, undefined);
    assert.equal(journal.records.size, 0);
  });

  it('of a job that waits again after a refusal says that nothing has left', async () => {
    const { provider, journal, ledger, service } = setUp();
    provider.submit = async (_request, { beforeSend, onRefused, onProgress }) => {
      await beforeSend?.('task');
      onRefused?.();
      onProgress?.({ phase: 'throttled', retryInMs: 700 });
      await beforeSend?.('task');
      return { delivery: deliveryOf('one') };
    };
    await service.finished(service.start(input).id);
    assert.deepEqual(journal.steps.slice(0, 4), [
      'job-1 waiting',
      'job-1 sending',
      'job-1 waiting',
      'job-1 sending',
    ]);
    assert.deepEqual(ledger.calls, [
      'take job-1',
      'hold 700',
      'release job-1',
      'take job-1',
      'release job-1',
    ]);
  });
});

describe('a job that an earlier window left behind', () => {
  it('is sent where nothing had left', async () => {
    const { provider, journal, service } = setUp();
    journal.orphans = [recordAt({ at: 'waiting' })];
    const [job] = await service.resume();
    assert.equal((await service.finished(job?.id ?? '')).state.status, 'saved');
    assert.deepEqual(provider.requests, [request]);
    assert.deepEqual(provider.places, [place]);
    assert.equal(journal.records.size, 0);
  });

  it('goes on with its task, and sends nothing', async () => {
    const { provider, journal, service } = setUp();
    journal.orphans = [recordAt({ at: 'task', task: taskOf('task-7') })];
    await service.resume();
    assert.equal((await service.finished('old')).state.status, 'saved');
    assert.deepEqual([provider.waited, provider.requests], [['task-7'], []]);
  });

  it('saves only the images that are missing, under the name that was chosen', async () => {
    const { provider, journal, sink, service } = setUp();
    const image = {
      ...{ id: 'old-0', position: 0, uri: 'file:///assets/a.png', mediaType: 'image/png' as const },
      size: { width: 64, height: 32 },
    };
    const delivery = deliveryOf('one', 'two');
    const chosen = { '0': image.uri, '1': 'file:///assets/a-1.png' };
    journal.orphans = [
      recordAt({ at: 'delivered', delivery, deliveredAt: 1, images: [image], chosen }),
    ];
    await service.resume();
    const { state } = await service.finished('old');
    assert.deepEqual(provider.downloads, ['two']);
    assert.equal(sink.saved[0]?.chosen, 'file:///assets/a-1.png');
    assert.deepEqual(state.status === 'saved' && state.images.map(({ uri }) => uri), [
      image.uri,
      'file:///assets/a-1.png',
    ]);
  });

  it('may have been billed where a call was under way', async () => {
    const { provider, journal, service } = setUp();
    journal.orphans = [recordAt({ at: 'sending', mode: 'call', sentAt: 1 })];
    await service.resume();
    const { state } = await service.finished('old');
    assert.ok(state.status === 'failed');
    assert.deepEqual([state.error.code, state.error.billed], ['Interrupted', 'maybe']);
    assert.deepEqual(provider.requests, []);
    assert.equal(journal.records.get('old')?.step.at, 'failed');
  });

  it('is looked for in the list of tasks where a task may have been made', async () => {
    const { provider, journal, service } = setUp();
    journal.orphans = [recordAt({ at: 'sending', mode: 'task', sentAt: 5 })];
    provider.findLostTask = async ({ sentAt }) => {
      assert.equal(sentAt, 5);
      return { found: taskOf('task-9'), isProven: false };
    };
    await service.resume();
    assert.equal((await service.finished('old')).state.status, 'saved');
    assert.deepEqual([provider.waited, provider.requests], [['task-9'], []]);
  });

  it('waits for the person where it had failed', async () => {
    const { provider, journal, service } = setUp();
    const error = { kind: 'network', message: 'gone', code: 'X', billed: 'maybe' } as const;
    journal.orphans = [recordAt({ at: 'failed', error, endedAt: 2, images: [] })];
    const [job] = await service.resume();
    assert.equal(job?.state.status, 'failed');
    assert.deepEqual(provider.requests, []);
    service.retry('old');
    assert.equal((await service.finished('old')).state.status, 'saved');
    assert.equal(provider.requests.length, 1);
  });

  it('is left alone once another window has taken it over', async () => {
    const { journal, service } = setUp();
    journal.orphans = [recordAt({ at: 'task', task: taskOf('task-7') })];
    journal.onWrite = () => {
      throw new JobTakenOver('taken');
    };
    await service.resume();
    const { state } = await service.finished('old');
    assert.equal(state.status === 'failed' && state.error.code, 'TakenOver');
    assert.equal(journal.records.size, 1);
  });
});

describe('a submit whose answer is lost', () => {
  const losing = () => {
    const parts = setUp();
    parts.provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      throw lost();
    };
    return parts;
  };

  it('goes on with the task that the list of tasks shows', async () => {
    const { provider, service } = losing();
    provider.findLostTask = async () => ({ found: taskOf('task-3'), isProven: false });
    const { id } = service.start(input);
    assert.equal((await service.finished(id)).state.status, 'saved');
    assert.deepEqual([provider.waited, provider.requests.length], [['task-3'], 1]);
  });

  it('is the person’s to decide upon where the list shows none, or several', async () => {
    for (const [candidates, code] of [
      [0, 'LostTaskNotFound'],
      [2, 'LostTaskAmbiguous'],
    ] as const) {
      const { provider, journal, service } = losing();
      provider.findLostTask = async () => ({ found: undefined, candidates });
      const { id } = service.start(input);
      const { state } = await service.finished(id);
      assert.ok(state.status === 'failed');
      assert.deepEqual([state.error.code, state.error.billed], [code, 'maybe']);
      assert.equal(provider.requests.length, 1);
      assert.equal(journal.records.get(id)?.step.at, 'failed');
    }
  });

  it('says what happened where there is no list to look at', async () => {
    const { provider, service } = losing();
    provider.findLostTask = () =>
      Promise.reject(new ImageGenerationError('network', 'offline', { code: 'ENOTFOUND' }));
    const { state } = await service.finished(service.start(input).id);
    assert.equal(state.status === 'failed' && state.error.code, 'ECONNRESET');
  });

  it('is not looked for where it was a call', async () => {
    const { provider, service } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('call');
      throw lost();
    };
    provider.findLostTask = () => assert.fail('there is no list of calls');
    const { state } = await service.finished(service.start(input).id);
    assert.equal(state.status === 'failed' && state.error.billed, 'maybe');
  });
});

describe('what could be lost', () => {
  it('is no task of another job that is under way: only a prompt proves it then', async () => {
    for (const isProven of [true, false]) {
      const { provider, journal, service } = setUp();
      provider.submit = async (_request, { beforeSend }) => {
        await beforeSend?.('task');
        throw lost();
      };
      journal.others = 1;
      provider.findLostTask = async () => ({ found: taskOf('task-3'), isProven });
      const { state } = await service.finished(service.start(input).id);
      assert.equal(state.status, isProven ? 'saved' : 'failed');
    }
  });

  it('is given to one of two jobs that look for it at once', async () => {
    const { provider, service } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      throw lost();
    };
    provider.findLostTask = async () => ({ found: taskOf('task-3'), isProven: false });
    const jobs = [service.start(input), service.start(input)];
    const ends = await Promise.all(jobs.map(({ id }) => service.finished(id)));
    assert.deepEqual(ends.map(({ state }) => state.status).sort(), ['failed', 'saved']);
  });

  it('is looked up once more before it is sent again', async () => {
    const { provider, service } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('task');
      throw lost();
    };
    const { id } = service.start(input);
    const { state } = await service.finished(id);
    assert.ok(state.status === 'failed' && state.lost);
    provider.findLostTask = async () => ({ found: taskOf('task-3'), isProven: true });
    service.retry(id);
    assert.equal((await service.finished(id)).state.status, 'saved');
    assert.equal(provider.requests.length, 1);
  });

  it('is told by the image of a set that can still be fetched', async () => {
    const { provider, journal, service } = setUp();
    provider.submit = async () => ({ delivery: deliveryOf('large', 'broken') });
    provider.download = async ({ url }) => {
      throw new ImageGenerationError('download', url, {
        ...{ code: url, billed: 'yes', retryable: url === 'broken' },
      });
    };
    const { id } = service.start(input);
    const { state } = await service.finished(id);
    assert.equal(state.status === 'failed' && state.error.code, 'broken');
    assert.equal(journal.records.get(id)?.step.at, 'failed');
  });

  it('keeps its task where Easel itself went wrong, and its delivery where the model is gone', async () => {
    const { provider, journal, service } = setUp();
    provider.wait = () => Promise.reject(new TypeError('a bug'));
    journal.orphans = [recordAt({ at: 'task', task: taskOf('task-7') })];
    await service.resume();
    const { state } = await service.finished('old');
    assert.equal(state.status === 'failed' && state.task?.taskId, 'task-7');

    const delivered = setUp();
    delivered.provider.createModel = () => {
      throw new ImageGenerationError('modelUnavailable', 'gone', { code: 'UnknownModel' });
    };
    const delivery = deliveryOf('one');
    const step = { at: 'delivered', delivery, deliveredAt: 1, images: [], chosen: {} } as const;
    delivered.journal.orphans = [recordAt(step)];
    await delivered.service.resume();
    const { state: left } = await delivered.service.finished('old');
    assert.deepEqual(left.status === 'failed' && left.delivery, delivery);
    assert.equal(delivered.journal.records.get('old')?.step.at, 'failed');
  });

  it('is found where it lies, though its link has expired', async () => {
    const { provider, journal, sink, service } = setUp();
    const uri = 'file:///assets/a.png';
    sink.lying.set(uri, { uri, mediaType: 'image/png', size: { width: 1, height: 1 } });
    provider.download = () => assert.fail('nothing is to be fetched');
    const delivery = deliveryOf('one');
    const step = { at: 'delivered', delivery, deliveredAt: 1, images: [] } as const;
    journal.orphans = [recordAt({ ...step, chosen: { '0': uri } })];
    await service.resume();
    const { state } = await service.finished('old');
    assert.equal(state.status === 'saved' && state.images[0]?.uri, uri);
  });

  it('is the answer of a call that another window has given up, so it is saved all the same', async () => {
    const { provider, journal, sink, service } = setUp();
    provider.submit = async (_request, { beforeSend }) => {
      await beforeSend?.('call');
      journal.onWrite = () => {
        throw new JobTakenOver('taken');
      };
      return { delivery: deliveryOf('one') };
    };
    const { state } = await service.finished(service.start(input).id);
    assert.equal(state.status, 'saved');
    assert.equal(sink.saved.length, 1);
  });

  it('is left as it is by a window that closes, for the next one', async () => {
    const { provider, journal, service } = setUp();
    provider.submit = async () => ({ task: taskOf('task-1') });
    const waits = new Promise<void>((resolve) => {
      provider.wait = (_task, { signal }) => {
        resolve();
        return untilAborted(signal);
      };
    });
    const { id } = service.start(input);
    await waits;
    service.dispose();
    await service.finished(id);
    assert.equal(journal.records.get(id)?.step.at, 'task');
  });
});
