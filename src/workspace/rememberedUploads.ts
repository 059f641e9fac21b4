import type * as vscode from 'vscode';
import * as z from 'zod/mini';

const uploadsSchema = z.record(z.string(), z.object({ ossUrl: z.string(), expiresAt: z.number() }));

type Upload = z.infer<typeof uploadsSchema>[string];

const stateKey = 'easel.uploads';
const maxUploads = 100;

/** Where input images lie in the service's temporary storage, over reloads: no file is uploaded again while it is there. */
export class RememberedUploads {
  constructor(
    private readonly globalState: vscode.Memento,
    private readonly now: () => number,
  ) {}

  get(key: string): Upload | undefined {
    const all = this.#all();
    return Object.hasOwn(all, key) ? all[key] : undefined;
  }

  async set(key: string, upload: Upload): Promise<void> {
    const { [key]: _, ...others } = this.#all();
    const living = Object.entries(others).filter(([, { expiresAt }]) => expiresAt > this.now());
    const kept = [...living, [key, upload] as const].slice(-maxUploads);
    await this.globalState.update(stateKey, Object.fromEntries(kept));
  }

  #all(): Record<string, Upload> {
    const parsed = z.safeParse(uploadsSchema, this.globalState.get(stateKey));
    return parsed.success ? parsed.data : {};
  }
}
