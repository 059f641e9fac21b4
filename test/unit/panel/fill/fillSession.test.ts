import assert from 'node:assert/strict';
import type { FillItem } from '../../../../src/documents/fillPlan';
import type { GenerationJob, JobState } from '../../../../src/generation/generationJob';
import { type ErrorKind, ImageGenerationError } from '../../../../src/imageModel/errors';
import { formatSize } from '../../../../src/imageModel/imageSize';
import type { EndedFill, FillPorts } from '../../../../src/panel/fill/fillPorts';
import { FillSession } from '../../../../src/panel/fill/fillSession';

const itemOf = (id: string): FillItem => ({
  id,
  reason: 'missing',
  prompt: `prompt ${id}`,
  places: [
    {
      document: 'file:///w/a.md',
      line: 1,
      source: `![](${id})`,
      link: {
        kind: 'link',
        start: 0,
        end: 5,
        targetStart: 4,
        targetEnd: 4,
        target: '',
        altText: '',
      },
    },
  ],
});

const size = { width: 8, height: 8 };
const saved: JobState = {
  status: 'saved',
  images: [{ id: 'i', position: 0, uri: 'file:///w/a.png', mediaType: 'image/png', size }],
  failures: [],
  delivery: { images: [], failures: [], requestId: 'r' },
};

/** Jobs that end when the test says so. */
class FakeWork implements FillPorts {
  readonly started: string[] = [];
  readonly cancelled: string[] = [];
  readonly retried: string[] = [];
  readonly present = new Set<string>();
  readonly begun = new Set<string>();
  /** Given another try by the queue. */
  readonly elsewhere = new Set<string>();
  readonly paid = new Set<string>();
  refusal: unknown;
  canPay = true;
  readonly #ends = new Map<string, (ended: EndedFill) => void>();

  isReady({ prompt }: { prompt: string }): boolean {
    return prompt !== '';
  }
  async isStillMissing({ id }: FillItem): Promise<boolean> {
    return !this.present.has(id);
  }
  async start({ item }: { item: FillItem }): Promise<GenerationJob | undefined> {
    if (this.refusal) throw this.refusal;
    if (!this.canPay) return undefined;
    this.started.push(item.id);
    return this.#job(item.id, { status: 'running', progress: { phase: 'submitting' }, images: [] });
  }
  follow(_item: FillItem, jobId: string): Promise<EndedFill> {
    return new Promise((resolve) => this.#ends.set(jobId, resolve));
  }
  async cancel(jobId: string) {
    this.cancelled.push(jobId);
    if (this.begun.has(jobId)) return 'begun' as const;
    this.end(jobId, { status: 'cancelled', billed: 'no' });
    return 'cancelled' as const;
  }
  retry(jobId: string): void {
    this.retried.push(jobId);
  }
  isRunning(jobId: string): boolean {
    return this.elsewhere.has(jobId);
  }
  mayReplace(jobId: string): boolean {
    return !this.paid.has(jobId);
  }
  onBug(error: unknown): void {
    throw error;
  }
  end(jobId: string, state: JobState = saved): void {
    this.#ends.get(jobId)?.({ job: this.#job(jobId, state), isLinkMissing: false });
  }
  #job(id: string, state: JobState): GenerationJob {
    const request = { modelId: 'm', prompt: '', size, count: 1 };
    const place = { regionId: 'r', baseUrl: 'https://example.com' };
    return { id, request, place, folder: 'file:///w', startedAt: 0, state };
  }
}

