import type { FillItem } from '../../documents/fillPlan';
import { ImageGenerationError } from '../../imageModel/errors';
import type { RequestedSize } from '../../imageModel/imageModel';
import { Emitter } from '../../util/emitter';
import { type FillEntry, type FillState, noImageError, plannedEntries } from './fillEntry';
import type { EndedFill, FillPorts } from './fillPorts';

/** So many are sent at a time: what was not sent yet can be stopped for nothing. */
const atOnce = 4;

/** The others would fail the same way: the run ends with one of these. */
const hopeless: ReadonlySet<ImageGenerationError['kind']> = new Set([
  'auth',
  'billing',
  'quota',
  'modelUnavailable',
  'storage',
]);

/** One plan of missing images: what is ticked and edited of it, and how far its run has come. */
export class FillSession {
  readonly #entries: Map<string, FillEntry>;
  readonly #ports: FillPorts;
  readonly #running = new Map<string, Promise<void>>();
  #run: AbortController | undefined;
  #hasRun = false;
  #isStopping = false;
  #keptOnStop = 0;
  readonly #changed: Emitter<readonly string[]>;
  /** With the ids of the entries that have changed; none where only the run has. */
  readonly onDidChange;

  constructor(
    readonly id: string,
    items: readonly FillItem[],
    ports: FillPorts,
    /** Of the plan before. */
    before: readonly FillEntry[] = [],
  ) {
    const isOpen = (jobId: string): boolean => !ports.mayReplace(jobId);
    const entries = plannedEntries(items, before, isOpen);
    this.#entries = new Map(entries.map((entry) => [entry.item.id, entry]));
    this.#ports = ports;
    this.#changed = new Emitter(ports.onBug);
    this.onDidChange = this.#changed.event;
  }

