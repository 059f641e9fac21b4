import type * as vscode from 'vscode';
import * as z from 'zod/mini';

const durationsSchema = z.record(z.string(), z.array(z.number().check(z.positive())));

const stateKey = 'easel.taskDurations';
const maxDurations = 40;
const maxKinds = 60;

/** How long the last tasks of each kind took, over reloads; kinds that were not used for long are forgotten. */
export class TaskDurations {
  constructor(private readonly globalState: vscode.Memento) {}

  /** In milliseconds, oldest first. */
  get(kind: string): readonly number[] {
    const all = this.#all();
    return Object.hasOwn(all, kind) ? (all[kind] ?? []) : [];
  }

  /** @param durationMs above 0 */
  async add(kind: string, durationMs: number): Promise<void> {
    const durations = [...this.get(kind), Math.ceil(durationMs)].slice(-maxDurations);
    const { [kind]: _, ...others } = this.#all();
    const kept = [...Object.entries(others), [kind, durations] as const].slice(-maxKinds);
    await this.globalState.update(stateKey, Object.fromEntries(kept));
  }

  #all(): Record<string, number[]> {
    const parsed = z.safeParse(durationsSchema, this.globalState.get(stateKey));
    return parsed.success ? parsed.data : {};
  }
}