const setUp = (count = 6) => {
  const work = new FakeWork();
  const ids = Array.from({ length: count }, (_, index) => `${index + 1}`);
  const session = new FillSession('plan', ids.map(itemOf), work);
  const statuses = () => session.entries.map(({ state }) => state.status).join(' ');
  return { work, session, statuses };
};
const failed = (kind: ErrorKind): JobState => ({
  status: 'failed',
  error: new ImageGenerationError(kind, 'no', { code: 'No' }),
  images: [],
});
/** Lets what is on its way come to rest. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a plan that is made anew', () => {
  it('keeps what was edited and ticked, and what is paid for and still to be fetched', async () => {
    const { work, session } = setUp(4);
    session.setPrompt('1', 'edited');
    session.setSize('1', { width: 16, height: 9 });
    session.tick(['2', '4'], false);
    const run = session.run();
    await settle();
    work.paid.add('3');
    work.end('3', failed('download'));
    work.end('1', failed('server'));
    await run;
    const items = ['4', '3', '2', '1', '5'].map((id) => ({ ...itemOf(id), id: `new ${id}` }));
    const again = new FillSession('again', items, work, session.entries);
    assert.deepEqual(
      again.entries.map(({ prompt, size, isTicked, state }) => [
        ...[prompt, size && formatSize(size), isTicked, state.status],
      ]),
      [
        ['prompt 4', undefined, false, 'planned'],
        ['prompt 3', undefined, true, 'failed'],
        ['prompt 2', undefined, false, 'planned'],
        ['edited', '16 × 9', true, 'planned'],
        ['prompt 5', undefined, true, 'planned'],
      ],
    );
    assert.deepEqual(
      again.startable().map(({ item }) => item.id),
      ['new 1', 'new 5'],
    );
  });
});

describe('a plan that is run', () => {
  it('goes on with one that is fetched again elsewhere', async () => {
    const { work, session, statuses } = setUp(2);
    const run = session.run();
    await settle();
    work.end('1', failed('download'));
    work.end('2');
    await run;
    assert.equal(statuses(), 'failed done');
    session.touch('1');
    assert.equal(statuses(), 'failed done');
    work.elsewhere.add('1');
    session.touch('1');
    assert.equal(statuses(), 'running done');
    work.end('1');
    await settle();
    assert.equal(statuses(), 'done done');
  });

  it('says of all images that they may have changed when it is over', async () => {
    const { work, session } = setUp(2);
    const told: (readonly string[])[] = [];
    session.onDidChange((ids) => told.push(ids));
    const run = session.run();
    await settle();
    work.end('1', failed('download'));
    work.end('2');
    await run;
    assert.deepEqual(told.at(-1), ['1', '2']);
  });

  it('starts what is ticked, four at a time, and the next when one has ended', async () => {
    const { work, session, statuses } = setUp();
    session.tick(['2'], false);
    const run = session.run();
    await settle();
    assert.deepEqual(work.started, ['1', '3', '4', '5']);
    assert.equal(statuses(), 'running planned running running running waiting');
    work.end('3');
    await settle();
    assert.deepEqual(work.started, ['1', '3', '4', '5', '6']);
    for (const id of ['1', '4', '5', '6']) work.end(id);
    await run;
    assert.equal(statuses(), 'done planned done done done done');
    assert.equal(session.status, 'idle');
  });

  it('leaves alone what has no prompt, and skips what is there by now', async () => {
    const { work, session, statuses } = setUp(3);
    session.setPrompt('1', '');
    work.present.add('2');
    const run = session.run();
    await settle();
    work.end('3');
    await run;
    assert.equal(statuses(), 'planned skipped done');
  });

  it('stops: what waits is as before, what can be is cancelled, and what has begun is kept', async () => {
    const { work, session, statuses } = setUp();
    work.begun.add('1');
    const run = session.run();
    await settle();
    await session.stop();
    assert.equal(session.status, 'stopping');
    assert.equal(session.keptOnStop, 1);
    work.end('1');
    await run;
    assert.equal(statuses(), 'done planned planned planned planned planned');
    const again = session.run();
    await settle();
    assert.deepEqual(work.started.slice(4), ['2', '3', '4', '5']);
    for (const id of ['2', '3', '4', '5']) work.end(id);
    await settle();
    work.end('6');
    await again;
    assert.equal(statuses(), 'done done done done done done');
  });

  it('starts nothing more when the person does not answer a question', async () => {
    const { work, session, statuses } = setUp(2);
    work.canPay = false;
    await session.run();
    assert.equal(statuses(), 'planned planned');
  });

  it('ends with a failure that the others would share, and goes on after one of a single prompt', async () => {
    const { work, session, statuses } = setUp(6);
    const run = session.run();
    await settle();
    work.end('1', failed('contentFilter'));
    await settle();
    assert.equal(statuses(), 'failed running running running running waiting');
    work.end('2', failed('billing'));
    for (const id of ['3', '4', '5']) work.end(id);
    await run;
    assert.equal(statuses(), 'failed failed done done done planned');
  });

  it('gives a failed one another try under its job, or plans it anew with another prompt', async () => {
    const { work, session, statuses } = setUp(2);
    const run = session.run();
    await settle();
    work.end('1', failed('server'));
    work.end('2', failed('contentFilter'));
    await run;
    const again = session.retry('1');
    await settle();
    assert.deepEqual(work.retried, ['1']);
    work.end('1');
    await again;
    session.setPrompt('2', 'another');
    assert.equal(statuses(), 'done planned');
  });

  it('does not buy again unasked what was cancelled too late', async () => {
    const { work, session } = setUp(1);
    const run = session.run();
    await settle();
    work.end('1', { status: 'cancelled', billed: 'yes' });
    await run;
    assert.deepEqual(session.startable(), []);
  });
});