  /** In the order of the plan. */
  get entries(): readonly FillEntry[] {
    return [...this.#entries.values()];
  }

  entry(id: string): FillEntry | undefined {
    return this.#entries.get(id);
  }

  /** `stopping`: nothing more is started, and what the service has begun goes on. */
  get status(): 'idle' | 'running' | 'stopping' {
    if (!this.#run && this.#running.size === 0) return 'idle';
    return this.#isStopping ? 'stopping' : 'running';
  }

  /** Whether something was started already, so that another run goes on with the rest. */
  get hasRun(): boolean {
    return this.#hasRun;
  }

  /** So many images the service had begun when the run was stopped. */
  get keptOnStop(): number {
    return this.#keptOnStop;
  }

  /** What another run would make. */
  startable(): readonly FillEntry[] {
    return this.entries.filter(
      (entry) => entry.isTicked && entry.state.status === 'planned' && this.#ports.isReady(entry),
    );
  }

  tick(ids: readonly string[], isTicked: boolean): void {
    for (const id of ids) this.#change(id, { isTicked });
    this.#changed.fire(ids);
  }

  /** Nothing for an entry that was started; one that has failed is planned anew, where nothing of it is paid for. */
  setPrompt(id: string, prompt: string): void {
    this.#edit(id, { prompt });
  }

  setSize(id: string, size: RequestedSize): void {
    this.#edit(id, { size });
  }

  /** Starts what is ticked, a few at a time; resolves when everything has ended that was started. */
  async run(): Promise<void> {
    if (this.status !== 'idle') return;
    const run = new AbortController();
    this.#run = run;
    this.#hasRun = true;
    this.#isStopping = false;
    this.#keptOnStop = 0;
    const chosen = this.startable().map(({ item }) => item.id);
    this.#setAll(chosen, { status: 'waiting' });
    try {
      const stopped = new Promise<void>((resolve) =>
        run.signal.addEventListener('abort', () => resolve(), { once: true }),
      );
      for (const id of chosen) {
        await this.#untilRoom(run.signal, stopped);
        if (run.signal.aborted) break;
        if (await this.#start(id, run.signal)) continue;
        this.#isStopping = true;
        break;
      }
    } finally {
      this.#release();
      await Promise.all(this.#running.values());
      this.#run = undefined;
      // Those that have failed can be tried again by now.
      this.#changed.fire([...this.#entries.keys()]);
    }
  }

  /** Starts nothing more, and cancels what costs nothing yet; the rest goes on and is kept. */
  async stop(): Promise<void> {
    this.#halt();
    const jobs = this.entries.flatMap(({ state }) =>
      state.status === 'running' ? [state.jobId] : [],
    );
    const outcomes = await Promise.all(jobs.map((id) => this.#ports.cancel(id)));
    this.#keptOnStop = outcomes.filter((each) => each === 'begun' || each === 'unknown').length;
    this.#changed.fire([]);
  }

  /** Another try of one that has failed. */
  async retry(id: string): Promise<void> {
    const { state } = this.#entries.get(id) ?? {};
    if (state?.status !== 'failed') return;
    const { jobId } = state;
    if (this.status === 'idle') this.#isStopping = false;
    if (jobId !== undefined) {
      this.#set(id, { status: 'running', jobId });
      this.#ports.retry(jobId);
      await this.#follow(id, jobId);
    } else {
      this.#set(id, { status: 'waiting' });
      await this.#start(id, undefined);
    }
  }

  /** Resolves when nothing of the plan runs any more. */
  async settled(): Promise<void> {
    this.#halt();
    await Promise.all(this.#running.values());
  }

  /** Something outside has changed what the entries look like, such as the progress of a job, or another try of one. */
  touch(jobId: string): void {
    const found = this.entries.find(({ state }) => 'jobId' in state && state.jobId === jobId);
    if (!found) return;
    const { id } = found.item;
    if (found.state.status === 'running') this.#changed.fire([id]);
    if (found.state.status !== 'failed' || !this.#ports.isRunning(jobId)) return;
    this.#set(id, { status: 'running', jobId });
    void this.#follow(id, jobId);
  }

  /** False where the others are not to be started either. */
  async #start(id: string, signal: AbortSignal | undefined): Promise<boolean> {
    const entry = this.#entries.get(id);
    if (!entry) return true;
    try {
      if (!(await this.#ports.isStillMissing(entry.item))) {
        this.#set(id, { status: 'skipped' });
        return true;
      }
      // Stopped while the disk was asked.
      if (signal?.aborted) return false;
      const job = await this.#ports.start(entry);
      if (!job) {
        this.#set(id, { status: 'planned' });
        return false;
      }
      this.#set(id, { status: 'running', jobId: job.id });
      void this.#follow(id, job.id);
      if (signal?.aborted) await this.stop();
      return true;
    } catch (error) {
      this.#set(id, { status: 'failed', error });
      return error instanceof ImageGenerationError && error.kind === 'invalidRequest';
    }
  }

  #follow(id: string, jobId: string): Promise<void> {
    const end = async (): Promise<void> => {
      const entry = this.#entries.get(id);
      if (!entry) return;
      try {
        const ended = await this.#ports.follow(entry.item, jobId);
        this.#running.delete(id);
        this.#end(id, ended);
      } catch (error) {
        this.#running.delete(id);
        this.#set(id, { status: 'failed', error, jobId });
      }
    };
    const following = end();
    this.#running.set(id, following);
    return following;
  }

  #end(id: string, { job, isLinkMissing }: EndedFill): void {
    const { state } = job;
    switch (state.status) {
      case 'running':
        return;
      case 'cancelled':
        // What is billed already is not to be bought again unasked.
        if (state.billed !== 'no') this.#change(id, { isTicked: false });
        this.#set(id, { status: 'planned' });
        return;
      case 'failed':
        this.#set(id, { status: 'failed', error: state.error, jobId: job.id });
        if (hopeless.has(state.error.kind)) this.#halt();
        return;
      case 'saved': {
        const [image] = state.images;
        if (image) this.#set(id, { status: 'done', jobId: job.id, image, isLinkMissing });
        else this.#set(id, { status: 'failed', error: noImageError(job), jobId: job.id });
      }
    }
  }

  #halt(): void {
    this.#isStopping = true;
    this.#run?.abort();
    this.#release();
  }

  async #untilRoom(signal: AbortSignal, stopped: Promise<void>): Promise<void> {
    while (this.#running.size >= atOnce && !signal.aborted) {
      await Promise.race([...this.#running.values(), stopped]);
    }
  }

  /** What waits is as it was before the run. */
  #release(): void {
    const waiting = this.entries.filter(({ state }) => state.status === 'waiting');
    this.#setAll(
      waiting.map(({ item }) => item.id),
      { status: 'planned' },
    );
  }

  #edit(id: string, change: Partial<Pick<FillEntry, 'prompt' | 'size'>>): void {
    const { state } = this.#entries.get(id) ?? {};
    if (!state || !this.#mayEdit(state)) return;
    this.#change(id, { ...change, state: { status: 'planned' } });
    this.#changed.fire([id]);
  }

  #mayEdit(state: FillState): boolean {
    if (state.status !== 'failed') return state.status === 'planned';
    return state.jobId === undefined || this.#ports.mayReplace(state.jobId);
  }

  #set(id: string, state: FillState): void {
    this.#setAll([id], state);
  }

  #setAll(ids: readonly string[], state: FillState): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#change(id, { state });
    this.#changed.fire(ids);
  }

  #change(id: string, change: Partial<Omit<FillEntry, 'item'>>): void {
    const entry = this.#entries.get(id);
    if (entry) this.#entries.set(id, { ...entry, ...change });
  }
}
