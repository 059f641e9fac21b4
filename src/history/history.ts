import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Cost } from '../cost/estimate';
import type { GenerationJob } from '../generation/generationJob';
import { shownPrompt } from '../imageModel/shownPrompt';
import { Emitter } from '../util/emitter';
import { errorCode } from '../util/fileErrors';
import { KeyedQueue } from '../util/keyedQueue';
import type { Logger } from '../util/logger';
import { formatLine, type HistoryEvent, parseLine } from './historyEvents';
import type { HistoryFilter } from './historyFilter';
import { HistoryIndex } from './historyIndex';
import type { FoundImage, HistoryJob } from './historyJob';
import { HistoryLog } from './historyLog';
import { HistorySearch } from './historySearch';
import { type DurationSubject, expectedDuration } from './jobDurations';
import { rememberedJob } from './rememberedJob';
import { withSureRequest } from './storedJob';

/** What a history is built from. */
export interface HistoryOptions {
  /** Easel's own storage, which all windows of the user share. */
  readonly folder: string;
  /** Names temporary files. */
  readonly windowId: string;
  /** Lets the windows do something one after the other; the file is the lock. */
  readonly exclusively: (file: string, action: () => Promise<void>) => Promise<void>;
  /** How people call a model. */
  readonly labelOf: (modelId: string) => string;
  readonly logger: Logger;
  /** 20,000 unless given; then the oldest are forgotten, but for the favourites. */
  readonly maxImages?: number;
  /** A log of fewer bytes is not written anew; 2 MB unless given. */
  readonly minCompacted?: number;
}

/** Where a job ended and what it has cost. */
export interface JobFacts {
  readonly workspace: string | undefined;
  readonly cost: Cost | undefined;
}

/**
 * Every image that was saved, over sessions, workspaces and windows. It lives in memory once it is loaded: what it
 * answers is as of the last `load`, which reads only what was written since. The image files are never looked at.
 */
