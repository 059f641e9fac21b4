import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { SubmitLimits } from '../../src/imageModel/imageModel';
import { FileJournal } from '../../src/journal/fileJournal';
import { FileLock } from '../../src/journal/fileLock';
import { FileSlotLedger } from '../../src/journal/fileSlotLedger';
import { every, WindowMark } from '../../src/journal/windowMark';
import { pause } from '../../src/util/abort';
import { fullSteps, recordOf } from './journalRecords';

const roleVariable = 'EASEL_JOURNAL_PROCESS';

/** True in a process that a {@link JournalProcess} has started. */
export const isJournalProcess = process.env[roleVariable] !== undefined;

/** What such a process can be asked for. */
type Order =
  /** Writes records without end. */
  | { readonly order: 'write'; readonly jobs: number }
  | { readonly order: 'claim' }
  /** Asks for a slot until there is one, or until all places are taken. */
  | { readonly order: 'take'; readonly limits: SubmitLimits; readonly jobId: string }
  | { readonly order: 'release'; readonly key: string; readonly jobId: string };

/** What it tells. */
export type JournalNews =
  | { readonly news: 'ready' }
  | { readonly news: 'written'; readonly count: number }
  | { readonly news: 'log'; readonly line: string }
  | { readonly news: 'claimed'; readonly jobIds: readonly string[] }
  /** `at`: when the ledger let it through; absent where all places are taken. */
  | { readonly news: 'taken'; readonly jobId: string; readonly at?: number }
  | { readonly news: 'released' };

/** A window in a process of its own, that can be killed. */
export class JournalProcess {
  readonly #child: ChildProcess;
  readonly #heard: JournalNews[] = [];
  #onNews: () => void = () => {};

  /** @param script a file that calls {@link runJournalProcess} */
  constructor(
    script: string,
    readonly windowId: string,
    folder: string,
  ) {
    const env = { ...process.env, [roleVariable]: JSON.stringify({ windowId, folder }) };
    this.#child = fork(script, { env, execArgv: [] });
    this.#child.on('message', (news: JournalNews) => {
      this.#heard.push(news);
      this.#onNews();
    });
    this.#child.on('exit', () => this.#onNews());
  }

  send(order: Order): void {
    this.#child.send(order);
  }

  /** The next piece of news of that sort; the ones before are dropped. @throws when the process ends */
  async next<N extends JournalNews['news']>(sort: N): Promise<Extract<JournalNews, { news: N }>> {
    for (;;) {
      const news = this.#heard.shift();
      if (news?.news === sort) return news as Extract<JournalNews, { news: N }>; // By its `news`.
      if (news) continue;
      if (this.#hasEnded) throw new Error('the process has ended');
      await new Promise<void>((resolve) => {
        this.#onNews = resolve;
      });
    }
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

/** The other side: does what it is asked for, until it is killed or its parent ends. */
export async function runJournalProcess(): Promise<void> {
  const { windowId, folder } = JSON.parse(process.env[roleVariable] ?? '');
  const tell = (news: JournalNews): boolean | undefined => process.send?.(news);
  const log = (line: string): unknown => tell({ news: 'log', line });
  const logger = { debug: log, info: log, warn: log, error: log };
  let asked = 0;
  const now = (): number => {
    asked = Date.now();
    return asked;
  };
  const mark = new WindowMark({ folder, windowId, every, now, logger });
  const journal = new FileJournal({ folder, mark, now, logger });
  const lock = new FileLock({
    mark,
    pause,
    elapsed: () => performance.now(),
    random: Math.random,
  });
  // Last called for the answer that is given, so that `asked` is its time.
  const ledger = new FileSlotLedger({ folder, mark, lock, now, logger });
  const take = async (limits: SubmitLimits, jobId: string): Promise<JournalNews> => {
    for (;;) {
      const wait = await ledger.take(limits, jobId);
      if (wait === 0) return { news: 'taken', jobId, at: asked };
      if (wait >= 1_000) return { news: 'taken', jobId };
      await pause(wait);
    }
  };
  const write = async (jobs: number): Promise<void> => {
    const steps = Object.values({ ...fullSteps, failed: { ...fullSteps.failed, endedAt: now() } });
    for (let count = 1; ; count += 1) {
      const step = steps[randomInt(steps.length)] ?? fullSteps.waiting;
      await journal.write(recordOf(`job-${count % jobs}`, step));
      if (count % 50 === 0) tell({ news: 'written', count });
    }
  };
  const obey = async (order: Order): Promise<void> => {
    switch (order.order) {
      case 'write':
        return write(order.jobs);
      case 'claim': {
        const claimed = await journal.claim();
        tell({ news: 'claimed', jobIds: claimed.map(({ job }) => job.id) });
        return;
      }
      case 'take':
        tell(await take(order.limits, order.jobId));
        return;
      case 'release':
        await ledger.release(order.key, order.jobId);
        tell({ news: 'released' });
    }
  };
  process.on('disconnect', () => process.exit());
  let last: Promise<void> = mark.begin();
  process.on('message', (order: Order) => {
    last = last.then(() => obey(order));
  });
  await last;
  tell({ news: 'ready' });
}
