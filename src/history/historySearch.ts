import { type HistoryFilter, searchText, searchWords, shapeOf } from './historyFilter';
import type { HistoryIndex, HistoryView } from './historyIndex';
import type { FoundImage, HistoryImage } from './historyJob';

interface Answers {
  readonly view: HistoryView;
  /** Of the filter that was asked for last. */
  found?: { readonly key: string; readonly images: readonly FoundImage[] };
  models?: readonly string[];
  folders?: readonly string[];
}

/** Looks through the history; what it has found stays until something changes. */
export class HistorySearch {
  #answers: Answers | undefined;
  /** By image, made when a text is first looked for; they outlive changes of other images. */
  readonly #texts = new WeakMap<HistoryImage, string>();

  constructor(private readonly labelOf: (modelId: string) => string) {}

  find(index: HistoryIndex, filter: HistoryFilter): readonly FoundImage[] {
    const answers = this.#current(index);
    const key = JSON.stringify(filter);
    if (answers.found?.key !== key) {
      const passes = this.#test(index, filter);
      answers.found = { key, images: answers.view.images.filter(passes) };
    }
    return answers.found.images;
  }

  /** The one used last first. */
  models(index: HistoryIndex): readonly string[] {
    const answers = this.#current(index);
    answers.models ??= [...new Set(answers.view.jobs.map(({ request }) => request.modelId))];
    return answers.models;
  }

  folders(index: HistoryIndex): readonly string[] {
    const answers = this.#current(index);
    const folderOf = ({ image: { uri } }: FoundImage): string => uri.slice(0, uri.lastIndexOf('/'));
    answers.folders ??= [...new Set(answers.view.images.map(folderOf))];
    return answers.folders;
  }

  #current(index: HistoryIndex): Answers {
    const view = index.view();
    if (this.#answers?.view !== view) this.#answers = { view };
    return this.#answers;
  }

  #test(index: HistoryIndex, filter: HistoryFilter): (found: FoundImage) => boolean {
    const { modelId, since = Number.NEGATIVE_INFINITY, shape, madeIn, isFavourite } = filter;
    const words = searchWords(filter.text ?? '');
    return (found) => {
      const { job, image } = found;
      if (modelId !== undefined && job.request.modelId !== modelId) return false;
      if (job.startedAt < since) return false;
      if (madeIn && job.workspace !== madeIn.workspace) return false;
      if (isFavourite && !index.isFavourite(image.id)) return false;
      if (shape && shapeOf(image.size) !== shape) return false;
      if (words.length === 0) return true;
      const text = this.#textOf(found);
      return words.every((word) => text.includes(word));
    };
  }

  #textOf(found: FoundImage): string {
    const known = this.#texts.get(found.image);
    if (known !== undefined) return known;
    const text = searchText(found, this.labelOf(found.job.request.modelId));
    this.#texts.set(found.image, text);
    return text;
  }
}