export class History {
  readonly #options: HistoryOptions;
  readonly #file: string;
  readonly #log: HistoryLog;
  readonly #queue = new KeyedQueue();
  readonly #search: HistorySearch;
  readonly #changed: Emitter<void>;
  readonly #sureJobs = new WeakMap<HistoryJob, HistoryJob>();
  #index: HistoryIndex;
  readonly #maxImages: number;
  #isLoaded = false;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#maxImages = options.maxImages ?? 20_000;
    this.#file = path.join(options.folder, 'history', 'jobs.jsonl');
    this.#log = new HistoryLog(this.#file, options.windowId);
    this.#search = new HistorySearch(options.labelOf);
    this.#changed = new Emitter((error) => options.logger.error(String(error)));
    this.#index = new HistoryIndex(this.#maxImages);
  }

  /** Images came, changed or went, here or in another window. */
  get onDidChange() {
    return this.#changed.event;
  }

  /** Reads what any window has written since the last time. Where the disk fails, it says so in the log and nothing else. */
  async load(): Promise<void> {
    await this.#queue
      .run(this.#file, () => this.#read())
      .catch((error: unknown) => {
        this.#options.logger.warn(`The history cannot be read: ${reasonOf(error)}.`);
      });
  }

  /**
   * Remembers a job that has ended, if it has saved images; one that was tried again takes its own place.
   * @throws where the disk fails
   */
  async add(job: GenerationJob, { workspace, cost }: JobFacts): Promise<void> {
    if (job.endedAt === undefined) return;
    await this.load();
    const known = this.#index.job(job.id);
    const remembered = rememberedJob(job, known ? known.workspace : workspace, cost);
    const images = remembered.images.filter(({ id }) => !this.#index.isRemoved(id));
    const entry = { ...remembered, images };
    if (images.length === 0 || (known && isSameJob(known, entry))) return;
    await this.#write({ event: 'job', job: entry });
  }

  /** @throws where the disk fails */
  async setFavourite(imageIds: readonly string[], isFavourite: boolean): Promise<void> {
    const changed = imageIds.filter((id) => this.#has(id) && this.isFavourite(id) !== isFavourite);
    if (changed.length === 0) return;
    await this.#write({ event: 'favourite', imageIds: changed, isFavourite });
  }

  /** The files are the caller's concern. @throws where the disk fails */
  async forget(imageIds: readonly string[]): Promise<void> {
    // Also those of a job that has not ended yet, which comes into the history later.
    const present = imageIds.filter((id) => !this.#index.isRemoved(id));
    if (present.length > 0) await this.#write({ event: 'removed', imageIds: present });
  }

  find(imageId: string): FoundImage | undefined {
    const found = this.#index.view().byId.get(imageId);
    return found && this.#sureImage(found);
  }

  /** The image that lies there, by its URI string; undefined for a file that is not Easel's. */
  imageAt(uri: string): FoundImage | undefined {
    const found = this.#index.view().images.find(({ image }) => image.uri === uri);
    return found && this.#sureImage(found);
  }

  /** A job that has images left. */
  job(jobId: string): HistoryJob | undefined {
    const job = this.#index.job(jobId);
    return job && this.#sureJob(job);
  }

  /** The job whose id begins so, and that has images left. */
  jobBeginning(digits: string): HistoryJob | undefined {
    const job = this.#index.view().jobs.find(({ id }) => id.startsWith(digits));
    return job && this.#sureJob(job);
  }

  /** Whether it was taken out of the history, as far as this session knows. */
  isForgotten(imageId: string): boolean {
    return this.#index.isRemoved(imageId);
  }

  isFavourite(imageId: string): boolean {
    return this.#index.isFavourite(imageId);
  }

  /** The last jobs of a workspace, newest first; undefined is a window without one. */
  recent(workspace: string | undefined, max: number): readonly HistoryJob[] {
    const found: HistoryJob[] = [];
    for (const job of this.#index.view().jobs) {
      if (found.length === max) break;
      if (job.workspace === workspace) found.push(this.#sureJob(job));
    }
    return found;
  }

  /** The images that pass a filter, newest first: how many they are, and some of them. */
  query(
    filter: HistoryFilter,
    offset: number,
    limit: number,
  ): { readonly total: number; readonly items: readonly FoundImage[] } {
    const found = this.#search.find(this.#index, filter);
    const items = found.slice(offset, offset + limit).map((each) => this.#sureImage(each));
    return { total: found.length, items };
  }

  /** The ids of all models that have made something, the one used last first. */
  models(): readonly string[] {
    return this.#search.models(this.#index);
  }

  /** What was typed, each once, newest first; no more than so many texts and UTF-16 units together. */
  prompts(max: number, maxLength: number): readonly string[] {
    const prompts = new Set<string>();
    let length = 0;
    for (const { request } of this.#index.view().jobs) {
      const prompt = shownPrompt(request).trim();
      if (prompts.size === max) break;
      if (prompt === '' || prompts.has(prompt) || length + prompt.length > maxLength) continue;
      prompts.add(prompt);
      length += prompt.length;
    }
    return [...prompts];
  }

  /** How long such a job will take, in milliseconds, by those before it; undefined where there are none. */
  expectedMs(modelId: string, size: DurationSubject['size'], count: number): number | undefined {
    return expectedDuration(this.#index.view().jobs, { modelId, size, count });
  }

  /** URI strings of the folders that images lie in, each once. */
  folders(): readonly string[] {
    return this.#search.folders(this.#index);
  }

  #has(imageId: string): boolean {
    return this.#index.view().byId.has(imageId);
  }

  #sureImage({ job, image }: FoundImage): FoundImage {
    return { job: this.#sureJob(job), image };
  }

  /** Nothing leaves that was not looked at as a whole. */
  #sureJob(job: HistoryJob): HistoryJob {
    const known = this.#sureJobs.get(job);
    if (known) return known;
    const sure = withSureRequest(job);
    this.#sureJobs.set(job, sure);
    return sure;
  }

  async #write(event: HistoryEvent): Promise<void> {
    const line = formatLine(event);
    await this.#queue.run(this.#file, () => this.#log.append(line));
    await this.load();
    if (this.#isWorthCompacting()) await this.#compact();
  }

  async #read(): Promise<void> {
    // Whoever asks while a log is read from its start gets the old answers.
    let index = this.#index;
    let hasChanged = false;
    await this.#log.read({
      restart: () => {
        index = new HistoryIndex(this.#maxImages, this.#index.removed);
        hasChanged = true;
      },
      line: (text, byteLength) => {
        index.apply(parseLine(text), byteLength);
        hasChanged = true;
      },
    });
    this.#index = index;
    if (hasChanged && this.#isLoaded) this.#changed.fire();
    this.#isLoaded = true;
  }

  #isWorthCompacting(): boolean {
    const { minCompacted = 2_000_000 } = this.#options;
    const { size } = this.#log;
    return size >= minCompacted && !this.#index.hasNewer && this.#index.liveBytes() < size / 2;
  }

  /** What fails here is tried again after the next change. */
  async #compact(): Promise<void> {
    const { exclusively, logger } = this.#options;
    const rewrite = async (): Promise<void> => {
      await this.#read();
      if (!this.#isWorthCompacting()) return; // Another window was faster.
      if (await this.#log.rewrite(this.#index.lines())) await this.#read();
    };
    await this.#queue
      .run(this.#file, () => exclusively(`${this.#file}.lock`, rewrite))
      .catch((error: unknown) => {
        logger.debug(`the history cannot be written anew: ${reasonOf(error)}`);
      });
  }
}

/** As it is written down: what is undefined is not there. */
function isSameJob(a: HistoryJob, b: HistoryJob): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
}

function reasonOf(error: unknown): string {
  return errorCode(error) || (error instanceof Error ? error.message : String(error));
}
