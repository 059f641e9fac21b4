import type * as vscode from 'vscode';

/** A Memento that copies what it holds, as VS Code's does when it writes it to disk. */
export class MemoryState implements vscode.Memento {
  readonly #values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, fallback?: T): T {
    const text = this.#values.get(key);
    return text === undefined ? (fallback as T) : JSON.parse(text);
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, JSON.stringify(value));
  }
}

/** A SecretStorage in memory, which tells of its changes. */
export class MemorySecrets {
  readonly values = new Map<string, string>();
  readonly #listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();
  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  async get(key: string): Promise<string | undefined> {
    return this.values.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    this.#changed(key);
  }

  async delete(key: string): Promise<void> {
    this.values.delete(key);
    this.#changed(key);
  }

  #changed(key: string): void {
    for (const listener of this.#listeners) listener({ key });
  }
}
