import { formatLine, type HistoryLine } from './historyEvents';
import type { FoundImage, HistoryJob } from './historyJob';

/** Everything in order; the arrays are not changed any more. */
export interface HistoryView {
  /** Newest first. */
  readonly jobs: readonly HistoryJob[];
  /** Newest job first; those of a job in their order. */
  readonly images: readonly FoundImage[];
  readonly byId: ReadonlyMap<string, FoundImage>;
}

/** How many ids are in one line at most. */
const maxIds = 500;

/** What the lines of the log come to. */
export class HistoryIndex {
  /** In the order of the log. */
  readonly #jobs = new Map<string, { readonly job: HistoryJob; readonly byteLength: number }>();
  readonly #favourites = new Set<string>();
  /** A later try of a job still names the images that were removed. */
  readonly #removed: Set<string>;
  readonly #jobOf = new Map<string, string>();
  #view: HistoryView | undefined;
  #hasNewer = false;

  /** @param removed ids that an earlier index has; they stay removed where the log no longer names them */
  constructor(
    private readonly maxImages: number,
    removed: Iterable<string> = [],
  ) {
    this.#removed = new Set(removed);
  }

  get removed(): Iterable<string> {
    return this.#removed;
  }

  /** Whether there are lines of a later Easel, which only that may write anew. */
  get hasNewer(): boolean {
    return this.#hasNewer;
  }

  isFavourite(imageId: string): boolean {
    return this.#favourites.has(imageId);
  }

  isRemoved(imageId: string): boolean {
    return this.#removed.has(imageId);
  }

  job(jobId: string): HistoryJob | undefined {
    return this.#jobs.get(jobId)?.job;
  }

  /** @param byteLength of the line */
  apply(line: HistoryLine, byteLength: number): void {
    this.#view = undefined;
    switch (line.event) {
      case 'job':
        this.#put(line.job, byteLength);
        return;
      case 'favourite':
        for (const id of line.imageIds) {
          if (line.isFavourite) this.#favourites.add(id);
          else this.#favourites.delete(id);
        }
        return;
      case 'removed':
        this.#remove(line.imageIds);
        return;
      case 'newer':
        this.#hasNewer = true;
        return;
      default:
    }
  }

  /** Put in order when it is asked for, once after each change. */
  view(): HistoryView {
    this.#view ??= this.#order();
    return this.#view;
  }

  /** About what the lines of a log would have that says the same in as few as possible. */
  liveBytes(): number {
    this.view(); // What is too old goes first.
    let bytes = 0;
    for (const { byteLength } of this.#jobs.values()) bytes += byteLength;
    for (const id of this.#favourites) bytes += id.length;
    return bytes;
  }

  /** A log that says the same in as few lines as possible. */
  lines(): readonly string[] {
    const jobs = [...this.#jobs.values()].map(({ job }) => formatLine({ event: 'job', job }));
    const favourites = [...this.#favourites].filter((id) => this.#jobOf.has(id));
    for (let start = 0; start < favourites.length; start += maxIds) {
      const imageIds = favourites.slice(start, start + maxIds);
      jobs.push(formatLine({ event: 'favourite', imageIds, isFavourite: true }));
    }
    return jobs;
  }

  #put(job: HistoryJob, byteLength: number): void {
    const before = this.#jobs.get(job.id);
    for (const { id } of before?.job.images ?? []) this.#jobOf.delete(id);
    this.#jobs.delete(job.id);
    const images = job.images.filter(({ id }) => !this.#removed.has(id));
    if (images.length === 0) return;
    for (const { id } of images) this.#jobOf.set(id, job.id);
    this.#jobs.set(job.id, { job: { ...job, images }, byteLength });
  }

  #remove(imageIds: readonly string[]): void {
    for (const id of imageIds) {
      this.#removed.add(id);
      this.#favourites.delete(id);
      const jobId = this.#jobOf.get(id);
      const entry = jobId === undefined ? undefined : this.#jobs.get(jobId);
      if (entry) this.#keepImages(entry, (imageId) => imageId !== id);
    }
  }

  #keepImages(
    { job, byteLength }: { readonly job: HistoryJob; readonly byteLength: number },
    isKept: (imageId: string) => boolean,
  ): void {
    const images = job.images.filter(({ id }) => isKept(id));
    for (const { id } of job.images) if (!isKept(id)) this.#jobOf.delete(id);
    if (images.length === 0) this.#jobs.delete(job.id);
    else this.#jobs.set(job.id, { job: { ...job, images }, byteLength });
  }

  #order(): HistoryView {
    let jobs = this.#newestFirst();
    if (this.#jobOf.size > this.maxImages) {
      this.#dropOldest(jobs);
      jobs = this.#newestFirst();
    }
    const images = jobs.flatMap((job) => job.images.map((image) => ({ job, image })));
    return { jobs, images, byId: new Map(images.map((found) => [found.image.id, found])) };
  }

  #newestFirst(): readonly HistoryJob[] {
    const jobs = [...this.#jobs.values()].map(({ job }) => job).reverse();
    return jobs.sort((a, b) => b.startedAt - a.startedAt);
  }

  /** The favourites stay, however old they are. */
  #dropOldest(jobs: readonly HistoryJob[]): void {
    for (const { id } of jobs.toReversed()) {
      const surplus = this.#jobOf.size - this.maxImages;
      const entry = this.#jobs.get(id);
      if (surplus <= 0) return;
      if (entry) this.#keepImages(entry, (imageId) => this.#favourites.has(imageId));
    }
  }
}
