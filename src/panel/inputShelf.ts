import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { InputImage } from '../imageModel/inputImage';

const stateKey = 'easel.inputs';
/** Of those that were used last; a draft names far fewer. */
const maxInputs = 100;
const shelfSchema = z.array(z.tuple([z.string(), z.string()]));

/**
 * The input images that the page may name, each by an id: the page never says a path or an address. Kept over a reload,
 * as the page's draft is.
 */
export class InputShelf {
  /** Ids and URIs, those used last at the end. */
  readonly #uris = new Map<string, string>();
  /** What is known of the files, by URI. */
  readonly #facts = new Map<string, InputImage>();

  constructor(
    private readonly workspaceState: vscode.Memento,
    private readonly createId: () => string,
  ) {
    const stored = z.safeParse(shelfSchema, workspaceState.get(stateKey));
    for (const [id, uri] of stored.data ?? []) this.#uris.set(id, uri);
  }

  /** The id of an image, the same one each time; the image's facts replace older ones. */
  idOf(image: InputImage): string {
    this.#facts.set(image.uri, image);
    const known = [...this.#uris].find(([, uri]) => uri === image.uri)?.[0];
    const id = known ?? this.createId();
    this.#uris.delete(id);
    this.#uris.set(id, image.uri);
    const kept = [...this.#uris].slice(-maxInputs);
    void this.workspaceState.update(stateKey, kept);
    return id;
  }

  /** Undefined for an id that is not one of the shelf. */
  find(id: string): InputImage | undefined {
    const uri = this.#uris.get(id);
    return uri === undefined ? undefined : (this.#facts.get(uri) ?? { uri });
  }

  /** Replaces what is known of a file; after a reload that is nothing. */
  learn(image: InputImage): void {
    this.#facts.set(image.uri, image);
  }
}
