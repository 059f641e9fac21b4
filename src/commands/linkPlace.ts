import * as vscode from 'vscode';
import type { InsertionPoint } from '../documents/insertionPoint';
import { type JobLinks, jobContent } from '../documents/jobContent';
import { holdsLink, insertLinks } from '../documents/linkInserter';
import { spotOf } from '../documents/linkSpot';
import { followSpot } from '../documents/openSpot';
import { onceSafe } from '../documents/savedText';
import { SpotKeeper } from '../documents/spotKeeper';
import { insertWaiting, removeWaiting } from '../documents/waitingText';
import type { LinkSpot, SavedImage } from '../generation/generationJob';
import type { DisposableLike } from '../util/disposable';

/** What is to be linked, where it lies by now. */
interface PlacedLinks extends Pick<JobLinks, 'altText' | 'parts'> {
  readonly images: readonly Pick<SavedImage, 'id' | 'position' | 'uri'>[];
}

/** What a place is made from. */
export interface LinkPlaceOptions {
  /** Taken over, and disposed with the place. */
  readonly point?: InsertionPoint | undefined;
  /** As it is in the journal. */
  readonly spot?: LinkSpot | undefined;
  /** Writes the spot into the journal; undefined when nothing waits for the images any more. */
  readonly save: (spot: LinkSpot | undefined) => void;
}

/** Where a job's links go: followed while the document is open, known by the text around it when it is not. */
export class LinkPlace implements DisposableLike {
  readonly #linked: Set<string>;
  readonly #save: LinkPlaceOptions['save'];
  /** Just before VS Code ended, a link may have been put in, or lost with what was not saved: the document tells. */
  #isFromBefore: boolean;
  #hasInserted = false;
  #isReleased = false;
  #wasComplete = false;
  #point: InsertionPoint | undefined;
  #keeper: SpotKeeper | undefined;
  #spot: LinkSpot | undefined;

  constructor({ point, spot, save }: LinkPlaceOptions) {
    this.#linked = new Set(spot?.linked);
    this.#save = save;
    this.#spot = spot;
    this.#isFromBefore = point === undefined;
    if (point) this.#follow(point);
  }

  /** Where an image that is not linked yet can be; undefined when there was no document, or it is read-only. */
  get spot(): LinkSpot | undefined {
    return this.#spot;
  }

  get hasLinks(): boolean {
    return this.#linked.size > 0;
  }

  /** The window before had linked everything, and it is all there: it has told of it, too. */
  get wasComplete(): boolean {
    return this.#wasComplete;
  }

  /** Follows the place in its document, if that is open in a tab. */
  async attach(): Promise<void> {
    if (this.#point && !this.#point.isClosed) return;
    const point = this.#spot && (await followSpot(this.#spot));
    if (!point) return;
    this.#detach();
    this.#follow(point);
  }

  /** Holds the place of what is to come with a comment, where there is nothing else that gives way. */
  async wait(text: string): Promise<void> {
    await this.attach();
    const point = this.#point;
    if (!point || point.isClosed || point.replaces || this.hasLinks) return;
    if (await insertWaiting(point, text)) this.#keeper?.flush();
  }

  /** Takes the comment away; false where its document is closed, and it stays. */
  async giveUp(): Promise<boolean> {
    if (!this.#spot?.replaces?.waiting) return true;
    await this.attach();
    const isGone = this.#point !== undefined && (await removeWaiting(this.#point));
    if (isGone) this.#keeper?.flush();
    return isGone;
  }

  /** Links what is not linked yet, if the document is open; what the model wrote goes in once, also without images. */
  async insert({ images, altText, parts }: PlacedLinks): Promise<void> {
    await this.attach();
    const point = this.#point;
    if (!point) return;
    if (this.#isFromBefore) {
      this.#isFromBefore = false;
      const wereLinked = images.every(({ id }) => this.#linked.has(id));
      for (const { id, uri } of images) {
        const image = vscode.Uri.parse(uri, true);
        if (await holdsLink(point.document, point.position, image)) this.#linked.add(id);
        else this.#linked.delete(id);
      }
      this.#wasComplete = wereLinked && images.every(({ id }) => this.#linked.has(id));
    }
    const missing = images.filter(({ id }) => !this.#linked.has(id));
    const ownParts = this.hasLinks ? undefined : parts;
    const isText = ownParts?.every((part) => typeof part === 'string');
    if (missing.length > 0 || isText) {
      const outcome = await insertLinks(point, jobContent(missing, altText, ownParts));
      if (outcome === 'failed') this.#spot = undefined;
      if (outcome !== 'inserted') return;
      this.#hasInserted = true;
    }
    for (const { id } of missing) this.#linked.add(id);
    this.#keeper?.flush();
  }

  /** Writes down where the place is by now. */
  flush(): void {
    if (this.#point && !this.#point.isClosed) this.#keeper?.flush();
  }

  /** Nothing waits for the images any more, but for the links to be safe in their document. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    const document = this.#point?.document;
    const wasKept = this.#spot !== undefined || this.#keeper !== undefined;
    this.#detach();
    if (!wasKept) return;
    const forget = (): void => this.#save(undefined);
    const isUnsaved = this.#hasInserted || (this.hasLinks && document?.isDirty);
    if (document && isUnsaved) onceSafe(document, forget);
    else forget();
  }

  dispose(): void {
    this.#detach();
  }

  #follow(point: InsertionPoint): void {
    this.#point = point;
    const current = (): LinkSpot => spotOf(point, this.#linked);
    this.#keeper = new SpotKeeper(point.onDidMove, current, this.#spot, (spot) => {
      this.#spot = spot;
      this.#save(spot);
    });
    // It may have moved before the job was started.
    this.#keeper.flush();
  }

  #detach(): void {
    this.#keeper?.dispose();
    this.#keeper = undefined;
    this.#point?.dispose();
    this.#point = undefined;
  }
}
