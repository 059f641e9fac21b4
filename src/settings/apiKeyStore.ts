import type * as vscode from 'vscode';

/** Where a key comes from. */
export type ApiKeySource = 'stored' | 'environment';

/** What the store is built from. */
export interface ApiKeyStoreOptions {
  readonly secrets: vscode.SecretStorage;
  /** Reads DASHSCOPE_API_KEY: a read-only fallback. */
  readonly environmentKey: () => string | undefined;
  /** The origin that a region's requests go to; a changed endpoint has no key until one is entered for it. */
  readonly originOf: (regionId: string) => string;
}

/** API keys, in VS Code's SecretStorage only, one per region and origin. No key is kept in a field. */
export class ApiKeyStore {
  readonly #options: ApiKeyStoreOptions;
  /** By the names that keys are stored under, whether there is one: asking takes some milliseconds each time. */
  readonly #isStored = new Map<string, boolean>();
  readonly onDidChange: vscode.Event<unknown>;

  constructor(options: ApiKeyStoreOptions) {
    this.#options = options;
    this.onDidChange = options.secrets.onDidChange;
    // For as long as the store: the window.
    this.onDidChange(() => this.#isStored.clear());
  }

  /** The stored key, else the environment's; for the origin that is set now, or for the one that a running job uses. */
  async get(
    regionId: string,
    origin = this.#options.originOf(regionId),
  ): Promise<string | undefined> {
    const stored = await this.#options.secrets.get(name(regionId, origin));
    return stored || this.#environment();
  }

  async source(regionId: string): Promise<ApiKeySource | undefined> {
    const name = this.#name(regionId);
    const isStored = this.#isStored.get(name) ?? Boolean(await this.#options.secrets.get(name));
    this.#isStored.set(name, isStored);
    if (isStored) return 'stored';
    return this.#environment() ? 'environment' : undefined;
  }

  /** False also where the endpoint is not usable; the next request says so in words. */
  async has(regionId: string): Promise<boolean> {
    try {
      return (await this.source(regionId)) !== undefined;
    } catch {
      return false;
    }
  }

  async set(regionId: string, key: string): Promise<void> {
    await this.#options.secrets.store(this.#name(regionId), key);
    this.#isStored.clear();
  }

  async remove(regionId: string): Promise<void> {
    await this.#options.secrets.delete(this.#name(regionId));
    this.#isStored.clear();
  }

  #environment(): string | undefined {
    return this.#options.environmentKey()?.trim() || undefined;
  }

  #name(regionId: string): string {
    return name(regionId, this.#options.originOf(regionId));
  }
}

function name(regionId: string, origin: string): string {
  return `dashscope.apiKey.${regionId}@${origin}`;
}
