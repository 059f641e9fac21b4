/** Anything that is given back with one call; VS Code's Disposable fits. */
export interface DisposableLike {
  dispose(): unknown;
}

/** Owns disposables and gives them back in reverse order; one added after that is given back at once. */
export class DisposableStore implements DisposableLike {
  #items: DisposableLike[] | undefined = [];

  add<T extends DisposableLike>(item: T): T {
    if (this.#items) this.#items.push(item);
    else item.dispose();
    return item;
  }

  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) item.dispose();
  }
}
