import * as vscode from 'vscode';
import type { LinkSpot } from '../generation/generationJob';
import type { DisposableLike } from '../util/disposable';
import { groupBy } from '../util/groupBy';
import { KeyedQueue } from '../util/keyedQueue';
import { matchLinks } from './fillMatch';
import type { FillPlace } from './fillPlan';
import { findImageLinks } from './imageLinks';
import { captureLinkPoint, fileUriOf, type InsertionPoint, isInTab } from './insertionPoint';
import { insertLinks } from './linkInserter';
import { spotOf } from './linkSpot';

/** Where the links of a plan are by now: followed while their documents are loaded, and found again where they were not. */
export class FillPoints implements DisposableLike {
  readonly #points = new Map<FillPlace, InsertionPoint>();
  /** One edit at a time in a document that is saved after it. */
  readonly #queue = new KeyedQueue();

  /** Finds the places that are not followed; each document is read once. */
  async prepare(places: readonly FillPlace[]): Promise<void> {
    const lost = places.filter((place) => !this.#live(place));
    const byDocument = groupBy(lost, ({ document }) => document);
    for (const [uri, inDocument] of byDocument) {
      const document = await load(uri);
      if (document) this.#follow(document, inDocument);
    }
  }

  /** The place as a job keeps it; undefined where the link is gone. */
  spot(place: FillPlace): LinkSpot | undefined {
    const point = this.#live(place);
    return point?.locate() && spotOf(point, []);
  }

  /**
   * Writes the link to an image. A document that nobody has open is saved; in an open one it is a step of undo.
   * @returns false where the link is gone, or the document cannot be written
   */
  write(place: FillPlace, image: vscode.Uri, altText: string): Promise<boolean> {
    return this.#queue.run(place.document, async () => {
      await this.prepare([place]);
      const point = this.#live(place);
      if (!point) return false;
      const outcome = await insertLinks(point, [{ uri: image, altText }]);
      if (outcome !== 'inserted') return false;
      const { document } = point;
      if (document.isDirty && !isInTab(fileUriOf(document))) await document.save();
      return true;
    });
  }

  dispose(): void {
    for (const point of this.#points.values()) point.dispose();
    this.#points.clear();
  }

  #live(place: FillPlace): InsertionPoint | undefined {
    const point = this.#points.get(place);
    if (!point?.isClosed) return point;
    point.dispose();
    this.#points.delete(place);
    return undefined;
  }

  #follow(document: vscode.TextDocument, places: readonly FillPlace[]): void {
    const text = document.getText();
    const links = findImageLinks(text, document.languageId, document.fileName).map((link) => ({
      ...{ link, start: link.start, source: text.slice(link.start, link.end) },
    }));
    // What is followed already is not to be found a second time.
    const taken = new Set(
      [...this.#points.values()].flatMap((point) =>
        point.document === document && point.locate() ? [point.offset] : [],
      ),
    );
    const found = matchLinks(
      places.map(({ source, link }) => ({ source, start: link.start })),
      links.filter(({ start }) => !taken.has(start)),
    );
    places.forEach((place, index) => {
      const link = found[index]?.link;
      if (link) this.#points.set(place, captureLinkPoint(document, link));
    });
  }
}

async function load(uri: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  } catch {
    // Deleted meanwhile.
    return undefined;
  }
}
