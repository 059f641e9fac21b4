import type { DisposableLike } from './disposable';

/** Subscribes a listener; same shape as VS Code's Event. */
export type Event<T> = (listener: (value: T) => void) => DisposableLike;

/** An event source for the layers that do not know `vscode`. A listener that throws is reported and stops no other. */
export class Emitter<T> implements DisposableLike {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
